"""The frame of every page."""

from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

import ithaca
from tests.tools.design.test_fields import page


class Name(forms.Form):
    name = forms.CharField()


def whole(**context: Any) -> str:
    return render_to_string("design/page.html", {"path": "/"} | context)


def test_a_page_with_errors_says_so_in_its_title() -> None:
    assert "<title>Error:" in whole(form=Name({}))
    assert "<title>Error:" in whole(another=Name({}))
    assert "Error:" not in whole(form=Name())
    assert "Error:" not in whole(form=Name({"name": "Mina"}))


def test_the_header_wears_the_name_of_the_scheme_and_the_footer_ours() -> None:
    html = whole(scheme=SimpleNamespace(name="Managers & friends"))
    header, footer = html.split("<main")[0], html.split("</main>")[1]
    assert "Managers &amp; friends" in header
    assert "Ithaca" in footer
    assert "Ithaca" in whole().split("<main")[0]


def test_a_visitor_can_sign_in_and_a_member_can_sign_out() -> None:
    member = SimpleNamespace(is_authenticated=True, name="Mina Patel")
    signed_in = whole(user=member, csrf_token="a-token")
    assert "My mentoring" in signed_in
    assert "Mina Patel" in signed_in
    assert 'value="a-token"' in signed_in
    assert 'action="/accounts/logout/"' in signed_in
    visitor = whole()
    assert "/accounts/login/" in visitor
    assert "logout" not in visitor


def test_one_person_s_name_never_stays_for_the_next() -> None:
    whole(user=SimpleNamespace(is_authenticated=True, name="Mina Patel"), csrf_token="first-token")
    html = whole(user=SimpleNamespace(is_authenticated=True, name="Omar Reed"), csrf_token="second-token")
    assert "Omar Reed" in html
    assert "Mina" not in html
    assert "first-token" not in html


def test_desks_stand_in_the_navigation() -> None:
    member = SimpleNamespace(is_authenticated=True, name="Cora")
    html = whole(user=member, csrf_token="x", desks=[{"text": "The desk", "href": "/schemes/a/desk/"}])
    assert 'href="/schemes/a/desk/"' in html


def test_the_place_where_one_is_is_marked() -> None:
    assert 'aria-current="page"' in whole(path="/schemes/")
    assert 'aria-current="page"' not in whole(path="/elsewhere/")


def test_the_footer_leads_to_about_privacy_and_accessibility() -> None:
    footer = whole().split("</main>")[1]
    assert all(f'href="{path}"' in footer for path in ("/about/", "/privacy/", "/accessibility/"))


def test_the_footer_says_which_ithaca_this_is() -> None:
    footer = whole().split("</main>")[1]
    assert f"Ithaca {ithaca.__version__}: mentoring for general practice" in footer


def test_no_nhs_logo_and_no_nhs_copyright() -> None:
    html = whole()
    assert "NHS" not in html


@pytest.mark.parametrize(
    ("number", "shown"), [(1, ["Next page"]), (7, ["Previous page", "Next page"]), (20, ["Previous page"])]
)
def test_many_pages_keep_the_rest_of_the_address(number: int, shown: list[str]) -> None:
    request = RequestFactory().get("/", {"topic": "staff & more", "page": str(number)})
    html = page("{% pages rows %}", rows=Paginator(range(200), 10).page(number), request=request)
    assert [word for word in ("Previous page", "Next page") if word in html] == shown
    assert "topic=staff+%26+more" in html
    assert page("{% pages rows %}", rows=Paginator(range(3), 10).page(1), request=request) == ""


def test_answers_are_listed_with_a_way_to_change_each() -> None:
    rows = [
        {"key": "Days", "value": ["Monday", "<Tuesday>"], "href": "/days/"},
        {"key": "Name", "value": "Mina"},
        {"key": "Number", "value": ""},
    ]
    html = page("{% summary_list rows %}", rows=rows)
    assert "Monday<br>&lt;Tuesday&gt;" in html
    assert 'href="/days/"' in html
    assert html.count("<a ") == 1
    assert "Not answered" in html


def test_the_card_says_what_who_and_when() -> None:
    import datetime

    html = page(
        '{% next_step_card "Answer" "Say yes or no." who="You" by=by href="/x/" %}', by=datetime.date(2026, 12, 4)
    )
    for words in ("What happens next", "Answer", "Say yes or no.", "You", "Friday 4 December 2026", 'href="/x/"'):
        assert words in html


def test_a_link_names_a_route_or_an_address() -> None:
    html = page('{% back_link "signing_in:unlock" text=_("Unlock") %}{% back_link "/schemes/" %}')
    assert f'href="{reverse("signing_in:unlock")}"' in html
    assert "> Unlock </a>" in html
    assert 'href="/schemes/"' in html
    html = page(
        '{% button_link "Call" "tel:0207" %}{% button_link "Go" "#here" %}{% button_link "Sign" "account_login" %}'
    )
    assert 'href="tel:0207"' in html
    assert 'href="#here"' in html
    assert f'href="{reverse("account_login")}"' in html


@pytest.mark.parametrize("link", ['{% back_link "joining:gone" %}', '{% button_link "Go" "/schemes/" "secondary" %}'])
def test_a_dead_name_does_not_pass_for_an_address(link: str) -> None:
    with pytest.raises(NoReverseMatch):
        page(link)
