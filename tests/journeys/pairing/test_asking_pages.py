"""Asking for a mentor in the browser: in two minutes, or page by page."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from ithaca.records.mentorships.models import Enquiry, MentoringRequest
from ithaca.records.mentorships.pairing.actions import requests
from ithaca.records.mentorships.pairing.queries.enquiries import open_enquiry
from ithaca.records.mentorships.pairing.queries.requests import answer_due, answers_of, story_of
from ithaca.tools.post.models import OutboxLetter
from ithaca.tools.vault.models import Mailbox
from tests.cast import NOW, Cast, keyring_of, make_cast, sign_in
from tests.records.mentorships.pairs import STORY, another_member, fresh, wait

pytestmark = pytest.mark.django_db
QUICK = {
    "first_name": "Jo",
    "way": "phone",
    "reach_at": "01632 960 000",
    "good_time": "Tuesday after 6pm",
    "line": "Help",
}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def mina(cast: Cast, client: Client) -> Client:
    return sign_in(client, cast.mentee)


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def begin(client: Client, cast: Cast) -> MentoringRequest:
    client.post(f"/schemes/{cast.scheme.slug}/requests/new/", {"once": str(uuid4()), "reasons": ["new_in_post"]})
    return MentoringRequest.objects.get(membership=cast.mentee_member)


# --- the two-minute request -----------------------------------------------------------------------


def test_a_visitor_asks_and_is_told_what_happens_next_and_by_when(cast, client):
    response = client.post("/schemes/managers/ask/", QUICK | {"once": str(uuid4())}, follow=True)
    due = answer_due(timezone.localdate())
    assert due.strftime("%A") in text_of(response)
    assert "/accounts/signup/" in text_of(response)
    enquiry = Enquiry.objects.get()
    said = open_enquiry(enquiry, keyring_of(cast.coordinator))
    assert (said.first_name, said.reach_at, said.line) == ("Jo", "01632 960 000", "Help")
    to = set(OutboxLetter.objects.values_list("recipient", flat=True))
    assert to == {cast.coordinator.pk, cast.deputy.pk}
    for letter in OutboxLetter.objects.all():
        assert not re.search(r"Jo\b|960|Help", letter.subject + letter.text + letter.html)


def test_asking_twice_with_one_form_makes_one_request(cast, client):
    form = QUICK | {"once": str(uuid4())}
    for _ in range(2):
        assert client.post("/schemes/managers/ask/", form).status_code == 302
    assert Enquiry.objects.count() == 1
    assert OutboxLetter.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"first_name": "x" * 61},
        {"way": "pigeon"},
        {"reach_at": "\x00"},
        {"good_time": ""},
        {"line": "🙂" * 301},
        {"first_name": ["a", "b"], "way": ["phone", "nonsense"]},
    ],
)
def test_bad_input_is_answered_at_the_field_and_nothing_is_kept(cast, client, wrong):
    response = client.post("/schemes/managers/ask/", (QUICK | wrong) if wrong else {})
    assert response.status_code == 422
    assert "There is a problem" in text_of(response)
    assert "<title>Error: " in text_of(response)
    assert Enquiry.objects.count() == 0


def test_emoji_and_long_words_are_kept_as_typed(cast, client):
    client.post("/schemes/managers/ask/", QUICK | {"first_name": "Zoë 🙂", "once": "not a uuid"})
    assert open_enquiry(Enquiry.objects.get(), keyring_of(cast.coordinator)).first_name == "Zoë 🙂"


def test_a_scheme_without_a_mailbox_says_so_kindly_and_loses_nothing(cast, client):
    Mailbox.objects.all().delete()
    page = text_of(client.get("/schemes/managers/ask/"))
    assert cast.scheme.contact_email in page
    assert 'name="first_name"' not in page
    response = client.post("/schemes/managers/ask/", QUICK)
    assert response.status_code == 503
    assert "01632 960 000" in text_of(response)
    assert Enquiry.objects.count() == 0


def test_the_thirty_first_request_of_an_hour_from_one_address_waits_and_loses_nothing(cast, client):
    for number in range(31):
        once = str(uuid4())
        response = client.post("/schemes/managers/ask/", QUICK | {"line": f"Words of call {number}", "once": once})
    page = text_of(response)
    assert response.status_code == 429
    assert "Too many requests came from here" in page
    assert "Words of call 30" in page
    assert "01632 960 000" in page
    assert once in page, "sent again, it is still the same form"
    assert Enquiry.objects.count() == 30
    elsewhere = client.post("/schemes/managers/ask/", QUICK | {"once": once}, REMOTE_ADDR="198.51.100.7")
    assert elsewhere.status_code == 302
    assert Enquiry.objects.count() == 31


def test_what_is_to_be_corrected_does_not_count_as_a_request(cast, client):
    for _ in range(31):
        assert client.post("/schemes/managers/ask/", QUICK | {"way": "pigeon"}).status_code == 422
    assert client.post("/schemes/managers/ask/", QUICK | {"once": str(uuid4())}).status_code == 302


def test_a_scheme_that_is_closed_or_unknown_has_no_such_page(cast, client):
    cast.scheme.is_open = False
    cast.scheme.save()
    for slug in ("managers", "no-such"):
        assert client.get(f"/schemes/{slug}/ask/").status_code == 404


def test_the_place_in_the_queue_is_that_of_the_two_minute_request(cast, mina):
    mina.post("/schemes/managers/ask/", QUICK | {"once": str(uuid4())})
    Enquiry.objects.update(asked_on=timezone.localdate() - timedelta(days=9))
    row = begin(mina, cast)
    mina.post(f"/requests/{row.pk}/reasons/edit/", {"reasons": ["new_in_post"]})
    mina.post(f"/requests/{row.pk}/check/", {"once": str(uuid4())})
    assert fresh(row).asked_on == timezone.localdate() - timedelta(days=9)
    assert Enquiry.objects.get().stage == "joined"


def test_a_visitor_who_makes_an_account_later_keeps_the_day_they_first_asked(cast, client):
    client.post("/schemes/managers/ask/", QUICK | {"once": str(uuid4())})
    Enquiry.objects.update(asked_on=timezone.localdate() - timedelta(days=3))
    row = begin(sign_in(client, cast.mentee), cast)
    assert row.enquiry == Enquiry.objects.get()


# --- page by page ---------------------------------------------------------------------------------


def test_the_whole_way_from_the_first_page_to_the_request(cast, mina):
    row = begin(mina, cast)
    said = {
        "reasons": {"reasons": ["new_in_post", "under_pressure"]},
        "roles": {"roles": ["guide"]},
        "topics": {"topics": ["staff", "finance"]},
        "times": {"slots": ["mon-am", "wed-pm"]},
        "ways": {"ways": ["video"], "wants_near": "away"},
        "languages": {"languages": ["en", "cy"]},
        "story": {"story": STORY},
    }
    pages = list(said)
    for page, following in zip(pages, [*pages[1:], "people"], strict=True):
        assert mina.get(f"/requests/{row.pk}/{page}/edit/").status_code == 200
        response = mina.post(f"/requests/{row.pk}/{page}/edit/", said[page] | {"version": "1"})
        assert response["Location"] == f"/requests/{row.pk}/{following}/edit/"
    answers = answers_of(fresh(row))
    assert answers.topics == ("staff", "finance")
    assert answers.wants_near is False
    assert story_of(fresh(row), keyring_of(cast.mentee)) == STORY
    assert STORY in text_of(mina.get(f"/requests/{row.pk}/check/"))
    response = mina.post(f"/requests/{row.pk}/check/", {"once": str(uuid4())}, follow=True)
    assert "Your request is being read" in text_of(response)
    assert (fresh(row).stage, fresh(row).asked_on) == ("submitted", timezone.localdate())


def test_save_and_come_back_later_keeps_the_answer(cast, mina):
    row = begin(mina, cast)
    response = mina.post(f"/requests/{row.pk}/reasons/edit/", {"reasons": ["big_change"], "later": "1"})
    assert response["Location"] == "/my-mentoring/"
    assert 'value="big_change" checked' in text_of(mina.get(f"/requests/{row.pk}/reasons/edit/"))
    assert begin(mina, cast) == row


def test_a_draft_may_be_gone_through_back_and_forth(cast, mina):
    row = begin(mina, cast)
    for reasons in (["big_change"], ["new_in_post"]):
        assert mina.post(f"/requests/{row.pk}/reasons/edit/", {"reasons": reasons, "version": "1"}).status_code == 302
    assert answers_of(fresh(row)).reasons == ("new_in_post",)


@pytest.mark.parametrize(
    ("page", "wrong"),
    [
        ("reasons", {}),
        ("reasons", {"reasons": ["nonsense"]}),
        ("roles", {"roles": ["guide", "boss"]}),
        ("topics", {"topics": ["complaints"]}),
        ("times", {"slots": ["sun-night"]}),
        ("ways", {"wants_near": "there"}),
        ("languages", {"languages": ["\x00"]}),
        ("story", {"story": "x" * 4001}),
        ("story", {"story": "a\x00b"}),
    ],
)
def test_bad_answers_are_answered_at_the_field(cast, mina, page, wrong):
    row = begin(mina, cast)
    response = mina.post(f"/requests/{row.pk}/{page}/edit/", wrong)
    assert response.status_code == 422
    assert "There is a problem" in text_of(response)
    assert fresh(row).version == row.version


def test_a_request_without_a_reason_is_not_sent(cast, mina):
    row = requests.begin(cast.mentee_member, at=NOW, form=uuid4())
    response = mina.post(f"/requests/{row.pk}/check/", {"once": str(uuid4())})
    assert response.status_code == 422
    assert fresh(row).stage == "draft"


def test_a_later_change_in_two_windows_asks_before_it_overwrites(cast, mina):
    row = wait(cast)
    seen = row.version
    first = mina.post(f"/requests/{row.pk}/roles/edit/", {"roles": ["guide"], "version": seen})
    second = mina.post(f"/requests/{row.pk}/roles/edit/", {"roles": ["challenger"], "version": seen})
    assert (first.status_code, second.status_code) == (302, 409)
    assert answers_of(fresh(row)).roles == ("guide",)
    page = text_of(second)
    assert "changed in another window" in page
    assert 'value="challenger" checked' in page
    again = mina.post(f"/requests/{row.pk}/roles/edit/", {"roles": ["challenger"], "version": fresh(row).version})
    assert again.status_code == 302
    assert answers_of(fresh(row)).roles == ("challenger",)


def test_a_change_never_moves_the_place_in_the_queue(cast, mina):
    row = wait(cast, at=NOW - timedelta(days=40))
    mina.post(f"/requests/{row.pk}/roles/edit/", {"roles": ["guide"], "version": row.version})
    assert fresh(row).asked_on == timezone.localdate(NOW - timedelta(days=40))


def test_withdrawing_takes_one_press_and_pressing_twice_is_as_once(cast, mina):
    row, form = wait(cast), {"once": str(uuid4())}
    for _ in range(2):
        response = mina.post(f"/requests/{row.pk}/withdraw/", form, follow=True)
        assert response.status_code == 200
    assert "You withdrew this request" in text_of(response)
    assert (fresh(row).stage, fresh(row).answers, fresh(row).story) == ("withdrawn", None, None)


def test_a_locked_author_is_asked_to_unlock_and_the_story_goes_on(cast, client):
    row = begin(sign_in(client, cast.mentee, locked=True), cast)
    response = client.post(f"/requests/{row.pk}/story/edit/", {"story": STORY})
    assert "/requests/" not in response.headers.get("Location", "")
    assert fresh(row).story is None
    assert STORY in response.content.decode()


def test_one_whose_membership_is_checked_may_ask_and_one_whose_is_over_may_not(cast, client):
    for stage, allowed in (("verifying", True), ("applied", True), ("lapsed", False), ("withdrawn", False)):
        MentoringRequest.objects.all().delete()
        cast.mentee_member.stage = stage
        cast.mentee_member.save()
        sign_in(client, cast.mentee).post(
            "/schemes/managers/requests/new/", {"once": str(uuid4()), "reasons": ["new_in_post"]}
        )
        assert MentoringRequest.objects.exists() is allowed, stage


def test_one_answer_is_enough_and_without_it_nothing_is_begun(cast, mina):
    path = "/schemes/managers/requests/new/"
    page = mina.post(path, {"once": str(uuid4()), "send": "1"})
    assert page.status_code == 422
    assert "Error: " in text_of(page)
    assert not MentoringRequest.objects.exists()
    said = {"once": str(uuid4()), "reasons": ["under_pressure"], "send": "1"}
    for _ in range(2):
        assert mina.post(path, said)["Location"] == f"/requests/{MentoringRequest.objects.get().pk}/"
    row = MentoringRequest.objects.get()
    assert (row.stage, answers_of(row).reasons) == ("submitted", ("under_pressure",))
    assert OutboxLetter.objects.filter(kind="request_arrived").count() == 1


def test_where_mentees_choose_one_answer_leads_to_the_mentors(cast, mina):
    cast.scheme.proposing = "mentee"
    cast.scheme.save()
    said = {"once": str(uuid4()), "reasons": ["under_pressure"], "send": "1"}
    page = mina.post("/schemes/managers/requests/new/", said, follow=True)
    assert "Omar Reed" in text_of(page)


def test_who_has_not_joined_joins_first_and_comes_back_to_ask(cast, client):
    sign_in(client, cast.outsider)
    away = client.get("/schemes/managers/requests/new/")
    assert away["Location"] == "/schemes/managers/join/?next=%2Fschemes%2Fmanagers%2Frequests%2Fnew%2F"
    assert 'name="next" value="/schemes/managers/requests/new/"' in client.get(away["Location"]).content.decode()


def test_a_member_has_one_open_request(cast, mina):
    assert begin(mina, cast) == begin(mina, cast)
    assert MentoringRequest.objects.count() == 1


PAGES = ("", "check/", "reasons/edit/", "story/edit/", "people/edit/", "mentors/")
ACTS = ("check/", "reasons/edit/", "story/edit/", "withdraw/", "reopen/", "mentors/")


@pytest.mark.parametrize("who", ["visitor", "mentor", "coordinator", "deputy", "stranger", "outsider"])
def test_nobody_else_reads_or_changes_a_request(cast, client, who):
    row = wait(cast)
    before = (row.stage, row.version)
    user = cast.people[who]
    if user:
        sign_in(client, user)
    for page in PAGES:
        response = client.get(f"/requests/{row.pk}/{page}")
        if page == "" and who in ("coordinator", "deputy"):
            assert response["Location"] == f"/requests/{row.pk}/desk/", "they have a page of their own"
        else:
            assert response.status_code == {"visitor": 302, "coordinator": 403, "deputy": 403}.get(who, 404), page
        assert STORY not in response.content.decode()
    for act in ACTS:
        response = client.post(
            f"/requests/{row.pk}/{act}", {"once": str(uuid4()), "reasons": ["big_change"], "version": "3"}
        )
        assert response.status_code == {"visitor": 422, "coordinator": 403, "deputy": 403}.get(who, 404), act
    assert (fresh(row).stage, fresh(row).version) == before


def test_a_request_that_does_not_exist_is_not_found(cast, mina):
    assert mina.get(f"/requests/{UUID(int=7)}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_request_page_costs_the_same_however_many_wait(cast, mina, count, django_assert_max_num_queries):
    row = wait(cast)
    for n in range(count):
        wait(cast, another_member(cast.scheme, f"Person {n}", f"Z9100{n}"))
    with django_assert_max_num_queries(20):
        assert mina.get(f"/requests/{row.pk}/").status_code == 200


def test_coordinators_are_told_of_a_request_and_never_of_their_own(cast, client):
    member = another_member(cast.scheme, "Ann Gray", "Z90040")
    from ithaca.records.schemes.models import Appointment

    Appointment.objects.create(scheme=cast.scheme, person=member.user_id, duty="coordinator", since="2026-01-01")
    row = requests.begin(member, at=NOW, form=uuid4())
    requests.change_answers(row, 1, reasons=("big_change",))
    requests.submit(row, actor=member.user_id, at=NOW, form=uuid4())
    told = OutboxLetter.objects.filter(kind="request_to_read").values_list("recipient", flat=True)
    assert set(told) == {cast.coordinator.pk, cast.deputy.pk}
