"""How a session was: the mentor may ask, the mentee may say, asked or not. Only they can read it."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from ithaca.records import moves, times
from ithaca.records.mentorships.models import Feedback, Mentorship, Session
from ithaca.records.mentorships.room.actions.sides import side_of
from ithaca.records.mentorships.room.actions.written_record import must_want_record
from ithaca.records.mentorships.room.locks import enter, enter_open
from ithaca.records.mentorships.room.queries.sides import record_wanted
from ithaca.records.mentorships.rules.deadlines import REMIND_OF_FEEDBACK_AFTER
from ithaca.records.mentorships.rules.stages.room import ASKABLE, SAYABLE, FeedbackAct, FeedbackStage, MentorshipStage
from ithaca.records.mentorships.writing.emails import feedback as emails
from ithaca.records.stages import Impossible, Party
from ithaca.records.versions import edit
from ithaca.tools.post import outbox
from ithaca.tools.vault.keyring import Keyring, unlocked


@transaction.atomic
def ask(session: Session, by: Party, *, actor: UUID, at: datetime, form: UUID | None) -> None:
    """Ask the mentee how it was. Once for a session: asking again, or after they have said it, does nothing.

    Raises NoRecord when one of the two wishes for no written record; Impossible when the two did not meet, or it is
    over.
    """
    room = enter_open(session.mentorship_id, "ask_feedback", by)
    if Feedback.objects.filter(session=session).exists():
        return
    row = _new(room, session, "ask_feedback", by, ASKABLE)
    told = [emails.how_was_it(session, room.scheme, room.mentee)]
    moves.move(row, FeedbackAct.ASK, by, at=at, actor=actor, form=form, letters=told)


@transaction.atomic
def give(
    session: Session, text: str, version: int, by: Party, *, keyring: Keyring | None, at: datetime, form: UUID | None
) -> None:
    """Say how it was; said again it takes the place of what was said. The same words twice are as once.

    Raises:
        Locked: the keyring is None. NotGranted, Tampered: as the vault says.
        NoRecord: one of the two wishes for no written record.
        ChangedMeanwhile: it was said already, in another version than the one seen.
        Impossible: it is over, or nobody has said that the two met.
    """
    keys = unlocked(keyring)
    room = enter_open(session.mentorship_id, "give_feedback", by)
    row = Feedback.objects.select_related("mentorship__mentee").filter(session=session).first()
    if row is not None and row.text is not None:
        if Feedback.text.unseal(row, keys) == text:
            return
        must_want_record(room)
        edit(row, version, text=Feedback.text.seal(row, text, keys))
        return
    if row is None:
        row = _new(room, session, "give_feedback", by, SAYABLE)
    else:
        must_want_record(room)
    side_of(room, room.mentor.user_id, at)
    sealed = Feedback.text.seal(row, text, keys)
    moves.move(row, FeedbackAct.GIVE, by, at=at, actor=keys.owner, form=form, text=sealed, version=row.version + 1)


@transaction.atomic
def skip(row: Feedback, by: Party, *, actor: UUID, at: datetime, form: UUID | None) -> None:
    """Record "not this time". Nobody is notified; it can still be given. Idempotent. Raises Impossible when over."""
    enter_open(row.mentorship_id, FeedbackAct.PASS, by)
    row.refresh_from_db()
    if row.stage == FeedbackStage.ASKED:
        moves.move(row, FeedbackAct.PASS, by, at=at, actor=actor, form=form)


@transaction.atomic
def remind(row: Feedback, at: datetime) -> bool:
    """Say once more that the mentor has asked. False when it was answered or reminded of, or writing is off."""
    room = enter(row.mentorship_id)
    row.refresh_from_db()
    waits = row.stage == FeedbackStage.ASKED and row.reminded_on is None and room.stage == MentorshipStage.ACTIVE
    if not waits or at < row.stage_since + REMIND_OF_FEEDBACK_AFTER or not record_wanted(room):
        return False
    row.reminded_on = times.london_date(at)
    row.save(update_fields=["reminded_on"])
    outbox.put(emails.how_was_it_again(row.session, room.scheme, room.mentee), at)
    return True


def _new(room: Mentorship, session: Session, act: str, by: Party, stages: tuple[str, ...]) -> Feedback:
    must_want_record(room)
    session.refresh_from_db(fields=["stage"])
    if session.stage not in stages:
        raise Impossible("session", session.stage, act, by)
    row = Feedback(id=uuid4(), mentorship=room, session=session)
    row.save(force_insert=True)
    return row
