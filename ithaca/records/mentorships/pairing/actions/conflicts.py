"""Declaring that one knows somebody too well: in advance, or when an introduction shows who it is."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from ithaca.records.members.models import User
from ithaca.records.mentorships.models import ConflictDeclaration, Introduction
from ithaca.records.mentorships.pairing.actions.end_introduction import fail
from ithaca.records.mentorships.pairing.locks import locked, people
from ithaca.records.mentorships.rules.conflicts import Whom, rule_of
from ithaca.records.mentorships.rules.stages.pairing import IntroductionAct, IntroductionStage
from ithaca.records.stages import Party
from ithaca.tools.vault.keyring import Keyring, unlocked


@transaction.atomic
def declare_organisation(
    user: UUID, code: str, practice: str, kind: str, *, keyring: Keyring | None, at: datetime, form: UUID
) -> None:
    """Name everyone of an organisation. Raises Locked: which kind it is, is sealed to its author."""
    _keep(user, Whom(rule=rule_of(kind), organisation=code, practice=practice), kind, unlocked(keyring), at, form)


@transaction.atomic
def declare_person(user: UUID, email: str, kind: str, *, keyring: Keyring | None, at: datetime, form: UUID) -> None:
    """Name a person by an address, and whoever answers to it today. Nobody is told. Raises Locked."""
    ring, address = unlocked(keyring), email.strip().lower()
    account = User.objects.filter(email=address).values_list("pk", flat=True).first()
    whom = Whom(rule=rule_of(kind), email=address, account=str(account or ""))
    _keep(user, whom, kind, ring, at, form)


def take_out(user: UUID, declaration: UUID) -> None:
    """Take one of one's own declarations back."""
    ConflictDeclaration.objects.filter(user=user, pk=declaration).delete()


@transaction.atomic
def know_too_well(
    introduction: Introduction,
    by: Party,
    kind: str,
    *,
    keyring: Keyring | None,
    actor: UUID,
    at: datetime,
    form: UUID | None,
) -> bool:
    """One of the two says that they know the other too well: it ends, and the two are never proposed again.

    The other and the coordinator learn that it cannot be made, not who said so or why. Which kind it is, is its
    author's alone, and not kept when they are locked. False when it was over already: that they are too close is kept.
    Raises Impossible when a mentorship has come of it.
    """
    request = locked(introduction)
    if introduction.stage == IntroductionStage.VOID_CONFLICT:
        return False
    ended = introduction.stage not in Introduction.OVER
    if ended and not fail(introduction, request, IntroductionAct.VOID, by, actor=actor, at=at, form=form):
        return False
    mentee, mentor = people(introduction)
    other = mentor if by is Party.MENTEE else mentee
    _keep(actor, Whom(rule=rule_of(kind), account=str(other.user_id)), kind, keyring, at, form or uuid4())
    return ended


def _keep(user: UUID, whom: Whom, kind: str, keyring: Keyring | None, at: datetime, pk: UUID) -> None:
    """Keep it once: the form's uuid is the row's."""
    row = ConflictDeclaration(id=pk, user_id=user)
    kept = {
        "user_id": user,
        "whom": ConflictDeclaration.whom.seal(row, whom.to_json()),
        "kind": ConflictDeclaration.kind.seal(row, kind, keyring) if keyring is not None else None,
        "declared_at": at,
    }
    ConflictDeclaration.objects.get_or_create(id=pk, defaults=kept)
