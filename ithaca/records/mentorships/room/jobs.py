"""The scheduled jobs of rooms."""

from datetime import datetime

from django.db.models import F, Q
from django.utils import timezone

from ithaca.records.mentorships.models import Agreement, Ending, Mentorship
from ithaca.records.mentorships.room.actions import agreement_reviews, endings, mentorships, nudges, pulse
from ithaca.records.mentorships.room.queries import pulse as pulse_queries
from ithaca.records.mentorships.room.queries import quiet_rooms
from ithaca.records.mentorships.rules.deadlines import KEEP_WORDS_FOR, NUDGE_AFTER
from ithaca.records.mentorships.rules.stages.room import AgreementStage, EndingStage, MentorshipStage


def let_endings_fall_due(at: datetime) -> int:
    """Say of each ending that the time is over for which its words are kept. Returns of how many."""
    over = Ending.objects.filter(stage__in=[EndingStage.ENDED, EndingStage.FOLLOW_UP])
    due = over.filter(mentorship__ended_on__lt=timezone.localdate(at) - KEEP_WORDS_FOR).order_by("pk")
    return sum(endings.fall_due(pk, at) for pk in list(due.values_list("mentorship", flat=True)))


def purge_endings(at: datetime) -> int:
    """Destroy the keys and the words of what has fallen due. Returns of how many mentorships."""
    due = Ending.objects.filter(stage=EndingStage.RETENTION_DUE).order_by("pk")
    return sum(endings.purge(pk, at) for pk in list(due.values_list("mentorship", flat=True)))


def ask_for_ratings(at: datetime) -> int:
    """Ask people how good it is for them, a month after they began and then once a quarter. Returns how many."""
    return sum(pulse.ask(pk, at) for pk in pulse_queries.due(timezone.localdate(at)))


def tell_of_reviews(at: datetime) -> int:
    """Tell those whose day has come to look again at their agreement. Returns in how many rooms."""
    agreed = Agreement.objects.filter(stage=AgreementStage.IN_FORCE, mentorship__stage=MentorshipStage.ACTIVE)
    untold = Q(review_told_for=None) | ~Q(review_told_for=F("review_on"))
    due = agreed.filter(untold, review_on__lte=timezone.localdate(at)).order_by("pk")
    return sum(agreement_reviews.tell(pk, at) for pk in list(due.values_list("mentorship", flat=True)))


def tell_of_pauses(at: datetime) -> int:
    """Ask those whose pause has come to its day whether they would like to go on. Returns in how many rooms."""
    untold = Q(pause_told_for=None) | ~Q(pause_told_for=F("paused_until"))
    due = Mentorship.objects.filter(
        untold, stage=MentorshipStage.PAUSED, paused_until__lte=timezone.localdate(at)
    ).order_by("pk")
    return sum(mentorships.tell_of_pause(pk, at) for pk in list(due.values_list("pk", flat=True)))


def nudge_rooms(at: datetime) -> int:
    """Remind those who have not met for 45 days and have no time set. Returns in how many rooms."""
    active = Mentorship.objects.filter(stage=MentorshipStage.ACTIVE, began_on__lte=timezone.localdate(at) - NUDGE_AFTER)
    due = sorted(quiet_rooms.to_nudge(active, timezone.localdate(at)))
    return sum(nudges.nudge(pk, at) for pk in due)
