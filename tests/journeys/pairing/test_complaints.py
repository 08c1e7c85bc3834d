"""Complaints of other services that must not come true here."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from ithaca.records.mentorships.models import Introduction, MentoringRequest, Mentorship
from ithaca.records.mentorships.pairing import jobs
from ithaca.tools.ledger.models import Step
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW, sign_in
from tests.journeys.pairing.pages import press, text_of
from tests.records.mentorships.pairs import (
    accept_as_mentee,
    accept_as_mentor,
    another_mentor,
    asked,
    fresh,
    offered,
    propose,
)

pytestmark = pytest.mark.django_db


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
    answers = [page.index(words) for words in ("Yes, I'd like to", "Ask a question first", "No, thank you")]
    assert answers == sorted(answers)


def test_complaint_a_cancelled_match_loses_its_history(cast, client):
    row = asked(cast)
    press(sign_in(client, cast.coordinator), f"/introductions/{row.pk}/take-back/")
    page = text_of(client.get(f"/introductions/{row.pk}/desk/"))
    for step in ("Asked the mentee", "Asked the mentor", "Withdrawn", "Why we suggested this match"):
        assert step in page
    assert f"/introductions/{row.pk}/desk/" in text_of(client.get(f"/requests/{row.request_id}/desk/"))
    acts = Step.objects.filter(subject=row.pk).values_list("act", flat=True)
    assert {"propose", "offer", "mentee_accept", "take_back"} == set(acts)
    assert "Introductions that didn't go ahead" in text_of(
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
    for tail in ("", "accept/", "decline/", "question/", "conflict/", "shortlist/"):
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
