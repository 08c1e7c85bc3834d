"""A short way in: the address is confirmed and the door opened with one press, and a scheme is joined on one page."""

from uuid import uuid4

import pytest
from django.test import Client

from ithaca.records.members.models import Membership, Organisation, User
from ithaca.tools.post.models import OutboxLetter
from tests.cast import PASSWORD, Cast, make_cast, make_organisation, make_person, sign_in
from tests.journeys.joining.pages import text_of
from tests.journeys.joining.test_pages import NIA, SUBSCRIPTION, link_in

pytestmark = pytest.mark.django_db
JOIN = "/schemes/managers/join/"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def nia(client: Client, cast: Cast) -> Client:
    """Nia at her browser: signed in, a member of nothing. Two open practices share a word, a third is closed."""
    make_organisation("Z90021")
    for code, name, is_open in (
        ("Z90022", "High Street Surgery", True),
        ("Z90023", "High Road Surgery", False),
        ("Z90024", "High Lane Surgery", True),
    ):
        Organisation.objects.create(code=code, name=name, postcode=f"ZZ{code[-1]} 2ZZ", is_open=is_open)
    return sign_in(client, make_person("Nia New"))


def sends(nia: Client, **changes: str) -> object:
    given = {"once": str(uuid4()), "send": "1", "practice": "high street", **SUBSCRIPTION, **changes}
    return nia.post(JOIN, given)


def hers() -> Membership:
    return Membership.objects.get(user__email="nia.new@practice.example")


# --- confirming and signing in ------------------------------------------------------------------------


def test_the_password_beside_the_link_confirms_and_signs_in_and_leads_on(client: Client, cast: Cast) -> None:
    client.post("/accounts/signup/", NIA | {"next": JOIN})
    phone = Client()
    page = phone.get(link := link_in("confirm_address", "nia.new@practice.example"))
    assert "Your password" in text_of(page)
    arrived = phone.post(link, {"password": PASSWORD})
    assert (arrived.status_code, arrived["Location"]) == (302, JOIN)
    assert phone.get("/my-mentoring/").status_code == 200
    assert User.objects.get(email="nia.new@practice.example").emailaddress_set.get().verified


def test_a_wrong_password_confirms_nothing_and_says_so(client: Client) -> None:
    client.post("/accounts/signup/", NIA)
    link = link_in("confirm_address", "nia.new@practice.example")
    for wrong in ("", "wrong-words-here-1"):
        page = client.post(link, {"password": wrong})
        assert page.status_code == 422
        assert "There is a problem" in text_of(page)
    assert not User.objects.get(email="nia.new@practice.example").emailaddress_set.get().verified
    assert client.get("/my-mentoring/").status_code == 302


def test_who_is_signed_in_as_someone_else_enters_as_whom_the_link_belongs_to(client: Client, cast: Cast) -> None:
    Client().post("/accounts/signup/", NIA)
    sign_in(client, cast.mentee)
    client.post(link_in("confirm_address", "nia.new@practice.example"), {"password": PASSWORD})
    assert "Nia" in text_of(client.get("/my-mentoring/"))


# --- joining on one page --------------------------------------------------------------------------------


def test_one_page_joins_and_the_coordinator_is_told(nia: Client) -> None:
    answer = sends(nia)
    assert answer["Location"] == f"/memberships/{hers().pk}/"
    assert (hers().stage, hers().organisation.code, hers().subscriber_number) == ("applied", "Z90022", "S-9")
    assert OutboxLetter.objects.filter(kind="application_to_check").count() == 2
    sends(nia)
    assert OutboxLetter.objects.filter(kind="application_to_check").count() == 2, "sent twice, told once"


def test_it_leads_on_to_where_the_person_was_going_and_nowhere_else(nia: Client) -> None:
    assert sends(nia, next="/schemes/managers/requests/new/")["Location"] == "/schemes/managers/requests/new/"
    hers().delete()
    assert sends(nia, next="https://evil.example/")["Location"] == f"/memberships/{hers().pk}/"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter a practice name, postcode or code"),
        ("high", "Choose your practice from the list"),
        ("high road", "This practice has closed"),
        ("nowhere", "We can't find that practice"),
    ],
)
def test_a_practice_that_is_not_clear_is_asked_for_and_the_rest_is_kept(nia: Client, typed: str, said: str) -> None:
    page = sends(nia, practice=typed)
    assert page.status_code == 422
    assert said in text_of(page)
    assert ("Which of these is your practice?" in text_of(page)) == (typed == "high"), (
        "only where there is one to choose"
    )
    assert "Error: " in text_of(page)
    assert 'value="S-9"' in page.content.decode()
    assert (hers().stage, hers().subscriber_number, hers().organisation) == ("draft", "S-9", None)
    assert 'value="S-9"' in nia.get(JOIN).content.decode(), "who comes back another day finds it"


def test_of_several_practices_one_is_chosen_and_one_that_is_not_listed_is_named(nia: Client) -> None:
    assert sends(nia, practice="high", organisation="Z90024").status_code == 302
    assert hers().organisation.code == "Z90024"
    hers().delete()
    assert sends(nia, practice="nowhere", unlisted="The Mill").status_code == 302
    assert (hers().organisation, hers().unlisted_practice) == (None, "The Mill")


def test_a_code_that_does_not_fit_what_was_typed_does_not_count(nia: Client) -> None:
    assert sends(nia, practice="high street", organisation="Z90021").status_code == 302
    assert hers().organisation.code == "Z90022"


@pytest.mark.parametrize(
    ("profession", "number", "said"),
    [
        ("gp", "", "Enter your registration number"),
        ("gp", "12", "Enter a GMC number, which has 7 digits"),
        ("nurse", "1234567", "Enter an NMC Pin, like"),
        ("", "", "There is a problem"),
        ("gp", "765 4321", ""),
        ("practice_manager", "", ""),
    ],
)
def test_the_register_number_is_asked_of_those_who_have_one(
    nia: Client, cast: Cast, profession: str, number: str, said: str
) -> None:
    cast.scheme.professions = ["gp", "nurse", "practice_manager"]
    cast.scheme.save()
    page = sends(nia, profession=profession, registration_number=number)
    assert page.status_code == (422 if said else 302)
    assert not said or said in text_of(page)
    assert hers().stage == ("draft" if said else "applied")
