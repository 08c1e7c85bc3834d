"""Pages of prose, as a visitor finds them."""

import html
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page, Site

from ithaca.publishing.demo_pages import write_pages
from ithaca.publishing.models import HomePage, ProsePage, SchemePage
from ithaca.publishing.statement import STATEMENT
from ithaca.records.schemes.actions import schemes
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.presets import PRESETS
from ithaca.records.schemes.queries import schemes as scheme_queries
from ithaca.records.schemes.vocabulary import ROLES
from tests.cast import make_person, sign_in

pytestmark = pytest.mark.django_db
AT = datetime(2026, 8, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def presets() -> list[Scheme]:
    """The three schemes that come with the service, open, with their pages."""
    found = [schemes.open_scheme(preset, f"{preset.slug}@ithaca.example", AT.date()) for preset in PRESETS]
    write_pages(AT)
    return found


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main)))


def test_our_home_is_the_root_of_the_site_from_the_first_migration(client: Client) -> None:
    site = Site.objects.get(is_default_site=True)
    assert site.root_page.specific == HomePage.objects.get()
    assert Page.objects.filter(depth=2).count() == 1, "Wagtail's own welcome page is gone"
    assert "Someone to talk to" in text_of(client, "/")


def test_before_the_first_scheme_the_home_page_says_what_will_be_here(client: Client) -> None:
    assert "You'll see it here when it opens" in text_of(client, "/")


def test_the_way_in_says_what_mentoring_is_and_shows_the_open_schemes(client: Client, presets: list[Scheme]) -> None:
    words = text_of(client, "/")
    assert "A mentor is someone" in words
    for scheme in presets:
        assert scheme.name in words
        assert scheme.summary in words
    page = client.get("/").content.decode().split("<main")[1]
    assert page.count('role="button"') == 1, "one clear button"


@pytest.mark.parametrize("number", range(3))
def test_each_scheme_has_a_page_with_two_ways_on(client: Client, presets: list[Scheme], number: int) -> None:
    scheme = presets[number]
    response = client.get(f"/schemes/{scheme.slug}/")
    page = response.content.decode()
    assert f'href="/schemes/{scheme.slug}/ask/"' in page
    assert f'href="/accounts/signup/?next=/schemes/{scheme.slug}/join/"' in page, "who offers begins with an account"
    assert f"/accounts/login/?next=/schemes/{scheme.slug}/" in page
    assert scheme.name in page.split("<main")[0], "the header wears the scheme's name"
    assert scheme.contact_email in page


def test_one_who_has_an_account_is_led_past_the_request_without_one(client: Client, presets: list[Scheme]) -> None:
    own = f"/schemes/{presets[0].slug}/"
    page = sign_in(client, make_person("Nia New")).get(own).content.decode()
    assert f'href="{own}requests/new/"' in page
    assert f'href="{own}join/"' in page


def test_what_is_particular_to_a_scheme_stands_on_its_page(client: Client, presets: list[Scheme]) -> None:
    by_rule = {scheme.joining + str(scheme.maps): text_of(client, f"/schemes/{scheme.slug}/") for scheme in presets}
    assert len(by_rule) == 3
    managers = by_rule["subscriptionFalse"]
    assert "subscribing member" in managers
    assert "never your own manager" in managers
    assert all(str(name) in by_rule["roleFalse"] for name, _meaning in ROLES.values()), "the eight roles"
    assert "1 to 10" in by_rule["roleTrue"], "the test of commitment"
    assert "first chat" in by_rule["roleTrue"]


def test_a_closed_scheme_is_not_shown(client: Client, presets: list[Scheme]) -> None:
    closed = presets[0]
    Scheme.objects.filter(pk=closed.pk).update(is_open=False)
    assert client.get(f"/schemes/{closed.slug}/").status_code == 404
    assert closed.name not in text_of(client, "/schemes/")


def test_a_page_that_is_not_published_is_not_shown(client: Client, presets: list[Scheme]) -> None:
    about = ProsePage.objects.get(slug="about")
    about.unpublish()
    assert client.get("/about/").status_code == 404
    SchemePage.objects.get(scheme_slug=presets[0].slug).unpublish()
    assert client.get(f"/schemes/{presets[0].slug}/").status_code == 404


def test_the_promise_is_published_word_for_word(client: Client, presets: list[Scheme]) -> None:
    assert STATEMENT in text_of(client, "/privacy/")
    assert STATEMENT.startswith(
        "Coordinators, funders, employers and anyone with a stolen database or backup cannot read"
    )
    assert STATEMENT.endswith("If you lose every key and your partner cannot restore it, it is gone.")


def test_what_mentoring_is_names_the_roles_and_offers_the_maps(client: Client, presets: list[Scheme]) -> None:
    words = text_of(client, "/what-mentoring-is/")
    for name, meaning in ROLES.values():
        assert f"{name} {meaning}" in words
    assert "GROW" in words
    assert "Skilled Helper" in words
    assert "isn't an assessment" in words
    assert "Updated on Monday 3 August 2026" in words


@pytest.mark.parametrize("path", ["/about/", "/privacy/", "/accessibility/", "/what-mentoring-is/", "/schemes/"])
def test_every_link_of_the_frame_leads_somewhere(client: Client, presets: list[Scheme], path: str) -> None:
    page = client.get(path).content.decode()
    for target in set(re.findall(r'href="(/[^"#]*)"', page)):
        if not target.startswith("/static/"):
            assert client.get(target, follow=True).status_code == 200, target


def test_writing_twice_writes_once_and_never_over_an_editor(client: Client, presets: list[Scheme]) -> None:
    about = ProsePage.objects.get(slug="about")
    about.body = [("paragraph", "<p>Ours now.</p>")]
    about.save()
    home = HomePage.objects.get()
    home.opening = "Our own welcome."
    home.save()
    count = Page.objects.count()
    write_pages(datetime(2026, 9, 1, tzinfo=UTC))
    assert Page.objects.count() == count
    assert "Ours now." in text_of(client, "/about/")
    assert "Our own welcome." in text_of(client, "/")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_prose_only_listens_to_reading(client: Client, presets: list[Scheme], method: str) -> None:
    assert getattr(client, method)("/about/").status_code == 405


def make_schemes(count: int) -> None:
    for number in range(count):
        schemes.open_scheme(PRESETS[0], "x@ithaca.example", AT.date())
        Scheme.objects.filter(slug=PRESETS[0].slug).update(slug=f"scheme-{number}", name=f"Scheme {number}")
    write_pages(AT)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("/", 2), ("/schemes/", 2), ("/schemes/scheme-0/", 3), ("/privacy/", 1)])
def test_a_page_asks_little_of_the_database(
    client: Client, django_assert_num_queries: Any, count: int, path: str, queries: int
) -> None:
    make_schemes(count)
    client.get(path)
    with django_assert_num_queries(queries):
        assert client.get(path).status_code == 200


def test_the_page_of_a_scheme_keeps_the_scheme_s_address(presets: list[Scheme]) -> None:
    page = SchemePage.objects.get(scheme_slug=presets[0].slug)
    page.slug = "somewhere-else"
    page.full_clean()
    page.save()
    assert page.slug == presets[0].slug
    assert scheme_queries.by_slug(page.slug) == presets[0]
