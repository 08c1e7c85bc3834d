"""What the schedule does for schemes."""

from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from ithaca.records.schemes.actions import signposts
from ithaca.records.schemes.models import Signpost
from ithaca.tools.post import outbox

REMIND_EVERY = timedelta(days=30)


def remind_signpost_owners(at: datetime) -> int:
    """Ask each owner, once a month, to look at the signposts that are due. Returns how many owners were asked."""
    today = timezone.localdate(at)
    unasked = Q(reminded_on=None) | Q(reminded_on__lt=F("review_on")) | Q(reminded_on__lte=today - REMIND_EVERY)
    due: dict[str, list[UUID]] = defaultdict(list)
    for pk, owner in Signpost.objects.filter(unasked, live=True, review_on__lte=today).values_list("pk", "owner_email"):
        due[owner.lower()].append(pk)
    return sum(signposts.remind_owner(outbox.Recipient(None, owner), pks, at) for owner, pks in sorted(due.items()))
