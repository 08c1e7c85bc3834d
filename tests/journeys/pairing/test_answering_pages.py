"""Questions, lists and conflicts in the browser; and the complaints of other services that must not come true here."""

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from ithaca.records.members.models import MentorStanding
from ithaca.records.mentorships.models import ConflictDeclaration, Introduction, MentoringRequest, Mentorship
from ithaca.records.mentorships.pairing import jobs
from ithaca.records.mentorships.pairing.actions import questions
from ithaca.records.mentorships.pairing.queries.conflicts import own_conflicts
from ithaca.records.schemes.models import Scheme
from ithaca.tools.ledger.models import Step
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW, PASSWORD, Cast, keyring_of, make_cast, make_organisation, sign_in
from tests.journeys.pairing.test_introduction_pages import OTHERS, came_to_chat, chat, press, text_of
from tests.records.mentorships.pairs import (
    accept_as_mentee,
    accept_as_mentor,
    another_mentor,
    asked,
    fresh,
    offered,
    propose,
    wait,
)

pytestmark = pytest.mark.django_db
QUESTION, ANSWER = "Is it the numbers or the people?", "The people, mostly."


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def questioned(cast: Cast) -> Introduction:
    row = asked(cast)
    ring = keyring_of(cast.mentor)
    questions.ask(row, QUESTION, keyring=ring, actor=cast.mentor.pk, at=NOW, form=uuid4())
    return fresh(row)


def the_list(page: str) -> list[str]:
    return re.findall(r"<li>([^<]*)</li>", page)


# --- a question before an answer ------------------------------------------------------------------


def test_a_question_and_its_answer_go_from_page_to_page(cast, client):
    row = asked(cast)
    path = f"/introductions/{row.pk}/"
    mentor, mentee = sign_in(client, cast.mentor), sign_in(Client(), cast.mentee)
    assert f"{path}question/" in text_of(mentor.get(path))
    page = text_of(mentor.get(f"{path}question/"))
    assert "the two of you" in page
    assert "Leave out anything that could identify a patient." in page
    form = {"once": str(uuid4()), "text": QUESTION}
    for _press in range(2):
        assert mentor.post(f"{path}question/", form)["Location"] == path
    assert QUESTION in text_of(mentor.get(path))
    assert mentor.get(f"{path}question/")["Location"] == path
    assert QUESTION in text_of(mentee.get(path))
    assert QUESTION in text_of(mentee.get(f"{path}question/"))
    press(mentee, f"{path}question/", text=ANSWER)
    assert ANSWER in text_of(mentor.get(path))
    assert fresh(row).stage == "offered_to_mentor"


def test_what_was_asked_beforehand_is_read_in_the_room_as_well(cast, client):
    row = questioned(cast)
    ring = keyring_of(cast.mentee)
    questions.answer(row, ANSWER, keyring=ring, actor=cast.mentee.pk, at=NOW, form=uuid4())
    accept_as_mentor(fresh(row))
    page = text_of(sign_in(client, cast.mentor).get(f"/mentorships/{row.pk}/story/"))
    assert QUESTION in page
    assert ANSWER in page


@pytest.mark.parametrize("who", ["mentor", "mentee"])
def test_a_text_that_arrives_locked_is_carried_past_the_password(cast, client, who):
    row = asked(cast) if who == "mentor" else questioned(cast)
    user = cast.people[who]
    before, path = row.stage, f"/introductions/{row.pk}/question/"
    form = {"once": str(uuid4()), "text": "What was written"}
    answer = sign_in(client, user, locked=True).post(path, form)
    assert "What was written" in text_of(answer)
    assert fresh(row).stage == before
    client.post(path, {**form, "unlock-password": PASSWORD})
    assert fresh(row).stage != before


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001, "a\x00b"])
def test_a_question_that_cannot_be_kept_is_told_at_its_box_and_not_lost(cast, client, text):
    row = asked(cast)
    answer = press(sign_in(client, cast.mentor), f"/introductions/{row.pk}/question/", text=text)
    assert answer.status_code == 422
    assert "There is a problem" in text_of(answer)
    assert ("x" * 2001 in text_of(answer)) == (len(text) > 2000)
    assert fresh(row).stage == "offered_to_mentor"


