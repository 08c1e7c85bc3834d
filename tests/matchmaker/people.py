"""People for the tests: plain ones by hand, and any at all from Hypothesis."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from matchmaker import HARDENABLE, Away, Mentee, Mentor, Policy, Weights

TODAY = date(2026, 11, 2)


def mentee(**given: Any) -> Mentee:
    """A mentee of whom nothing stands in anyone's way, but for what is given."""
    return Mentee(
        **{"id": "e1", "member": "p1", "scheme": "s", "profession": "manager", "asked_on": date(2026, 10, 1)} | given
    )


def mentor(**given: Any) -> Mentor:
    """A mentor of whom nothing stands in anyone's way, but for what is given."""
    return Mentor(**{"id": "m1", "member": "p2", "scheme": "s", "profession": "manager"} | given)


def _some(*codes: str) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(codes), max_size=4)


def _maybe(*codes: str) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(codes)


_PERSON: dict[str, st.SearchStrategy[Any]] = {
    "member": st.sampled_from([f"p{i}" for i in range(9)]),
    "scheme": st.sampled_from(["s", "s", "s", "t"]),
    "profession": st.sampled_from(["gp", "nurse", "manager"]),
    "organisation": _maybe("A81001", "B82002", "C83003"),
    "pcn": _maybe("U1", "U2"),
    "sub_icb": _maybe("S1", "S2"),
    "icb": _maybe("Q1", "Q2"),
    "region": _maybe("Y1", "Y2"),
    "situations": _some("merger", "complaint", "new_post"),
    "topics": _some("money", "people", "premises", "inspection", "digital"),
    "slots": _some("mon-am", "mon-pm", "tue-am", "sat-am"),
    "ways": _some("phone", "video", "in_person"),
    "languages": _some("cy", "pl", "ur"),
    "line_manager": _some("p1", "p2"),
    "partners": _some("p3", "A81001"),
    "conflicts": _some("p4", "B82002"),
    "shuns": _some("x1", "x2", "x3"),
    "known_as": _some("x1", "x4", "x5"),
}

_ROLES = _some("guide", "confidant", "challenger", "reflector")


def mentees(ident: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Mentee]:
    """Any mentee."""
    return st.builds(
        Mentee,
        id=ident or st.sampled_from(["e1", "e2"]),
        asked_on=st.dates(date(2024, 1, 1), date(2027, 1, 1)),
        wants=_ROLES,
        prefers=st.lists(st.sampled_from(["m1", "m2", "m3"]), max_size=3, unique=True).map(tuple),
        wants_near=st.booleans(),
        declined=_some("m1", "m2", "m3"),
        **_PERSON,
    )


def mentors(ident: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Mentor]:
    """Any mentor."""
    return st.builds(
        Mentor,
        id=ident or st.sampled_from(["m1", "m2", "m4"]),
        offers=_ROLES,
        serves=_some("gp", "nurse", "manager"),
        capacity=st.integers(0, 4),
        away=st.none() | st.sampled_from(Away),
        **_PERSON,
    )


def policies() -> st.SearchStrategy[Policy]:
    """Any valid policy with numbers of a plausible size."""
    points = st.integers(0, 500)
    return st.builds(
        Policy,
        version=st.just("test-1"),
        hard=st.frozensets(st.sampled_from(sorted(HARDENABLE))),
        weights=st.builds(Weights, **dict.fromkeys(Weights.__dataclass_fields__, points)),
        enough_times=st.integers(1, 5),
        enough_ways=st.integers(1, 3),
        floor=st.integers(0, 300),
        matched=st.integers(1, 500),
        waiting_per_day=st.integers(0, 5),
        waiting_cap=st.integers(0, 900),
        keep=st.integers(0, 200),
    )
