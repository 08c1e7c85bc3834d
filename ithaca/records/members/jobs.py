"""What the schedule does for members. Every job may run twice, or in two processes: the rows say what is done."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from ithaca.records import moves
from ithaca.records.members.emails import memberships as emails
from ithaca.records.members.models import Membership
from ithaca.records.members.stages import MembershipAct, MembershipStage
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Impossible, Party
from ithaca.tools.post.outbox import Letter
from ithaca.tools.vault import unlocking

GRACE = timedelta(days=30)
"""How long after its subscription has run out a membership still counts."""


def run_out(at: datetime) -> int:
    """Email members whose subscribing membership has run out. Returns how many."""
    paid = Membership.objects.filter(stage=MembershipStage.ACTIVE, scheme__joining=Scheme.Joining.SUBSCRIPTION)
    due = paid.filter(valid_until__lt=timezone.localdate(at)).select_related("scheme", "user")
    return _each(due, MembershipAct.RUN_OUT, emails.ran_out, at)


def lapse(at: datetime) -> int:
    """End the grace of those who have not renewed. What is under way may finish. Returns how many lapsed."""
    due = Membership.objects.filter(stage=MembershipStage.GRACE, stage_since__lt=at - GRACE).select_related(
        "scheme", "user"
    )
    return _each(due, MembershipAct.LAPSE, emails.lapsed, at)


def lock_idle_sessions(at: datetime) -> int:
    """Delete the keys of browser sessions that can be used no more. Returns how many there were."""
    return unlocking.sweep(at)


def _each(due: Iterable[Membership], act: MembershipAct, letter: Callable[[Membership], Letter], at: datetime) -> int:
    count = 0
    for membership in due:
        try:
            moves.move(membership, act, Party.SCHEDULE, at=at, letters=[letter(membership)])
        except Impossible:  # it moved on while we looked
            continue
        count += 1
    return count