def test_a_question_that_comes_too_late_is_told_clearly(cast, client):
    row = asked(cast)
    Introduction.objects.update(stage="expired")
    answer = press(sign_in(client, cast.mentor), f"/introductions/{row.pk}/question/", text=QUESTION)
    assert answer.status_code == 409


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_reads_asks_declares_or_lists(cast, client, who):
    row = questioned(cast)
    if cast.people[who]:
        sign_in(client, cast.people[who])
    for path in ("question/", "next/", "too-close/", "chat/calendar/"):
        assert QUESTION not in text_of(client.get(f"/introductions/{row.pk}/{path}"))
        press(client, f"/introductions/{row.pk}/{path}", text="x", kind="family")
    assert fresh(row).stage == "question_asked"
    assert ConflictDeclaration.objects.count() == 0


# --- a list ---------------------------------------------------------------------------------------


def test_a_mentee_chooses_three_in_an_order_and_changes_the_rest(client):
    cast = make_cast(proposing=Scheme.Proposing.MENTEE)
    a, b = (another_mentor(cast.scheme, f"Mentor {letter}", f"Z9300{letter}") for letter in "12")
    row, mentee = wait(cast), sign_in(client, cast.mentee)
    path = f"/requests/{row.pk}/mentors/"
    form = {"once": str(uuid4()), "first": str(cast.standing.pk), "second": str(a.pk), "third": ""}
    twice = press(mentee, path, first=str(a.pk), second=str(a.pk))
    assert (twice.status_code, Introduction.objects.count()) == (422, 0)
    assert "Choose each mentor once" in text_of(twice)
    for _press in range(2):
        made = mentee.post(path, form)["Location"]
    assert Introduction.objects.count() == 2
    assert "Mentor 1" in the_list(text_of(mentee.get(made)))
    press(mentee, f"{made}next/", second=str(b.pk), third=str(a.pk))
    assert the_list(text_of(mentee.get(made)))[-2:] == ["Mentor 2", "Mentor 1"]
    late = press(mentee, path, standing=str(b.pk))
    assert late["Location"] == made
    assert "You have asked a mentor already." in text_of(mentee.get(made))
    press(mentee, f"{made}next/")
    assert Introduction.objects.filter(stage="suggested").count() == 0


def test_a_coordinator_lists_three_and_the_mentee_may_stop_the_list_without_learning_a_name(cast, client):
    a = another_mentor(cast.scheme, "Nia Ward", "Z93001")
    row, cora = wait(cast), sign_in(client, cast.coordinator)
    page = text_of(cora.get(f"/requests/{row.pk}/desk/"))
    assert "Introduce up to 3 mentors in order" in page
    press(cora, f"/requests/{row.pk}/propose/in-order/", first=str(cast.standing.pk), second=str(a.pk))
    made = Introduction.objects.get(rank=1)
    desk = text_of(cora.get(f"/introductions/{made.pk}/desk/"))
    assert "Nia Ward" in the_list(desk)
    assert re.search("The next best was Nia Ward|Nia Ward scored", desk)
    mentee = sign_in(Client(), cast.mentee)
    pages = [text_of(mentee.get(f"/introductions/{made.pk}/{tail}")) for tail in ("", "next/")]
    assert "another mentor in mind" in pages[0]
    assert not [page for page in pages if "Nia" in page]
    press(mentee, f"/introductions/{made.pk}/next/")
    assert Introduction.objects.get(rank=2).stage == "withdrawn"
    press(cora, f"/introductions/{made.pk}/next/desk/", second=str(a.pk))
    assert Introduction.objects.filter(stage="suggested").get().standing == a


