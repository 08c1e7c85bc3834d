"""Pausing a mentorship, resuming it, and going on after a single conversation. Either person may, without a reason."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ithaca.records import moves, times
from ithaca.records.mentorships.models import Agreement, Mentorship
from ithaca.records.mentorships.room.emails import mentorships as emails
from ithaca.records.mentorships.room.locks import enter, enter_open, other, people
from ithaca.records.mentorships.rules.stages.room import MentorshipAct, MentorshipStage
from ithaca.records.schemes.queries.schemes import agreement_of
from ithaca.records.stages import Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox


@transaction.atomic
def pause(
    mentorship: UUID, by: Party, *, actor: UUID, at: datetime, form: UUID | None, until: date | None = None
) -> None:
    """Take a pause, until a day if one likes. Sessions that are booked stay; none is booked meanwhile.

    Twice is as once; in a pause, another day takes the place of the one before. Nothing ends by itself on that day.
    """
    room = enter(mentorship)
    if room.stage == MentorshipStage.PAUSED:
        if until is not None and until != room.paused_until:
            room.paused_until = until
            room.save(update_fields=["paused_until"])
            ledger.record("mentorship", room.pk, "pause_until", by=by, at=at, actor=actor)
        return
    if ledger.handled(form, "mentorship", room.pk, MentorshipAct.PAUSE):
        return
    told = [emails.paused(room, other(room, by))]
    moves.move(room, MentorshipAct.PAUSE, by, at=at, actor=actor, form=form, letters=told, paused_until=until)


@transaction.atomic
def resume(mentorship: UUID, by: Party, *, actor: UUID, at: datetime, form: UUID | None) -> None:
    """Go on after a pause. Twice is as once."""
    room = enter(mentorship)
    if room.stage == MentorshipStage.ACTIVE or ledger.handled(form, "mentorship", room.pk, MentorshipAct.RESUME):
        return
    told = [emails.resumed(room, other(room, by))]
    moves.move(room, MentorshipAct.RESUME, by, at=at, actor=actor, form=form, letters=told, paused_until=None)


@transaction.atomic
def tell_of_pause(mentorship: UUID, at: datetime) -> bool:
    """Ask both whether they would like to go on, once for each day until which they paused. False when not due."""
    room = enter(mentorship)
    day = room.paused_until
    if room.stage != MentorshipStage.PAUSED or day is None or day > times.london_date(at) or room.pause_told_for == day:
        return False
    room.pause_told_for = day
    room.save(update_fields=["pause_told_for"])
    for person in people(room):
        outbox.put(emails.pause_is_over(room, person), at)
    return True


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
        Agreement.objects.create(mentorship=room, template=agreement_of(room.scheme), stage_since=at)
        for person in people(room):
            outbox.put(emails.both_go_on(room, person), at)
    room.save(update_fields=["one_off", *SAID.values()])
    return both


def has_said(mentorship: Mentorship, party: Party) -> bool:
    """Say whether this person has said yes already."""
    return getattr(mentorship, SAID[party]) is not None
