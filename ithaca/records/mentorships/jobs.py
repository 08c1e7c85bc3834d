"""What the schedule does for introductions. Every job may run twice, or in two processes: the rows say what is done."""

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from ithaca.records.members.models import MentorStanding
from ithaca.records.members.queries.exclusions import shunned_pairs
from ithaca.records.mentorships.actions import (
    alternatives,
    asking,
    destroying,
    ending,
    finding,
    importing,
    listening,
    match_runs,
    nudging,
    overdue,
    places,
    rating,
    reviewing,
    telling,
)
from ithaca.records.mentorships.models import Contract, Ending, Feedback, Introduction, MentoringRequest, Mentorship
from ithaca.records.mentorships.queries import quiet
from ithaca.records.mentorships.queries.conflicts import declared_by, too_close
from ithaca.records.mentorships.queries.findings import open_findings
from ithaca.records.mentorships.queries.next_steps import WORD_EVERY, last_word
from ithaca.records.schemes.queries import open_schemes

A_YEAR = timedelta(days=365)
"""The least for which words are kept: to the end of the same month a year on."""


def remind_of_answers(at: datetime) -> int:
    """Remind those whose answer has been wanted for three days. Returns how many were."""
    unreminded = Q(reminded_at=None) | Q(reminded_at__lt=F("stage_since"))
    due = _awaited().filter(unreminded, stage_since__lte=at - overdue.REMIND_AFTER)
    return sum(overdue.remind(introduction, at) for introduction in due)


def expire_offers(at: datetime) -> int:
    """Go on without those who have not answered by the date. Returns how many expired."""
    due = _awaited().filter(answer_by__lt=timezone.localdate(at))
    return sum(overdue.expire(introduction, at) for introduction in due)


def nudge_chats(at: datetime) -> int:
    """Speak again of first chats without a time, or without an answer after them. Returns of how many."""
    untimed = Q(stage__in=["accepted", "no_show"], stage_since__lte=at - overdue.ARRANGE_WITHIN)
    unanswered = Q(stage="first_chat", chat_at__lte=at - overdue.ANSWER_WITHIN)
    due = Introduction.objects.filter(untimed | unanswered).order_by("pk")
    return sum(overdue.nudge(introduction, at) for introduction in due)


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
        or row.standing.stage not in ("available", "full")
        or too_close(declared, row.request.membership, row.standing.membership)
    ]
    return sum(overdue.lose_mentor(introduction, at) for introduction in due)


def send_word(at: datetime) -> int:
    """Write to everyone who has waited two weeks without a word from us. Returns how many were written to."""
    waiting = MentoringRequest.objects.filter(stage="waiting")
    heard = last_word(waiting)
    due = [pk for pk, day in heard.items() if day + WORD_EVERY <= timezone.localdate(at)]
    return sum(asking.send_word(pk, at) for pk in due)


def say_waits(at: datetime) -> int:
    """Work out once a day how long people wait, scheme by scheme. Returns for how many professions that is new."""
    return sum(alternatives.look_at_waits(scheme, at) for scheme in open_schemes())


def settle_findings(at: datetime) -> int:
    """Introduce those who found each other, and say so when an invitation came to nothing. Returns for how many."""
    return sum(finding.settle(pk, at) for pk in open_findings())


def settle_places(at: datetime) -> int:
    """Bring stages in line with places after a leave or a change of capacity. Returns how many were not."""
    standings = list(MentorStanding.objects.filter(stage__in=["available", "full"]))
    taken = places.taken(standings)
    astray = [row for row in standings if (taken[row.pk] >= row.capacity) != (row.stage == "full")]
    return sum(places.resettle(standing.pk, at) for standing in astray)


def let_endings_fall_due(at: datetime) -> int:
    """Say of each ending that the time is over for which its words are kept. Returns of how many."""
    over = Ending.objects.filter(stage__in=["ended", "follow_up"])
    due = over.filter(mentorship__ended_on__lt=timezone.localdate(at) - A_YEAR).order_by("pk")
    return sum(destroying.fall_due(pk, at) for pk in list(due.values_list("mentorship", flat=True)))


def purge_endings(at: datetime) -> int:
    """Destroy the keys and the words of what has fallen due. Returns of how many mentorships."""
    due = Ending.objects.filter(stage="retention_due").order_by("pk")
    return sum(destroying.purge(pk, at) for pk in list(due.values_list("mentorship", flat=True)))


def tell_of_writing(at: datetime) -> int:
    """Tell those for whom there is something to read, at most once a day. Returns how many were told."""
    return sum(telling.tell(pk, at) for pk in telling.due(at))


def remind_of_feedback(at: datetime) -> int:
    """Say once more, after a week, that a mentor has asked how it was. Returns of how many sessions."""
    asked = Feedback.objects.filter(stage="asked", mentorship__scheme__feedback=True)
    due = asked.filter(reminded_on=None, stage_since__lte=at - listening.REMIND_AFTER)
    return sum(listening.remind(row, at) for row in due.select_related("session").order_by("pk"))


def ask_for_ratings(at: datetime) -> int:
    """Ask people how good it is for them, a month after they began and then once a quarter. Returns how many."""
    return sum(rating.ask(pk, at) for pk in rating.due(timezone.localdate(at)))


def tell_of_reviews(at: datetime) -> int:
    """Tell those whose day has come to look again at their agreement. Returns in how many rooms."""
    agreed = Contract.objects.filter(stage="in_force", mentorship__stage="active")
    untold = Q(review_told_for=None) | ~Q(review_told_for=F("review_on"))
    due = agreed.filter(untold, review_on__lte=timezone.localdate(at)).order_by("pk")
    return sum(reviewing.tell(pk, at) for pk in list(due.values_list("mentorship", flat=True)))


def tell_of_pauses(at: datetime) -> int:
    """Ask those whose pause has come to its day whether they would like to go on. Returns in how many rooms."""
    untold = Q(pause_told_for=None) | ~Q(pause_told_for=F("paused_until"))
    due = Mentorship.objects.filter(untold, stage="paused", paused_until__lte=timezone.localdate(at)).order_by("pk")
    return sum(ending.tell_of_pause(pk, at) for pk in list(due.values_list("pk", flat=True)))


def take_up_match_runs(at: datetime) -> int:
    """Go on with runs that have shown no sign of life for a while, or say that they have failed. Returns how many."""
    return match_runs.take_up_silent(at)


def forget_match_runs(at: datetime) -> int:
    """Empty matches nobody has worked with for a month, throw away those that count no more. Returns how many."""
    return match_runs.forget_old(at)


def destroy_old_sheets(at: datetime) -> int:
    """Set aside spreadsheets that nobody has dealt with for a week, what they held destroyed. Returns of how many."""
    return importing.destroy_old(at)


def nudge_rooms(at: datetime) -> int:
    """Remind those who have not met for 45 days and have no time set. Returns in how many rooms."""
    active = Mentorship.objects.filter(stage="active", began_on__lte=timezone.localdate(at) - quiet.NUDGE_AFTER)
    due = sorted(quiet.to_nudge(active, timezone.localdate(at)))
    return sum(nudging.nudge(pk, at) for pk in due)


def _awaited() -> "QuerySet[Introduction]":
    return Introduction.objects.filter(stage__in=Introduction.AWAITED).order_by("answer_by", "pk")