def test_the_rules_of_a_scheme_say_which_are_hard(cast, client):
    cast.scheme.matching_policy = {"hard": ["sub_icb"]}
    cast.scheme.save()
    path = f"/schemes/{cast.scheme.slug}/rules/"
    page = text_of(sign_in(client, cast.coordinator).get(path))
    hard, soft = page.split("Also kept apart in this scheme")[1].split("Counts in favour")[:2]
    assert "sub-ICB location" in hard
    assert "sub-ICB location" not in soft
    assert "integrated care board" in soft
    assert sign_in(Client(), cast.mentee).get(path).status_code == 404


# --- conflicts ------------------------------------------------------------------------------------


def test_conflicts_are_declared_in_advance_and_read_by_their_author(cast, client):
    mentee = sign_in(client, cast.mentee)
    make_organisation("Z95001")
    path = "/account/conflicts/"
    assert "You have told us of nobody yet" in text_of(mentee.get(path))
    press(mentee, path, kind="past_employer", practice="Z95001")
    press(mentee, path, kind="family", email="Cousin@practice.example")
    page = text_of(mentee.get(path))
    assert "Practice Z95001</strong>: I worked there" in page
    assert "cousin@practice.example" in page
    assert "We are family" in page
    assert path in text_of(mentee.get("/account/"))
    (first, second) = own_conflicts(cast.mentee.pk, keyring_of(cast.mentee))
    press(sign_in(Client(), cast.mentor), f"{path}{first.pk}/remove/")
    press(mentee, f"{path}{second.pk}/remove/")
    assert [own.pk for own in own_conflicts(cast.mentee.pk, keyring_of(cast.mentee))] == [first.pk]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, "Choose an answer"),
        ({"kind": "family"}, "Enter an email address, or an organisation"),
        ({"kind": "family", "email": "nonsense"}, "name@example.com"),
        ({"kind": "family", "email": "a@b.example", "practice": "Z90001"}, "Enter a person or an organisation"),
        ({"kind": "past_employer", "practice": "No such place"}, "We know no organisation"),
        ({"kind": "partner", "practice": "Z90001"}, "Your own organisation is kept apart always"),
        ({"kind": "family", "practice": "Practice"}, "Which of these is it?"),
    ],
)
def test_a_conflict_that_says_too_little_is_told_at_its_place(cast, client, typed, told):
    answer = press(sign_in(client, cast.mentee), "/account/conflicts/", **typed)
    assert told in text_of(answer)
    assert ConflictDeclaration.objects.count() == 0


@pytest.mark.parametrize("locked", [False, True])
def test_knowing_someone_too_well_ends_it_and_tells_nobody_why(cast, client, locked):
    row = asked(cast)
    path = f"/introductions/{row.pk}/"
    mentor = sign_in(client, cast.mentor, locked=locked)
    assert f"{path}too-close/" in text_of(mentor.get(path))
    assert press(mentor, f"{path}too-close/", kind="nonsense").status_code == 422
    form = {"once": str(uuid4()), "kind": "own_patient"}
    for _press in range(2):
        assert mentor.post(f"{path}too-close/", form)["Location"] == "/my-mentoring/"
    assert ConflictDeclaration.objects.count() == 1
    assert "patient is" not in text_of(sign_in(Client(), cast.mentee).get(path))
    coordinator = sign_in(Client(), cast.coordinator)
    desk, request = f"{path}desk/", f"/requests/{row.request_id}/desk/"
    told = [text_of(coordinator.get(page)) for page in (desk, request)]
    assert "Mina Patel is back in the queue, at their old place. Choose another mentor" in told[0]
    assert "1 mentor isn't available for this request just now." in told[1]
    Introduction.objects.update(stage="mentor_unavailable")
    ConflictDeclaration.objects.all().delete()
    MentorStanding.objects.update(capacity=0)
    tokens = r'nonce="[^"]*"|value="[0-9a-zA-Z-]{36,64}"'
    full = [re.sub(tokens, "", text_of(coordinator.get(page))) for page in (desk, request)]
    assert [re.sub(tokens, "", page) for page in told] == full, "as when the mentor had gone away"


