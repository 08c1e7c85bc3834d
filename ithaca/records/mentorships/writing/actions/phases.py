"""Setting the phase of a mentoring: either may, forwards or back, and neither has to."""

import uuid
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ithaca.records.mentorships.models import PhaseStep
from ithaca.records.mentorships.room.actions.written_record import must_want_record
from ithaca.records.mentorships.room.locks import enter_open
from ithaca.records.mentorships.writing.queries.phases import newest
from ithaca.records.schemes.vocabulary import PHASES
from ithaca.records.stages import Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.vault.keyring import Keyring, unlocked


@transaction.atomic
def say(
    mentorship: UUID, phase: str, by: Party, *, keyring: Keyring | None, at: datetime, form: UUID | None
) -> PhaseStep:
    """Say in which phase the two are; sealed to them. Saying what stands already, or one form twice, adds nothing.

    Raises:
        Locked: the keyring is None. NotGranted, Tampered: as the vault says.
        NoRecord: one of the two wishes for no written record.
        Impossible: it is over. ValueError: there is no such phase.
    """
    keys = unlocked(keyring)
    room = enter_open(mentorship, "step", by)
    if phase not in PHASES:
        raise ValueError("there is no such phase")
    sent = PhaseStep.objects.filter(pk=form).first() if form else None
    if sent is not None:
        if (sent.mentorship_id, sent.author) != (room.pk, keys.owner):
            raise ledger.Reused("step")
        return sent
    must_want_record(room)
    last = newest(room)
    if last is not None and PhaseStep.phase.unseal(last, keys) == phase:
        return last
    pk = form or uuid.uuid4()
    row = PhaseStep(id=pk, mentorship=room, author=keys.owner, at=at)
    row.phase = PhaseStep.phase.seal(row, phase, keys)
    row.save(force_insert=True)
    return row
