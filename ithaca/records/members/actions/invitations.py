"""Personal links to join a scheme. The link's token is shown once, and kept as a fingerprint only."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from ithaca.records.members.models import PersonalInvitation, User
from ithaca.records.members.queries.invitations import token_of
from ithaca.records.schemes.models import Scheme

GOOD_FOR = timedelta(days=30)


class Gone(Exception):
    """The link was used by somebody else, has run out, or never was."""


def make(
    scheme: Scheme, purpose: str, *, by: UUID, at: datetime, form: UUID | None = None, enquiry: UUID | None = None
) -> tuple[PersonalInvitation, str]:
    """Return an invitation and the token of its link, which nobody can see again.

    A form that comes a second time gets a fresh token for the same invitation: the one shown last works.
    """
    token = secrets.token_urlsafe(24)
    asked = {"scheme": scheme, "purpose": purpose, "made_by": by, "enquiry": enquiry}
    fresh = {"token": token_of(token), "made_at": at, "expires_at": at + GOOD_FOR}
    if form is None:
        return PersonalInvitation.objects.create(**asked, **fresh), token
    row, made = PersonalInvitation.objects.get_or_create(id=form, defaults=asked | fresh)
    if not made:
        if row.made_by != by or row.used_by is not None:
            raise Gone
        PersonalInvitation.objects.filter(pk=row.pk).update(**fresh)
    return row, token


@transaction.atomic
def use(token: str, user: User, *, at: datetime) -> PersonalInvitation:
    """Take up an invitation. Idempotent for the same person; anybody else is too late. Raises Gone."""
    rows = PersonalInvitation.objects.select_for_update(of=("self",)).select_related("scheme")
    row = rows.filter(token=token_of(token)).first()
    if (
        row is None
        or row.declined_at is not None
        or (row.used_by != user.pk and (row.used_by is not None or row.expires_at < at))
    ):
        raise Gone
    if row.used_by is None:
        row.used_by, row.used_at = user.pk, at
        row.save(update_fields=["used_by", "used_at"])
    return row


@transaction.atomic
def decline(token: str, *, at: datetime) -> PersonalInvitation:
    """Say no to an invitation; whoever holds the link may. Twice is as once. Raises Gone when it was used, or is over.

    Whoever it concerns hears of it, and never why.
    """
    rows = PersonalInvitation.objects.select_for_update(of=("self",)).select_related("scheme")
    row = rows.filter(token=token_of(token), used_by=None).first()
    if row is None or (row.declined_at is None and row.expires_at < at):
        raise Gone
    if row.declined_at is None:
        row.declined_at = at
        row.save(update_fields=["declined_at"])
    return row


def take_back(invitation: UUID, *, at: datetime) -> None:
    """Let an unused link work no longer."""
    PersonalInvitation.objects.filter(pk=invitation, used_by=None, expires_at__gt=at).update(expires_at=at)
