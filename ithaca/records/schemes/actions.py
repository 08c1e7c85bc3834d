"""Opening a scheme, and saying who works for it."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ithaca.records.schemes.emails import signposts as emails
from ithaca.records.schemes.models import AgreementTemplate, Appointment, PublishedWait, Scheme, Signpost
from ithaca.records.schemes.presets import Preset
from ithaca.records.schemes.signposts import FIRST_SIGNPOSTS
from ithaca.records.stages import Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox
from ithaca.tools.post.outbox import Recipient
from ithaca.tools.vault import directory
from ithaca.tools.vault.keyring import Keyring

LOOK_AGAIN_AFTER = timedelta(days=180)
"""A signpost is looked at twice a year."""


@transaction.atomic
def open_scheme(preset: Preset, contact_email: str, since: date, contact_phone: str = "") -> Scheme:
    """Open a scheme from a preset, with the first version of its agreement."""
    columns = asdict(preset)
    clauses = columns.pop("clauses")
    scheme = Scheme.objects.create(contact_email=contact_email, contact_phone=contact_phone, **columns)
    AgreementTemplate.objects.create(scheme=scheme, version=1, clauses=clauses, since=since)
    put_up_signposts(scheme.name, contact_email, since)
    return scheme


def appoint(scheme: Scheme, person: UUID, duty: Appointment.Duty, since: date) -> None:
    """Say that someone works for the scheme from a day on. Twice is as once."""
    Appointment.objects.get_or_create(scheme=scheme, person=person, duty=duty, defaults={"since": since})


@transaction.atomic
def open_mailbox(scheme: Scheme, keyring: Keyring, others: Iterable[UUID]) -> None:
    """Make the key to which enquiries are sealed, for its maker and others, so that it never hangs on one person.

    Twice is as once. Raises ValueError without another holder, NotEnrolled when one of them has no keys yet.
    """
    holders = set(others) - {keyring.owner}
    if not holders:
        raise ValueError("a scheme's mailbox has two holders at least")
    Scheme.objects.select_for_update().get(pk=scheme.pk)
    if not directory.addresses_of(scheme.pk):
        keyring.make_mailbox(scheme.pk, holders)


@transaction.atomic
def put_up_signposts(owner: str, owner_email: str, on: date) -> int:
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
def review_signpost(signpost: Signpost, *, actor: UUID, at: datetime, form: UUID | None) -> bool:
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


@transaction.atomic
def publish_wait(scheme: Scheme, profession: str, weeks: tuple[int, int] | None, on: date) -> bool:
    """Say how long people of a profession wait, in weeks, or that it cannot be said; return whether that is new."""
    low, high = weeks or (None, None)
    row, made = PublishedWait.objects.select_for_update().get_or_create(
        scheme=scheme,
        profession=profession,
        defaults={"low_weeks": low, "high_weeks": high, "since": on, "looked_on": on},
    )
    changed = (row.low_weeks, row.high_weeks) != (low, high)
    if changed:
        row.low_weeks, row.high_weeks, row.since = low, high, on
    row.looked_on = on
    row.save(update_fields=["low_weeks", "high_weeks", "since", "looked_on"])
    return made or changed
