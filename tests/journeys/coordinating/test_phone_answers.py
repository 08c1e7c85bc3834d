"""Answers by telephone: recorded as such, with a letter; and no yes that needs a person's own key."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ithaca.records.mentorships.models import Introduction, MentoringRequest, Mentorship
from ithaca.records.mentorships.pairing.actions import introductions
from ithaca.tools.ledger.models import Step
from ithaca.tools.post.models import OutboxLetter
from tests.cast import keyring_of, make_member, make_mentor, make_organisation
from tests.journeys.coordinating.world import DESK, Desk, make_request, once


def at(name: str, *args: Any) -> str:
    return reverse(DESK[name], args=args)


def say(browser: Client, name: str, row: Any, answer: str) -> Any:
    return browser.post(at(name, row.pk), {"answer": answer, **once()})


@pytest.fixture
def asked(desk: Desk) -> Introduction:
    """The mentee has said yes, and the mentor is asked."""
    made = desk.introduction
    mentee = made.request.membership.user
    introductions.mentee_accept(made, keyring=keyring_of(mentee), actor=mentee.pk, at=timezone.now(), form=None)
    made.refresh_from_db()
    return made


def recorded(row: Any) -> list[tuple[str, Any]]:
    return list(Step.objects.filter(subject=row.pk, act__startswith="by_phone_").values_list("act", "actor"))


def test_a_mentors_yes_by_telephone_begins_the_mentorship_and_is_shown_as_such(
    desk: Desk, cora: Client, asked: Introduction
) -> None:
    page = at("introduction_phone_answer", asked.pk)
    assert page in cora.get(at("introduction_desk", asked.pk)).text
    assert f"{asked.standing.membership.user.name} says yes" in cora.get(page).text
    assert say(cora, "introduction_phone_answer", asked, "mentor_yes").status_code == 302
    assert Mentorship.objects.get(pk=asked.pk).stage == "active"
    assert recorded(asked) == [("by_phone_mentor_yes", desk.cast.coordinator.pk)]
    step = Step.objects.get(subject=asked.pk, act="mentor_accept")
    assert (step.by, step.actor) == ("mentor", desk.cast.coordinator.pk), "whose decision, and whose hand"
    assert f"by phone, recorded by {desk.cast.coordinator.name}" in cora.get(page).text
    letter = OutboxLetter.objects.get(kind="noted")
    assert letter.address == asked.standing.membership.user.email
    assert "yes" not in letter.text.lower()


@pytest.mark.parametrize("answer", ["mentor_no", "mentee_no"])
def test_a_no_by_telephone_puts_the_mentee_back_at_the_old_date(
    desk: Desk, cora: Client, asked: Introduction, answer: str
) -> None:
    before = asked.request.asked_on
    say(cora, "introduction_phone_answer", asked, answer)
    request = MentoringRequest.objects.get(pk=asked.request_id)
    assert (request.stage, request.asked_on) == ("waiting", before)
    who = asked.standing.membership if answer == "mentor_no" else request.membership
    assert OutboxLetter.objects.get(kind="noted").address == who.user.email


def test_a_mentees_yes_cannot_be_recorded_and_the_link_is_sent_again(desk: Desk, cora: Client) -> None:
    made = desk.introduction
    page = cora.get(at("introduction_phone_answer", made.pk)).text
    assert "mentee_no" in page
    assert "They can't say yes by phone" in page
    assert "mentee_yes" not in page
    refused = say(cora, "introduction_phone_answer", made, "mentee_yes")
    assert refused.status_code == 422
    assert "after the first chat" not in refused.text, "what cannot be said yet is not offered"
    assert say(cora, "introduction_phone_answer", made, "mentor_yes").status_code == 409, "the mentor is not asked yet"
    OutboxLetter.objects.all().delete()
    form = once()
    for _press in range(2):
        cora.post(at("introduction_link", made.pk), form)
    assert OutboxLetter.objects.get().address == made.request.membership.user.email
    made.refresh_from_db()
    assert made.stage == "offered_to_mentee"
    assert recorded(made) == []


def test_pressing_twice_records_once(desk: Desk, cora: Client, asked: Introduction) -> None:
    data = {"answer": "mentor_no", **once()}
    for _press in range(2):
        assert cora.post(at("introduction_phone_answer", asked.pk), data).status_code == 302
    assert len(recorded(asked)) == 1
    assert OutboxLetter.objects.filter(kind="noted").count() == 1


def test_a_request_is_withdrawn_by_telephone(desk: Desk, cora: Client) -> None:
    say(cora, "request_phone_answer", desk.waiting, "withdraw")
    assert MentoringRequest.objects.get(pk=desk.waiting.pk).stage == "withdrawn"
    assert recorded(desk.waiting) == [("by_phone_withdraw", desk.cast.coordinator.pk)]
    page = cora.get(at("request_phone_answer", desk.waiting.pk)).text
    assert "nothing they could tell you" in page


def test_a_mentor_takes_leave_and_comes_back_by_telephone(desk: Desk, cora: Client) -> None:
    standing = desk.cast.standing
    for answer, stage in (("go_on_leave", "on_leave"), ("come_back", "available")):
        say(cora, "standing_phone_answer", standing, answer)
        standing.refresh_from_db()
        assert standing.stage == stage
    assert "By phone, recorded by" in cora.get(at("standing", standing.pk)).text
    assert OutboxLetter.objects.filter(kind="noted").count() == 2


def test_a_coordinator_records_nothing_for_herself_or_of_her_own_match(desk: Desk, cora: Client) -> None:
    own = make_member(desk.cast.scheme, desk.cast.coordinator, make_organisation("Z90099", "Q99"))
    standing = make_mentor(own)
    assert say(cora, "standing_phone_answer", standing, "go_on_leave").status_code == 403
    request = make_request(desk.cast, "Mira Matched", "Z90098", timezone.now())
    made = introductions.propose(
        request, standing, "coordinator", actor=desk.cast.deputy.pk, at=timezone.now(), form=once()["once"]
    )
    assert say(cora, "introduction_phone_answer", made, "mentee_no").status_code == 404
    assert recorded(made) == []
