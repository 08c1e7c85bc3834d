"""What changes a signpost: put up at first, looked at again, its owner reminded."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ithaca.records.schemes.emails import signposts as emails
from ithaca.records.schemes.first_signposts import FIRST_SIGNPOSTS
from ithaca.records.schemes.models import Signpost
from ithaca.records.stages import Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox
from ithaca.tools.post.outbox import Recipient

LOOK_AGAIN_AFTER = timedelta(days=180)
"""A signpost is looked at twice a year."""


@transaction.atomic
def put_up(owner: str, owner_email: str, on: date) -> int:
    """Put up the signposts that every installation begins with, but for those that stand; return how many were new.

    Two are the same when their name, profession and nation are, whoever keeps them right and whatever was changed.
    """
    made = 0
    for post in FIRST_SIGNPOSTS:
        said = asdict(post)
        same = {name: said.pop(name) for name in ("name", "profession", "nation")}
        kept = {"owner": owner, "owner_email": owner_email, "review_on": on + LOOK_AGAIN_AFTER}
        made += Signpost.objects.get_or_create(scheme=None, **same, defaults=said | kept)[1]
    return made


@transaction.atomic
def review(signpost: Signpost, *, actor: UUID, at: datetime, form: UUID | None) -> bool:
    """Someone has looked, and it is still right: it is looked at again in half a year. Twice is as once."""
    signpost.refresh_from_db(from_queryset=Signpost.objects.select_for_update(of=("self",)))
    if ledger.handled(form, "signpost", signpost.pk, "review"):
        return False
    ledger.record("signpost", signpost.pk, "review", by=Party.COORDINATOR, at=at, actor=actor, form=form)
    signpost.review_on = timezone.localdate(at) + LOOK_AGAIN_AFTER
    signpost.save(update_fields=["review_on"])
    return True


@transaction.atomic
def remind_owner(to: Recipient, signposts: Iterable[UUID], at: datetime) -> bool:
    """Ask an owner to look at these again, unless another process has asked today."""
    today = timezone.localdate(at)
    rows = Signpost.objects.filter(pk__in=list(signposts)).exclude(reminded_on=today)
    count = rows.update(reminded_on=today)
    if count:
        outbox.put(emails.signposts_to_review(to, count), at)
    return bool(count)
