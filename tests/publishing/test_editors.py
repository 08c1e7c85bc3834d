"""Editors write pages, and see nothing of people."""

import re

import pytest
from django.test import Client

from ithaca.publishing.editors import make_editor
from ithaca.publishing.models import HomePage, ProsePage
from tests.cast import Cast, make_cast, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def editor(client: Client) -> Client:
    user = make_person("Edie Page")
    make_editor(user)
    make_editor(user)
    assert user.groups.count() == 1
    client.force_login(user)
    return client


def test_only_editors_find_the_desk_of_pages(client: Client, cast: Cast) -> None:
    for name, user in cast.people.items():
        client.logout()
        if user:
            client.force_login(user)
        assert client.get("/cms/").status_code == (404 if user else 302), name


def test_an_editor_writes_a_page_and_publishes_it(editor: Client) -> None:
    home = HomePage.objects.get()
    answer = editor.post(
        f"/cms/pages/add/publishing/prosepage/{home.pk}/",
        {
            "title": "News",
            "slug": "news",
            "body-count": "1",
            "body-0-deleted": "",
            "body-0-order": "0",
            "body-0-type": "heading",
            "body-0-value": "We have begun",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "comments-MIN_NUM_FORMS": "0",
            "comments-MAX_NUM_FORMS": "",
            "action-publish": "action-publish",
        },
    )
    assert answer.status_code == 302
    assert "We have begun" in editor.get("/news/").content.decode()


@pytest.mark.parametrize("kind", ["heading", "inset", "details", "quote"])
def test_what_an_editor_writes_is_escaped(client: Client, kind: str) -> None:
    evil = '<img src=x onerror="alert(1)">'
    values = {"details": {"summary": evil, "text": "<p>fine</p>"}, "quote": {"text": evil, "who": evil}}
    page = ProsePage(title="Evil", slug="evil", body=[(kind, values.get(kind, evil))])
    HomePage.objects.get().add_child(instance=page)
    main = client.get("/evil/").content.decode().split("<main")[1]
    assert "<img" not in main
    assert "&lt;img" in main


PLACES = ["/cms/", "/cms/pages/", "/cms/reports/site-history/", "/cms/images/", "/cms/documents/", "/cms/account/"]


@pytest.mark.parametrize("path", PLACES)
def test_the_desk_of_pages_shows_no_one_of_the_cast(editor: Client, cast: Cast, path: str) -> None:
    answer = editor.get(path, follow=True)
    assert answer.status_code == 200
    page = answer.content.decode()
    for user in cast.people.values():
        if user:
            assert user.name not in page
            assert user.email not in page


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/cms/users/", None),
        ("/cms/users/add/", None),
        ("/cms/groups/", "/cms/"),
        ("/cms/password_reset/", None),
        ("/cms/settings/", None),
    ],
)
def test_nothing_of_accounts_can_be_reached(editor: Client, path: str, leads_to: str | None) -> None:
    answer = editor.get(path)
    assert (answer.status_code, answer.get("Location")) == ((302, leads_to) if leads_to else (404, None))


def test_the_desk_leads_to_no_users_and_loads_nothing_from_another_host(editor: Client) -> None:
    page = editor.get("/cms/").content.decode()
    assert "/cms/users" not in page
    assert "/cms/groups" not in page
    assert re.findall(r'(?:<link[^>]*href|src)="(?:https?:)?//[^"]+"', page) == []


def test_no_account_can_be_found_by_searching(editor: Client, cast: Cast) -> None:
    page = editor.get("/cms/pages/search/", {"q": cast.mentee.name.split()[0]}).content.decode()
    assert cast.mentee.email not in page


def test_an_editor_cannot_make_a_page_private(editor: Client) -> None:
    page = editor.get(f"/cms/pages/{HomePage.objects.get().pk}/privacy/").content.decode()
    assert 'value="login"' not in page
    assert 'value="password"' not in page