def test_own_words_of_a_no_are_ones_own(cast, client):
    row = asked(cast)
    path = f"/introductions/{row.pk}/"
    mentor = sign_in(client, cast.mentor)
    press(mentor, f"{path}decline/", reason="not_now", words="My mother is ill.")
    noted = fresh(row).reason
    assert json.loads(keyring_of(cast.mentor).open_private("introduction.reason", row.pk, noted))["kind"] == "not_now"
    assert "My mother is ill." in text_of(mentor.get(path))
    assert "My mother is ill." not in text_of(sign_in(Client(), cast.mentee).get(path))


def test_the_calendar_file_of_a_chat_is_ones_own(cast, client):
    row = came_to_chat(cast)
    path = f"/introductions/{row.pk}/chat/"
    mentee = sign_in(client, cast.mentee)
    assert mentee.get(f"{path}calendar/").status_code == 404
    press(mentee, f"{path}arrange/", **chat())
    file = mentee.get(f"{path}calendar/")
    assert file["Content-Type"].startswith("text/calendar")
    assert cast.mentee.email in file.content.decode().replace("\r\n ", "")


# --- what people complain about elsewhere ---------------------------------------------------------


def test_complaint_several_mentors_accept_one_mentee(cast):
    """Whatever is listed or tried, one mentor at a time is asked about one person, and one mentorship comes of it."""
    first = asked(cast)
    other = another_mentor(cast.scheme, "Nia Ward", "Z93001")
    for _try in range(2):
        with pytest.raises(Exception, match="cannot introduce"):
            propose(cast, first.request, other)
    accept_as_mentor(first)
    assert Mentorship.objects.count() == 1
    assert not Introduction.objects.exclude(pk=first.pk).exists()


def test_complaint_accept_or_decline_is_too_blunt(cast, client):
    row = asked(cast)
    page = text_of(sign_in(client, cast.mentor).get(f"/introductions/{row.pk}/"))
    answers = [page.index(words) for words in ("Yes, I would like to", "Ask a question first", "No, thank you")]
    assert answers == sorted(answers)


def test_complaint_a_cancelled_match_loses_its_history(cast, client):
    row = asked(cast)
    press(sign_in(client, cast.coordinator), f"/introductions/{row.pk}/take-back/")
    page = text_of(client.get(f"/introductions/{row.pk}/desk/"))
    for step in ("Asked the mentee", "Asked the mentor", "Withdrawn", "Why this match, and not another"):
        assert step in page
    assert f"/introductions/{row.pk}/desk/" in text_of(client.get(f"/requests/{row.request_id}/desk/"))
    acts = Step.objects.filter(subject=row.pk).values_list("act", flat=True)
    assert {"propose", "offer", "mentee_accept", "take_back"} == set(acts)
    assert "Introductions that did not go ahead" in text_of(
        sign_in(Client(), cast.mentee).get(f"/requests/{row.request_id}/")
    )


def test_complaint_one_has_to_sign_in_to_answer_an_email(cast, client):
    """The link of a letter opens a page that leads on to the answer after signing in, and no GET ever acts."""
    row = offered(cast)
    letter = OutboxLetter.objects.get(recipient=cast.mentee.pk, kind="answer_wanted")
    path = re.search(r"https?://[^/\s]+(/\S*)", letter.text)[1]
    answer = client.get(path)
    assert f"next={path}" in answer["Location"].replace("%2F", "/")
    assert "Meet the mentor we found" in text_of(sign_in(client, cast.mentee).get(path))
    for tail in ("", "accept/", "decline/", "question/", "too-close/", "next/"):
        client.get(f"{path}{tail}")
    assert fresh(row).stage == "offered_to_mentee"
    assert Step.objects.filter(subject=row.pk).count() == 2


def test_complaint_silence_while_an_offer_lies_somewhere(cast):
    """An offer that nobody answers moves by itself, and both hear of it."""
    row = offered(cast)
    accept_as_mentee(cast, row)
    jobs.expire_offers(NOW + timedelta(days=9))
    kinds = set(OutboxLetter.objects.values_list("kind", "recipient"))
    assert {("did_not_go_ahead", cast.mentee.pk), ("no_longer_needed", cast.mentor.pk)} <= kinds
    assert MentoringRequest.objects.get().stage == "waiting"
