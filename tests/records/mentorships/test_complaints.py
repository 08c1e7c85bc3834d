"""What people complain about elsewhere, each as a test of the same name: those about asking and waiting."""

import html
from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest

from ithaca.journeys.operating import schedule
from ithaca.records.mentorships.models import Introduction, MentoringRequest
from ithaca.records.mentorships.overview.queries.desk import requests_waiting
from ithaca.records.mentorships.pairing.actions import introductions, overdue_introductions, requests
from ithaca.records.mentorships.pairing.queries.places import taken
from ithaca.records.mentorships.pairing.queries.request_cards import SHOWN, as_mentee
from ithaca.records.mentorships.pairing.queries.requests import answer_due, requests_of
from ithaca.records.mentorships.rules.stages import pairing
from ithaca.records.stages import Party
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW, TODAY, Cast, make_cast, sign_in
from tests.records.mentorships.pairs import accept_as_mentee, another_member, ask, asked, fresh, offered, wait

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_silence_after_applying(cast):
    """A word at once that says by when a person answers, and never more than two weeks without another."""
    request = ask(cast.mentee_member)
    first = OutboxLetter.objects.get(recipient=cast.mentee.pk)
    assert f"{answer_due(TODAY):%A} {answer_due(TODAY).day}" in first.text
    requests.take_in(request, actor=cast.coordinator.pk, at=NOW + DAY, form=uuid4())
    for days in range(2, 62):
        schedule.ask({"send_word": schedule.jobs()["mentorships.send_word"]}, NOW + days * DAY)
    written = OutboxLetter.objects.filter(recipient=cast.mentee.pk).order_by("written_at")
    days = [letter.written_at for letter in written] + [NOW + 61 * DAY]
    assert max(later - earlier for earlier, later in pairwise(days)) <= 14 * DAY
    assert len(written) == 6


def test_no_idea_of_the_wait(cast, client):
    """At every stage the card says who acts; and by when, wherever it is not the mentee's own turn."""
    ask(cast.mentee_member)
    for stage in SHOWN:
        MentoringRequest.objects.update(stage=stage)
        (card,) = as_mentee(requests_of(cast.mentee.pk))
        assert card.who
        assert card.by_when or card.who == "You" or stage in ("introducing", "signposted", "ineligible"), stage
    MentoringRequest.objects.update(stage="waiting")
    page = html.unescape(sign_in(client, cast.mentee).get(f"/requests/{MentoringRequest.objects.get().pk}/").text)
    for words in ("How long it may take", "can't say yet", "2 free places", "You keep that place in the queue"):
        assert words in page, words


OPEN = [stage for stage in pairing.REQUEST.stages if pairing.REQUEST.allows(stage, "withdraw", Party.MENTEE)]


@pytest.mark.parametrize("stage", OPEN)
def test_no_way_to_withdraw(cast, client, stage):
    """One press on the page of the request, at every stage that is not over."""
    request = ask(cast.mentee_member)
    MentoringRequest.objects.update(stage=stage)
    mina = sign_in(client, cast.mentee)
    path = f"/requests/{request.pk}/"
    assert f"{path}withdraw/" in mina.get(path, follow=True).text
    mina.post(f"{path}withdraw/", {"once": str(uuid4())})
    assert fresh(request).stage == "withdrawn"


def test_withdrawing_frees_the_mentor_at_once(cast):
    introduction = asked(cast)
    requests.withdraw(introduction.request, actor=cast.mentee.pk, at=NOW, form=uuid4())
    assert taken([cast.standing]) == {cast.standing.pk: 0}


def decline(cast: Cast, introduction: Introduction, party: Party) -> None:
    actor = cast.mentee.pk if party is Party.MENTEE else cast.mentor.pk
    introductions.decline(introduction, party, actor=actor, at=NOW + DAY, form=uuid4())


WAYS = {
    "the mentee says no": lambda cast, row: decline(cast, row, Party.MENTEE),
    "the mentor says no": lambda cast, row: (accept_as_mentee(cast, row), decline(cast, fresh(row), Party.MENTOR)),
    "nobody answers": lambda cast, row: overdue_introductions.expire(row, NOW + 9 * DAY),
    "the coordinator takes it back": lambda cast, row: introductions.take_back(
        row, actor=cast.coordinator.pk, at=NOW + DAY, form=uuid4()
    ),
    "the mentor goes away": lambda cast, row: (
        type(cast.standing).objects.update(stage="retired"),
        overdue_introductions.lose_mentor(row, NOW + DAY),
    ),
}


@pytest.mark.parametrize("way", list(WAYS))
def test_a_place_in_the_queue_that_is_lost(cast, way):
    """Whoever waited longest still does, however an introduction failed."""
    introduction = offered(cast, NOW - 9 * DAY)
    before = introduction.request.asked_on
    wait(cast, another_member(cast.scheme, "Later One", "Z96001"), NOW - 8 * DAY)
    Introduction.objects.update(answer_by=TODAY)
    WAYS[way](cast, fresh(introduction))
    request = fresh(introduction.request)
    assert (request.stage, request.asked_on) == ("waiting", before)
    assert requests_waiting(cast.scheme, uuid4(), 0, 9).lines[0].pk == request.pk
