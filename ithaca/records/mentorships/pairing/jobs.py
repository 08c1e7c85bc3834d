"""The scheduled jobs of requests and introductions.

Each may run twice, or in two processes: the rows say what is done.
"""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from ithaca.records.members.models import MentorStanding
from ithaca.records.members.queries.exclusions import shunned_pairs
from ithaca.records.members.stages import StandingStage
from ithaca.records.mentorships.models import Introduction, MentoringRequest
from ithaca.records.mentorships.pairing.actions import findings, overdue_introductions, requests, waits
from ithaca.records.mentorships.pairing.actions import places as places_actions
from ithaca.records.mentorships.pairing.queries import places
from ithaca.records.mentorships.pairing.queries.conflicts import declared_by, too_close
from ithaca.records.mentorships.pairing.queries.findings import open_findings
from ithaca.records.mentorships.pairing.queries.requests import last_heard
from ithaca.records.mentorships.rules.deadlines import WORD_EVERY
from ithaca.records.mentorships.rules.stages.pairing import IntroductionStage, RequestStage
from ithaca.records.schemes.queries.schemes import open_schemes


def remind_of_answers(at: datetime) -> int:
    """Remind those whose answer has been wanted for three days. Returns how many were."""
    due = [introduction for introduction in _awaited() if overdue_introductions.reminder_is_due(introduction, at)]
    return sum(overdue_introductions.remind(introduction, at) for introduction in due)


def expire_offers(at: datetime) -> int:
    """Go on without those who have not answered by the date. Returns how many expired."""
    due = [introduction for introduction in _awaited() if overdue_introductions.expiry_is_due(introduction, at)]
    return sum(overdue_introductions.expire(introduction, at) for introduction in due)


def nudge_chats(at: datetime) -> int:
    """Speak again of first chats without a time, or without an answer after them. Returns of how many."""
    chats = Introduction.objects.filter(
        stage__in=[IntroductionStage.ACCEPTED, IntroductionStage.NO_SHOW, IntroductionStage.FIRST_CHAT]
    ).order_by("pk")
    due = [introduction for introduction in chats if overdue_introductions.nudge_is_due(introduction, at)]
    return sum(overdue_introductions.nudge(introduction, at) for introduction in due)


def release_lost_mentors(at: datetime) -> int:
    """Go on without mentors who went away, or are kept apart from the mentee by now. Returns how many ended.

    One job and one number for both, so that no log tells that somebody keeps a list of people to keep away from.
    """
    live = Introduction.objects.filter(stage__in=Introduction.OFFERS).order_by("pk")
    rows = list(live.select_related("request__membership", "standing__membership"))
    pairs = {row.pk: (row.request.membership.user_id, row.standing.membership.user_id) for row in rows}
    apart = shunned_pairs({mentee for mentee, _ in pairs.values()}, {mentor for _, mentor in pairs.values()})
    declared = declared_by(user for pair in pairs.values() for user in pair)
    due = [
        row
        for row in rows
        if pairs[row.pk] in apart
        or row.standing.stage not in (StandingStage.AVAILABLE, StandingStage.FULL)
        or too_close(declared, row.request.membership, row.standing.membership)
    ]
    return sum(overdue_introductions.lose_mentor(introduction, at) for introduction in due)


def send_word(at: datetime) -> int:
    """Write to everyone who has waited two weeks without a word from us. Returns how many were written to."""
    waiting = MentoringRequest.objects.filter(stage=RequestStage.WAITING)
    heard = last_heard(waiting)
    due = [pk for pk, day in heard.items() if day + WORD_EVERY <= timezone.localdate(at)]
    return sum(requests.send_word(pk, at) for pk in due)


def say_waits(at: datetime) -> int:
    """Work out once a day how long people wait, scheme by scheme. Returns for how many professions that is new."""
    return sum(waits.look_at_waits(scheme, at) for scheme in open_schemes())


def settle_findings(at: datetime) -> int:
    """Introduce those who found each other, and say so when an invitation came to nothing. Returns for how many."""
    return sum(findings.settle(pk, at) for pk in open_findings())


def settle_places(at: datetime) -> int:
    """Bring stages in line with places after a leave or a change of capacity. Returns how many were not."""
    standings = list(MentorStanding.objects.filter(stage__in=[StandingStage.AVAILABLE, StandingStage.FULL]))
    taken = places.taken(standings)
    astray = [row for row in standings if (taken[row.pk] >= row.capacity) != (row.stage == StandingStage.FULL)]
    return sum(places_actions.resettle(standing.pk, at) for standing in astray)


def _awaited() -> "QuerySet[Introduction]":
    return Introduction.objects.filter(stage__in=Introduction.AWAITED).order_by("answer_by", "pk")
