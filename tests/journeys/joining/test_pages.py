"""Sign-up, joining, offering, invitations and the account, page by page."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ithaca.records.members.actions import invitations
from ithaca.records.members.models import Membership, MentorApplication, MentorStanding, Organisation, User
from ithaca.records.members.queries.accounts import telephone_of
from ithaca.records.mentorships.models import MentoringRequest
from ithaca.records.mentorships.pairing.actions import requests
from ithaca.tools.ledger.models import Step
from ithaca.tools.post.models import OutboxLetter
from tests.cast import (
    PASSWORD,
    TODAY,
    Cast,
    make_cast,
    make_member,
    make_organisation,
    make_person,
    make_scheme,
    sign_in,
)
from tests.journeys.joining.pages import form_of, text_of

pytestmark = pytest.mark.django_db
NIA = {"name": "Nia New", "email": "Nia.New@Practice.example", "password1": PASSWORD}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def link_in(kind: str, address: str) -> str:
    letter = OutboxLetter.objects.filter(kind=kind, address=address).latest("written_at")
    found = re.search(r"https?://[^/]+(/\S*)", letter.text)
    assert found
    return found.group(1)


# --- sign-up --------------------------------------------------------------------------------------


def sign_up(client: Client, **more: str) -> None:
    client.post("/accounts/signup/", NIA | more)
    client.post(link_in("confirm_address", "nia.new@practice.example"))


def test_an_address_is_kept_in_small_letters_and_nothing_is_open_before_it_is_confirmed(client: Client) -> None:
    client.post("/accounts/signup/", NIA)
    user = User.objects.get(email="nia.new@practice.example")
    assert user.name == "Nia New"
    assert client.get("/my-mentoring/").status_code == 302
    client.get(link_in("confirm_address", user.email))
    assert not user.emailaddress_set.get().verified, "opening a link changes nothing"
    client.post(link_in("confirm_address", user.email))
    assert user.emailaddress_set.get().verified
    assert client.get("/my-mentoring/").status_code == 302, "confirming never signs in"


def test_the_way_survives_sign_up_on_another_device(client: Client) -> None:
    make_scheme("managers")
    client.post("/accounts/signup/", NIA | {"next": "/schemes/managers/join/"})
    phone = Client()
    phone.post(link_in("confirm_address", "nia.new@practice.example"))
    arrived = phone.post("/accounts/login/", {"login": "nia.new@practice.example", "password": PASSWORD})
    assert arrived["Location"] == "/schemes/managers/join/"
    again = Client().post("/accounts/login/", {"login": "nia.new@practice.example", "password": PASSWORD})
    assert again["Location"] == "/my-mentoring/"


@pytest.mark.parametrize("way", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_sign_up_and_sign_in_lead_nowhere_else(client: Client, way: str) -> None:
    sign_up(client, next=way)
    login = {"login": "nia.new@practice.example", "password": PASSWORD, "next": way}
    assert client.post("/accounts/login/", login)["Location"] == "/my-mentoring/"


def test_nobody_learns_who_has_an_account(client: Client) -> None:
    make_person("Nia New")
    known = client.post("/accounts/signup/", NIA)
    unknown = Client().post("/accounts/signup/", NIA | {"email": "other@practice.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert User.objects.filter(email="nia.new@practice.example").count() == 1
    assert link_in("account_exists", "nia.new@practice.example") == "/accounts/password/reset/"
    whose = ("nia.new", "no.one")
    pages = [Client().post("/accounts/password/reset/", {"email": f"{who}@practice.example"}) for who in whose]
    assert pages[0]["Location"] == pages[1]["Location"]
    assert not OutboxLetter.objects.filter(address="no.one@practice.example").exists()
    wrong = [
        client.post("/accounts/login/", {"login": f"{who}@practice.example", "password": "wrong-one-here"})
        for who in whose
    ]
    said = [re.sub(r"nia.new|no.one|value=\"[^\"]*\"|nonce=\S+", "", text_of(page)) for page in wrong]
    assert said[0] == said[1]


def test_too_many_tries_are_stopped(client: Client) -> None:
    make_person("Nia New")
    for _ in range(6):
        client.post("/accounts/login/", {"login": "nia.new@practice.example", "password": "wrong-one-here"})
    right = client.post("/accounts/login/", {"login": "nia.new@practice.example", "password": PASSWORD})
    assert right.status_code == 200
    assert "too many times" in text_of(right)


def test_letters_about_accounts_name_nobody(client: Client) -> None:
    sign_up(client)
    client.post("/accounts/password/reset/", {"email": "nia.new@practice.example"})
    assert OutboxLetter.objects.count() == 2
    for letter in OutboxLetter.objects.all():
        assert "Nia" not in letter.subject + letter.text + letter.html


def test_a_change_of_address_waits_for_the_new_one(client: Client, cast: Cast) -> None:
    sign_in(client, cast.mentee)
    client.post("/accounts/email/", {"email": "Mina@New.example", "action_add": ""})
    cast.mentee.refresh_from_db()
    assert cast.mentee.email == "mina.patel@practice.example"
    client.post(link_in("confirm_address", "mina@new.example"))
    cast.mentee.refresh_from_db()
    assert cast.mentee.email == "mina@new.example"
    assert OutboxLetter.objects.filter(kind="account_changed", address="mina.patel@practice.example").exists()


# --- joining --------------------------------------------------------------------------------------


@pytest.fixture
def nia(client: Client, cast: Cast) -> Client:
    """Nia at her browser: signed in, a member of nothing. Three practices may be found."""
    make_organisation("Z90021")
    Organisation.objects.create(code="Z90022", name="High Street Surgery", postcode="ZZ2 2ZZ")
    Organisation.objects.create(
        code="Z90023", name="High Road Surgery", postcode="ZZ3 3ZZ", is_open=False, closed_on=TODAY
    )
    return sign_in(client, make_person("Nia New"))


def begin(nia: Client) -> str:
    """Begin to join; the address of the membership."""
    found = re.fullmatch(
        r"(/memberships/[0-9a-f-]{36}/)questions/practice/", nia.post("/schemes/managers/join/")["Location"]
    )
    assert found
    return found.group(1)


@pytest.mark.parametrize("typed", ["high street", "zz22", "z90022", "surgery HIGH street"])
def test_a_practice_is_found_by_name_postcode_or_code(nia: Client, typed: str) -> None:
    page = nia.post(f"{begin(nia)}questions/practice/", {"practice": typed, "find": "1"})
    assert 'value="Z90022"' in page.content.decode()
    assert "High Street Surgery" in text_of(page)


def test_a_closed_practice_is_shown_as_closed_and_cannot_be_chosen(nia: Client) -> None:
    here = f"{begin(nia)}questions/practice/"
    page = nia.post(here, {"practice": "high road", "find": "1"})
    assert "closed on" in text_of(page)
    assert 'value="Z90023"' not in page.content.decode()
    refused = nia.post(here, {"practice": "high road", "organisation": "Z90023", "choose": "1"})
    assert refused.status_code == 422
    assert Membership.objects.get(user__name="Nia New").organisation is None


def test_a_practice_that_is_not_listed_is_named(nia: Client) -> None:
    here = begin(nia)
    page = nia.post(f"{here}questions/practice/", {"practice": "nowhere", "unlisted": "", "not_listed": "1"})
    assert page.status_code == 422
    nia.post(f"{here}questions/practice/", {"practice": "nowhere", "unlisted": "The Mill", "not_listed": "1"})
    assert Membership.objects.get(user__name="Nia New").unlisted_practice == "The Mill"


SUBSCRIPTION = {
    "subscriber_name": "The Mill",
    "subscriber_number": "S-9",
    "valid_until_0": "31",
    "valid_until_1": "12",
    "valid_until_2": "2099",
}


def answer_everything(nia: Client) -> str:
    here = begin(nia)
    nia.post(f"{here}questions/practice/", {"practice": "high", "organisation": "Z90022", "choose": "1"})
    nia.post(f"{here}questions/subscription/", SUBSCRIPTION)
    nia.post(f"{here}questions/post/", {})
    return here


def test_every_answer_is_saved_and_one_may_come_back(nia: Client) -> None:
    here = begin(nia)
    step = nia.post(f"{here}questions/practice/", {"practice": "high", "organisation": "Z90022", "choose": "1"})
    assert step["Location"] == f"{here}questions/subscription/"
    home = text_of(nia.get("/my-mentoring/"))
    assert "Finish your application to join" in home
    assert 'value="High Street Surgery"' in nia.get("/schemes/managers/join/").content.decode()
    waiting = nia.post(f"{here}answers/", {"once": str(uuid4())})
    assert waiting.status_code == 422
    assert "Before you can send it" in text_of(waiting)
    assert not any("High Street" in str(value) for value in nia.session.values())


def test_sending_twice_applies_once_and_says_what_happens_next(nia: Client) -> None:
    here = answer_everything(nia)
    _, fields = form_of(nia.get(f"{here}answers/"), "once")
    for _ in range(2):
        assert nia.post(f"{here}answers/", fields)["Location"] == here
    page = text_of(nia.get(here))
    assert "Your application is with the coordinator" in page
    assert "By" in page
    assert Step.objects.filter(noun="membership", act="apply").count() == 1


def test_a_sent_application_is_reopened_and_sent_again(nia: Client) -> None:
    here = answer_everything(nia)
    nia.post(f"{here}answers/", {"once": str(uuid4())})
    assert nia.get(f"{here}questions/subscription/")["Location"] == here
    _, fields = form_of(nia.get(here), "once")
    nia.post(f"{here}reopen/", fields)
    changed = nia.post(f"{here}questions/subscription/?change=1", SUBSCRIPTION | {"subscriber_number": "S-10"})
    assert changed["Location"] == f"{here}answers/"
    nia.post(f"{here}answers/", {"once": str(uuid4())})
    row = Membership.objects.get(user__name="Nia New")
    assert (row.stage, row.subscriber_number) == ("applied", "S-10")


def test_an_application_is_withdrawn_in_one_step(nia: Client) -> None:
    here = answer_everything(nia)
    nia.get(f"{here}withdraw/")
    assert Membership.objects.get(user__name="Nia New").stage == "draft"
    nia.post(f"{here}withdraw/", {"once": str(uuid4())})
    assert Membership.objects.get(user__name="Nia New").stage == "withdrawn"
    assert "You've left this scheme" in text_of(nia.get(here))


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("draft", "Finish your application"),
        ("applied", "Your application is with the coordinator"),
        ("verifying", "Your application is with the coordinator"),
        ("correcting", "Please check your answers again"),
        ("active", "You're a member"),
        ("grace", "has expired"),
        ("lapsed", "has expired"),
        ("suspended", "on hold"),
        ("turned_down", "We couldn't accept your application"),
        ("withdrawn", "You've left"),
    ],
)
def test_each_stage_has_a_page_that_says_what_comes_next(client: Client, cast: Cast, stage: str, words: str) -> None:
    Membership.objects.filter(pk=cast.mentee_member.pk).update(stage=stage)
    sign_in(client, cast.mentee)
    assert words in text_of(client.get(f"/memberships/{cast.mentee_member.pk}/"))
    assert client.get("/my-mentoring/").status_code == 200
    assert client.get("/schemes/managers/join/").status_code == (
        200 if stage in ("draft", "turned_down", "withdrawn") else 302
    )


def test_a_scheme_for_doctors_asks_for_the_register_number(client: Client, cast: Cast) -> None:
    make_scheme("doctors", joining="role", professions=["gp", "nurse"])
    sign_in(client, cast.stranger)
    here = client.post("/schemes/doctors/join/")["Location"].removesuffix("questions/profession/")
    assert client.post(f"{here}questions/profession/", {"profession": "gp"})["Location"].endswith("questions/practice/")
    assert client.get(f"{here}questions/subscription/").status_code == 404
    wrong = client.post(f"{here}questions/registration/", {"registration_number": "12a3456b"})
    assert "Enter a GMC number, which has 7 digits" in text_of(wrong)
    client.post(f"{here}questions/registration/", {"registration_number": "123 4567"})
    assert Membership.objects.get(scheme__slug="doctors").registration_number == "1234567"


# --- offering -------------------------------------------------------------------------------------

OFFER = {
    "words": {"own_words": "Calm."},
    "roles": {"roles": ["guide", "reflector"]},
    "knowledge": {"topics": ["staff"], "reasons": ["new_in_post"]},
    "times": {"slots": ["mon-am"], "ways": ["phone"], "languages": ["en"]},
    "capacity": {"capacity": "3"},
}


def test_an_offer_goes_page_by_page_and_is_sent_once(client: Client, cast: Cast) -> None:
    sign_in(client, cast.stranger)
    member = Membership.objects.get(user=cast.stranger)
    here = f"/memberships/{member.pk}/offer/"
    assert "Offer to mentor" in text_of(client.get(here))
    client.post(here, {})
    for step, data in OFFER.items():
        assert client.get(f"{here}{step}/").status_code == 200
        assert client.post(f"{here}{step}/", data).status_code == 302
    form = {"once": str(uuid4())}
    for _ in range(2):
        assert client.post(f"{here}answers/", form)["Location"] == here
    assert MentorApplication.objects.get(membership=member).stage == "submitted"
    assert Step.objects.filter(noun="application", act="submit").count() == 1
    assert client.post(f"{here}words/", {"own_words": "Other"}).status_code == 409


def test_an_approved_offer_is_changed_rested_and_ended(client: Client, cast: Cast) -> None:
    sign_in(client, cast.mentor)
    here = f"/memberships/{cast.mentor_member.pk}/offer/"
    client.post(f"{here}capacity/", {"capacity": "4"})
    assert MentorStanding.objects.get().capacity == 4
    form = {"once": str(uuid4())}
    for _ in range(2):
        assert client.post(f"{here}leave/", form).status_code == 302
    assert "You're on leave" in text_of(client.get("/my-mentoring/"))
    client.post(f"{here}return/", {})
    assert MentorStanding.objects.get().stage == "available"
    assert client.get(f"{here}retire/").status_code == 200
    assert MentorStanding.objects.get().stage == "available"
    client.post(f"{here}retire/", {})
    assert MentorStanding.objects.get().stage == "retired"
    assert client.get(here).status_code == 200


def test_a_mentor_whose_places_are_taken_comes_back_full(client: Client, cast: Cast) -> None:
    from tests.room import make_room

    make_room(cast)
    MentorStanding.objects.update(capacity=1)
    sign_in(client, cast.mentor)
    here = f"/memberships/{cast.mentor_member.pk}/offer/"
    client.post(f"{here}leave/", {})
    client.post(f"{here}return/", {})
    assert MentorStanding.objects.get().stage == "full"
    client.post(f"{here}capacity/", {"capacity": "2"})
    assert MentorStanding.objects.get().stage == "available"


# --- invitations ----------------------------------------------------------------------------------


def test_a_personal_link_is_opened_without_effect_and_taken_up_once(client: Client, cast: Cast) -> None:
    row, token = invitations.make(cast.other_scheme, "mentor", by=cast.outsider.pk, at=timezone.now())
    here = f"/invitations/{token}/"
    for _ in range(2):
        assert "You're invited" in text_of(client.get(here))
    row.refresh_from_db()
    assert row.used_by is None
    sign_up(client, next=here)
    arrived = client.post("/accounts/login/", {"login": "nia.new@practice.example", "password": PASSWORD})
    assert arrived["Location"] == here
    _, fields = form_of(client.get(here), "once")
    for _ in range(2):
        assert client.post(here, fields)["Location"].startswith("/memberships/")
    assert Membership.objects.get(user__name="Nia New", scheme=cast.other_scheme).stage == "draft"
    other = sign_in(Client(), cast.stranger)
    assert other.get(here).status_code == 410
    assert other.post(here).status_code == 410
    assert not Membership.objects.filter(user=cast.stranger, scheme=cast.other_scheme).exists()


def test_the_link_of_an_invitation_never_lies_in_the_database(client: Client, cast: Cast) -> None:
    from tests.journeys.joining.test_unlocking import everything_stored

    _, token = invitations.make(cast.other_scheme, "mentor", by=cast.outsider.pk, at=timezone.now())
    client.post("/accounts/signup/", NIA | {"next": f"/invitations/{token}/"})
    assert token not in everything_stored()


# --- the account and My mentoring -----------------------------------------------------------------


def test_details_are_kept_and_the_telephone_is_sealed(client: Client, cast: Cast) -> None:
    from tests.journeys.joining.test_unlocking import everything_stored

    sign_in(client, cast.mentee)
    client.post("/account/details/", {"name": "Mina P", "telephone": "01632 960 001", "discreet_letters": "on"})
    cast.mentee.refresh_from_db()
    assert (cast.mentee.name, cast.mentee.discreet_letters) == ("Mina P", True)
    assert telephone_of(cast.mentee) == "01632 960 001"
    assert "960 001" not in everything_stored()
    client.post("/account/details/", {"name": "Mina P", "telephone": ""})
    cast.mentee.refresh_from_db()
    assert (telephone_of(cast.mentee), cast.mentee.discreet_letters) == ("", False)


def test_a_list_is_added_to_by_practice_and_taken_from(client: Client, cast: Cast) -> None:
    sign_in(client, cast.mentee)
    Organisation.objects.filter(pk="Z90002").update(name="High Street Surgery")
    Organisation.objects.filter(pk="Z90003").update(name="High Road Surgery")
    asked = client.post("/account/keep-away/", {"name": "Omar Reed", "practice": "high"})
    assert "Which of these practices" in text_of(asked)
    client.post("/account/keep-away/", {"name": "Omar Reed", "practice": "high", "organisation": "Z90002"})
    page = client.get("/account/keep-away/")
    assert "Omar Reed" in text_of(page)
    found = re.search(r"/account/keep-away/[0-9a-f-]{36}/remove/", page.content.decode())
    assert found
    client.post(found.group())
    assert "Omar Reed" not in text_of(client.get("/account/keep-away/"))


def test_the_recovery_code_is_asked_for_once_there_is_something_to_lose(client: Client, cast: Cast) -> None:
    sign_in(client, cast.stranger)
    assert "Create your recovery code" not in text_of(client.get("/my-mentoring/"))
    client.post("/account/keep-away/", {"email": "x@y.example"})
    assert "Create your recovery code" in text_of(client.get("/my-mentoring/"))


def test_a_member_is_led_on_from_the_page_of_the_letter_and_need_not_wait_for_it(client: Client, cast: Cast) -> None:
    user = make_person("Nia New")
    here = f"/memberships/{make_member(cast.scheme, user, make_organisation('Z91000')).pk}/"
    ask, offer = 'href="/schemes/managers/requests/new/"', f'href="{here}offer/"'
    sign_in(client, user)
    for path in (here, "/my-mentoring/"):
        page = client.get(path).content.decode()
        assert ask in page
        assert offer in page
    Membership.objects.filter(user=user).update(stage="applied")
    for path in (here, "/my-mentoring/"):
        page = client.get(path).content.decode()
        assert ask in page
        assert offer not in page, "mentors are members first"


def test_someone_new_is_shown_the_schemes(client: Client, cast: Cast) -> None:
    page = text_of(sign_in(client, make_person("Nia New")).get("/my-mentoring/"))
    assert "Start by choosing a scheme" in page
    assert cast.scheme.name in page


def test_my_mentoring_asks_the_database_no_more_for_three_schemes_than_for_one(client: Client, cast: Cast) -> None:
    user = make_person("Nia New")
    sign_in(client, user)
    counts = []
    for number in range(3):
        make_member(make_scheme(f"s{number}"), user, make_organisation(f"Z9100{number}"))
        with CaptureQueriesContext(connection) as queries:
            client.get("/my-mentoring/")
        counts.append(len(queries))
    assert counts[0] == counts[2] == 13


def test_a_request_under_way_stands_where_one_asks_for_a_mentor(client: Client, cast: Cast) -> None:
    sign_in(client, cast.mentee)
    assert "Ask for a mentor" in text_of(client.get("/my-mentoring/"))
    request = requests.begin(cast.mentee_member, at=timezone.now(), form=uuid4())
    page = text_of(client.get("/my-mentoring/"))
    assert "Your request" in page
    assert f"/requests/{request.pk}/" in page
    assert "Ask for a mentor" not in page
    MentoringRequest.objects.update(stage="withdrawn")
    assert "Ask for a mentor" in text_of(client.get("/my-mentoring/"))


def test_a_membership_in_its_grace_may_be_renewed(client: Client, cast: Cast) -> None:
    Membership.objects.filter(pk=cast.mentee_member.pk).update(stage="grace", valid_until=TODAY - timedelta(days=9))
    sign_in(client, cast.mentee)
    client.post(f"/memberships/{cast.mentee_member.pk}/renew/", SUBSCRIPTION)
    cast.mentee_member.refresh_from_db()
    assert (cast.mentee_member.stage, cast.mentee_member.valid_until.year) == ("verifying", 2099)


def test_one_card_is_big_and_the_others_are_lines_that_say_of_which_scheme_they_are(client: Client, cast: Cast) -> None:
    other = make_member(cast.other_scheme, cast.mentee, cast.mentee_member.organisation)
    for member in (cast.mentee_member, other):
        requests.begin(member, at=timezone.now(), form=uuid4())
    page = text_of(sign_in(client, cast.mentee).get("/my-mentoring/"))
    assert page.count("ithaca-next-step__lead") == 1
    assert page.count("Finish your request") == 2
    for scheme in (cast.scheme, cast.other_scheme):
        assert re.search(f'ithaca-(next-step|lines)__about">{scheme.name}', page)
