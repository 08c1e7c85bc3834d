"""Default deny: a route without a policy row does not exist."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from ithaca.access.routes import MOVED, PREFIXES, ROUTES

OUR_ROOMS = {
    "signing_in",
    "configuring",
    "reporting",
    "operating",
    "joining",
    "pairing",
    "meeting",
    "coordinating",
    "publishing",
}


def routes(resolver: URLResolver, prefix: str = "", names: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield (path, name) of every route, name qualified by its namespaces."""
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, path, (*names, pattern.namespace) if pattern.namespace else names)
        elif isinstance(pattern, URLPattern):
            yield path, ":".join((*names, pattern.name or ""))


ALL = list(routes(get_resolver()))
OURS = {name for _, name in ALL if name.split(":")[0] in OUR_ROOMS}


def test_every_route_of_ours_has_a_policy_row() -> None:
    assert sorted(OURS - set(ROUTES)) == []


def test_no_policy_row_is_left_over() -> None:
    assert sorted(set(ROUTES) - OURS) == []


def test_every_route_of_others_falls_under_a_prefix() -> None:
    others = [path for path, name in ALL if name not in OURS and not name.startswith(MOVED)]
    pages = "^((?:[\\w\\-]+/)*)$"  # Wagtail's pages: public prose
    uncovered = [path for path in others if path != pages and not any(path.startswith(prefix) for prefix in PREFIXES)]
    assert uncovered == []
    assert len(others) > 100, "the walk over the routes has found Wagtail's and allauth's"
