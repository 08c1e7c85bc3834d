"""One conversation becomes a mentorship when both have said so. Nobody learns of one yes alone."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ithaca.records.mentorships.actions.entering import enter_open, people
from ithaca.records.mentorships.letters import going_on as letters
from ithaca.records.mentorships.models import Contract, Mentorship
from ithaca.records.schemes.queries import agreement_of
from ithaca.records.stages import Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox

SAID = {Party.MENTEE: "mentee_goes_on_at", Party.MENTOR: "mentor_goes_on_at"}


@transaction.atomic
def say_yes(mentorship: UUID, by: Party, *, actor: UUID, at: datetime, form: UUID | None) -> bool:
    """Say that one would like to go on; return whether both have now said so, and it is a mentorship.

    Then the scheme's agreement lies ready, as at the beginning of every other. Twice is as once.
    Raises Impossible when the two have ended.
    """
    room = enter_open(mentorship, "go_on", by)
    if not room.one_off or ledger.handled(form, "mentorship", room.pk, "go_on"):
        return not room.one_off
    if getattr(room, SAID[by]) is None:
        setattr(room, SAID[by], at)
        ledger.record("mentorship", room.pk, "go_on", by=by, at=at, actor=actor, form=form)
    both = room.mentee_goes_on_at is not None and room.mentor_goes_on_at is not None
    if both:
        room.one_off = False
        Contract.objects.create(mentorship=room, template=agreement_of(room.scheme), stage_since=at)
        for person in people(room):
            outbox.put(letters.both_go_on(room, person), at)
    room.save(update_fields=["one_off", *SAID.values()])
    return both


def has_said(mentorship: Mentorship, party: Party) -> bool:
    """Has this one said yes already?"""
    return getattr(mentorship, SAID[party]) is not None
