"""Every sealed field opens what was written before fields sealed and opened themselves, and the other way round.

Each row is made here by hand, as its author, relationship or mailbox stands in it: the declarations are what is tested.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import models

from ithaca.records.members.actions import keys as account_keys
from ithaca.records.members.actions import secrets
from ithaca.records.members.models import (
    Membership,
    MentorApplication,
    MentorStanding,
    PrivateList,
    User,
)
from ithaca.records.mentorships.models import (
    Agreement,
    Attachment,
    Commitment,
    ConflictDeclaration,
    Ending,
    Enquiry,
    Feedback,
    Finding,
    Goal,
    GoalStep,
    Introduction,
    MatchRun,
    MentoringRequest,
    Mentorship,
    Message,
    Note,
    PhaseStep,
    Session,
    Sheet,
    SheetHeadings,
    Side,
)
from ithaca.tools.vault.errors import NotGranted, Tampered
from ithaca.tools.vault.fields import SealedField, SealedForMailbox, SealedForServer
from ithaca.tools.vault.keyring import Keyring
from ithaca.tools.vault.sealed import Sealed
from tests.tools.vault import vectors
from tests.tools.vault.vectors import ADA, BEN, VECTORS, Vector

FIELDS = {
    field.kind: field
    for model in apps.get_models()
    for field in model._meta.local_fields
    if isinstance(field, SealedField)
}
OF_FIELDS = [vector for vector in VECTORS if vector.kind in FIELDS]
CARRIED = {"user.second_step", "user.proposed_recovery_code"}


def room(v: Vector) -> Mentorship:
    """Return the mentorship; what the mentee alone may write is in the mentee's name."""
    return Mentorship(id=v.thing, mentee=Membership(user_id=v.author), mentor=Membership(user_id=uuid4()))


ROWS: dict[type[models.Model], Callable[[Vector], models.Model]] = {
    User: lambda v: User(id=v.item),
    MentorApplication: lambda v: MentorApplication(id=v.item),
    MentorStanding: lambda v: MentorStanding(id=v.item),
    PrivateList: lambda v: PrivateList(user_id=v.item),
    Enquiry: lambda v: Enquiry(id=v.item, scheme_id=v.thing),
    MentoringRequest: lambda v: MentoringRequest(id=v.item, membership=Membership(user_id=v.author or ADA)),
    Introduction: lambda v: Introduction(
        id=v.item,
        request=MentoringRequest(membership=Membership(user_id=ADA)),
        standing=MentorStanding(membership=Membership(user_id=BEN)),
    ),
    Finding: lambda v: Finding(request_id=v.item),
    ConflictDeclaration: lambda v: ConflictDeclaration(id=v.item, user_id=v.author or ADA),
    MatchRun: lambda v: MatchRun(id=v.item),
    Sheet: lambda v: Sheet(id=v.item),
    SheetHeadings: lambda v: SheetHeadings(scheme_id=v.item),
    Session: lambda v: Session(id=v.item),
    Side: lambda v: Side(id=v.item, mentorship_id=v.thing, person=v.author or ADA),
    Agreement: lambda v: Agreement(id=v.item, mentorship_id=v.thing, wording_by=v.author),
    Ending: lambda v: Ending(id=v.item, mentorship_id=v.thing, asked_by=v.author),
    Message: lambda v: Message(id=v.item, mentorship_id=v.thing, author=v.author),
    Note: lambda v: Note(id=v.item, mentorship_id=v.thing, author=v.author, alone=v.how == "private"),
    Attachment: lambda v: Attachment(
        id=v.item, mentorship_id=v.thing, author=v.author, alone=v.how.startswith("private")
    ),
    PhaseStep: lambda v: PhaseStep(id=v.item, mentorship_id=v.thing, author=v.author),
    Goal: lambda v: Goal(id=v.item, mentorship=room(v)),
    GoalStep: lambda v: GoalStep(id=v.item, mentorship=room(v)),
    Commitment: lambda v: Commitment(id=v.item, mentorship=room(v)),
    Feedback: lambda v: Feedback(id=v.item, mentorship=room(v)),
}


@pytest.fixture(autouse=True)
def then(db: None, settings: Any) -> None:
    vectors.restore(settings)


def row_of(vector: Vector) -> models.Model:
    field = FIELDS[vector.kind]
    row = ROWS[field.model](vector)
    setattr(row, field.name, Sealed(vector.data, vector.tier, vector.kind))
    return row


def unsealed(row: models.Model, field: Any, keys: Keyring) -> str | bytes:
    return field.unseal(row) if isinstance(field, SealedForServer) else field.unseal(row, keys)


def author_of(vector: Vector) -> Keyring:
    return vectors.keyring_of("ben" if vector.author == BEN else "ada")


def test_every_kind_of_that_time_is_still_somebodys() -> None:
    assert {vector.kind for vector in VECTORS} - CARRIED <= set(FIELDS)
    assert len({vector.kind for vector in OF_FIELDS}) == 47


@pytest.mark.parametrize("vector", OF_FIELDS, ids=str)
def test_a_field_opens_what_was_sealed_then(vector: Vector) -> None:
    field = FIELDS[vector.kind]
    assert unsealed(row_of(vector), field, vectors.keyring_of("ada")) == vector.plain
    ben = vectors.keyring_of("ben")
    if vector.how.startswith("private"):
        with pytest.raises(Tampered):
            unsealed(row_of(vector), field, ben)
    else:
        assert unsealed(row_of(vector), field, ben) == vector.plain


@pytest.mark.parametrize("vector", OF_FIELDS, ids=str)
def test_what_a_field_seals_is_bound_to_the_same_facts(vector: Vector) -> None:
    field: Any = FIELDS[vector.kind]
    if field.model is PrivateList:  # whose list it is, is the item
        vector = replace(vector, item=ADA)
    row, author = ROWS[field.model](vector), author_of(vector)
    without_a_key = isinstance(field, SealedForServer | SealedForMailbox)
    made = field.seal(row, vector.plain) if without_a_key else field.seal(row, vector.plain, author)
    assert made.data != vector.data
    assert vectors.opened(replace(vector, data=made.data), author) == vector.plain


@pytest.mark.parametrize("vector", OF_FIELDS, ids=str)
def test_in_the_row_of_another_item_it_opens_for_nobody(vector: Vector) -> None:
    moved = replace(vector, item=uuid4())
    for name in ("ada", "ben"):
        with pytest.raises((Tampered, NotGranted)):
            unsealed(row_of(moved), FIELDS[vector.kind], vectors.keyring_of(name))


def test_what_was_carried_then_opens_still() -> None:
    held = {vector.kind: vector for vector in VECTORS if vector.kind in CARRIED}
    step, code = held["user.second_step"], held["user.proposed_recovery_code"]
    assert secrets.unseal_secret(vectors.as_text(step)) == step.plain
    assert account_keys.proposed_recovery_code(User(id=code.item), vectors.as_text(code)) == code.plain
