"""How a session was, looking again, pausing until a day, and being told of what was written: once, and no more."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from ithaca.records.mentorships.models import Agreement, Feedback, Goal, Mentorship, PhaseStep, Session
from ithaca.records.mentorships.overview.queries import cards
from ithaca.records.mentorships.room import jobs
from ithaca.records.mentorships.room.actions import agreement_reviews, endings, mentorships, written_record
from ithaca.records.mentorships.room.queries import agreements, room_cards
from ithaca.records.mentorships.writing import jobs as writing_jobs
from ithaca.records.mentorships.writing.actions import feedback, notes
from ithaca.records.mentorships.writing.actions import phases as phases_actions
from ithaca.records.mentorships.writing.queries import feedback as queries
from ithaca.records.mentorships.writing.queries import notes as notes_queries
from ithaca.records.mentorships.writing.queries import phases, search
from ithaca.records.stages import Impossible, Party
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.post.models import OutboxLetter
from ithaca.tools.vault.errors import Locked, NotGranted
from tests.cast import NOW, TODAY, keyring_of, make_cast
from tests.room import Room, make_room

WORDS = "I liked the silence. Less about the rota next time."


@pytest.fixture
def room(db: None) -> Room:
    return make_room(make_cast())


@pytest.fixture
def session(room: Room) -> Session:
    return Session.objects.create(
        mentorship=room.mentorship,
        number=1,
        stage="held",
        starts_at=NOW - timedelta(days=1),
        proposed_by=room.mentee.pk,
    )


def ask(room: Room, session: Session, days: float = 0, form: UUID | None = None) -> None:
    at = NOW + timedelta(days=days)
    feedback.ask(session, Party.MENTOR, actor=room.mentor.pk, at=at, form=form or uuid4())


def give(
    room: Room, session: Session, text: str = WORDS, version: int = 0, days: float = 0, form: UUID | None = None
) -> None:
    keys, at = keyring_of(room.mentee), NOW + timedelta(days=days)
    feedback.give(session, text, version, Party.MENTEE, keyring=keys, at=at, form=form or uuid4())


def read(room: Room, session: Session, by: Party = Party.MENTOR) -> str | None:
    return queries.feedback_of(session, by, keyring_of(room.who(by))).text


def told(kind: str) -> list[str]:
    return sorted(OutboxLetter.objects.filter(kind=kind).values_list("address", flat=True))


# --- feedback ---------------------------------------------------------------------------------------------


def test_the_mentor_asks_the_mentee_says_it_and_both_read_it(room: Room, session: Session) -> None:
    form = uuid4()
    for _twice in range(2):
        ask(room, session, form=form)
    ask(room, session)
    assert told("how_was_it") == [room.mentee.email]
    form = uuid4()
    for _twice in range(2):
        give(room, session, form=form)
    assert Feedback.objects.get().stage == "given"
    assert [read(room, session, by) for by in (Party.MENTEE, Party.MENTOR)] == [WORDS, WORDS]
    assert WORDS.encode() not in bytes(Feedback.objects.get().text.data)
    with pytest.raises(NotGranted):
        queries.feedback_of(session, Party.MENTOR, keyring_of(room.cast.stranger))
    with pytest.raises(Locked):
        queries.feedback_of(session, Party.MENTOR, None)


def test_it_may_be_said_unasked_and_said_anew_by_one_who_saw_what_stands(room: Room, session: Session) -> None:
    give(room, session)
    ask(room, session, days=1)
    assert told("how_was_it") == [], "who has said it is not asked"
    with pytest.raises(ChangedMeanwhile):
        give(room, session, "Other words")
    give(room, session, WORDS)
    give(room, session, "Better words", version=1)
    assert read(room, session) == "Better words"
    assert Feedback.objects.get().version == 2


def test_not_this_time_is_private_and_can_be_thought_over(room: Room, session: Session) -> None:
    ask(room, session)
    row = Feedback.objects.get()
    letters = OutboxLetter.objects.count()
    for _twice in range(2):
        feedback.skip(row, Party.MENTEE, actor=room.mentee.pk, at=NOW, form=uuid4())
    assert OutboxLetter.objects.count() == letters
    mentor = queries.feedback_of(session, Party.MENTOR, keyring_of(room.mentor))
    assert mentor.waits, "to the mentor it is a question without an answer yet"
    give(room, session)
    assert read(room, session) == WORDS


def test_one_reminder_after_a_week_and_never_after_an_answer(room: Room, session: Session) -> None:
    ask(room, session)
    runs = [writing_jobs.remind_of_feedback(NOW + timedelta(days=days)) for days in (6, 7, 7, 14, 60)]
    assert runs == [0, 1, 0, 0, 0]
    assert not feedback.remind(Feedback.objects.get(), NOW + timedelta(days=8)), "nor by a second process"
    assert told("how_was_it_again") == [room.mentee.email]
    Feedback.objects.update(reminded_on=None)
    feedback.skip(Feedback.objects.get(), Party.MENTEE, actor=room.mentee.pk, at=NOW, form=uuid4())
    assert writing_jobs.remind_of_feedback(NOW + timedelta(days=9)) == 0


def test_nothing_is_asked_or_said_without_a_record_before_they_met_or_after_the_end(
    room: Room, session: Session
) -> None:
    written_record.stop_writing(room.mentorship.pk, Party.MENTEE, actor=room.mentee.pk, at=NOW)
    for act in (ask, give):
        with pytest.raises(written_record.NoRecord):
            act(room, session)
    written_record.write_again(room.mentorship.pk, Party.MENTEE, actor=room.mentee.pk, at=NOW)
    Session.objects.update(stage="scheduled")
    for act in (ask, give):
        with pytest.raises(Impossible):
            act(room, session)
    Session.objects.update(stage="held")
    endings.end(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=NOW, form=uuid4())
    for act in (ask, give):
        with pytest.raises(Impossible):
            act(room, session)
    assert Feedback.objects.count() == 0


def test_what_was_said_is_found_and_both_together_destroy_it(room: Room, session: Session) -> None:
    give(room, session)
    step(room, "progress")
    assert [one.text for one in search.search(room.mentorship, "SILENCE rota", keyring_of(room.mentor)).feedback] == [
        WORDS
    ]
    assert search.search(room.mentorship, "canal", keyring_of(room.mentor)).total == 0
    written_record.stop_writing(room.mentorship.pk, Party.MENTEE, actor=room.mentee.pk, at=NOW)
    for by in (Party.MENTEE, Party.MENTOR):
        written_record.destroy(room.mentorship.pk, by, actor=room.who(by).pk, at=NOW)
    assert (Feedback.objects.count(), PhaseStep.objects.count()) == (0, 0)


# --- the way ----------------------------------------------------------------------------------------------


def step(room: Room, phase: str, by: Party = Party.MENTEE, minutes: int = 0, form: UUID | None = None) -> None:
    at = NOW + timedelta(minutes=minutes)
    phases_actions.say(room.mentorship.pk, phase, by, keyring=keyring_of(room.who(by)), at=at, form=form or uuid4())


def here(room: Room, by: Party) -> list[str]:
    return [phase.code for phase in phases.phases_of(room.mentorship, keyring_of(room.who(by))) if phase.here]


def test_either_steps_forwards_and_back_and_twice_is_as_once(room: Room) -> None:
    assert here(room, Party.MENTEE) == []
    step(room, "progress")
    form = uuid4()
    step(room, "rapport", Party.MENTOR, 1, form)
    step(room, "winding_down", Party.MENTOR, 2, form)
    step(room, "rapport", Party.MENTEE, 3)
    assert [here(room, by) for by in (Party.MENTEE, Party.MENTOR)] == [["rapport"], ["rapport"]]
    assert PhaseStep.objects.count() == 2
    assert len({len(bytes(row.phase.data)) for row in PhaseStep.objects.all()}) == 1, "no phase shows by its length"
    with pytest.raises(ValueError, match="phase"):
        step(room, "promoted")


# --- looking again ----------------------------------------------------------------------------------------


def agreed(room: Room, review_on: date | None) -> Agreement:
    agreement = room.agree_both()
    Agreement.objects.filter(pk=agreement.pk).update(review_on=review_on)
    agreement.refresh_from_db()
    return agreement


def keep(room: Room, by: Party, again_on: date | None, at: datetime) -> bool:
    return agreement_reviews.keep(room.mentorship.pk, again_on, by, actor=room.who(by).pk, at=at, form=uuid4())


def test_on_the_day_both_are_told_once_also_when_the_schedule_comes_late(room: Room) -> None:
    agreed(room, TODAY + timedelta(days=90))
    runs = [jobs.tell_of_reviews(NOW + timedelta(days=days)) for days in (89, 97, 97, 120)]
    assert runs == [0, 1, 0, 0]
    assert not agreement_reviews.tell(room.mentorship.pk, NOW + timedelta(days=97)), "nor by a second process"
    assert told("look_again") == sorted([room.mentee.email, room.mentor.email])
    later = NOW + timedelta(days=98)
    again = TODAY + timedelta(days=200)
    assert [keep(room, Party.MENTEE, again, later), keep(room, Party.MENTOR, again, later)] == [True, True]
    assert keep(room, Party.MENTOR, again + timedelta(days=9), later) is False, "the day chosen first stands"
    assert Agreement.objects.get().review_on == again
    assert [jobs.tell_of_reviews(NOW + timedelta(days=days)) for days in (199, 200, 201)] == [0, 1, 0]


def test_nobody_is_told_in_a_pause_or_while_new_words_wait(room: Room) -> None:
    agreed(room, TODAY)
    mentorships.pause(room.mentorship.pk, Party.MENTEE, actor=room.mentee.pk, at=NOW, form=uuid4())
    assert jobs.tell_of_reviews(NOW) == 0
    mentorships.resume(room.mentorship.pk, Party.MENTEE, actor=room.mentee.pk, at=NOW, form=uuid4())
    room.change({"rhythm": "Every six weeks."}, Party.MENTOR)
    assert agreements.pending(room.mentorship) is not None
    assert jobs.tell_of_reviews(NOW) == 0


# --- pausing ----------------------------------------------------------------------------------------------


def pause(room: Room, until: date | None, by: Party = Party.MENTEE) -> None:
    mentorships.pause(room.mentorship.pk, by, actor=room.who(by).pk, at=NOW, form=uuid4(), until=until)


def test_a_pause_with_a_day_asks_once_on_that_day_and_ends_nothing(room: Room) -> None:
    pause(room, TODAY + timedelta(days=10))
    pause(room, None, Party.MENTOR)
    assert [jobs.tell_of_pauses(NOW + timedelta(days=days)) for days in (9, 10, 10, 30)] == [0, 1, 0, 0]
    assert not mentorships.tell_of_pause(room.mentorship.pk, NOW + timedelta(days=10)), "nor by a second process"
    assert told("pause_is_over") == sorted([room.mentee.email, room.mentor.email])
    row = Mentorship.objects.get()
    assert (row.stage, row.paused_until) == ("paused", TODAY + timedelta(days=10))
    pause(room, TODAY + timedelta(days=40))
    assert [jobs.tell_of_pauses(NOW + timedelta(days=days)) for days in (39, 40, 41)] == [0, 1, 0]
    mentorships.resume(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=NOW, form=uuid4())
    assert Mentorship.objects.get().paused_until is None
    pause(room, None)
    assert jobs.tell_of_pauses(NOW + timedelta(days=99)) == 0


# --- being told, and small cards --------------------------------------------------------------------------


def note(room: Room, by: Party = Party.MENTEE, minutes: float = 0, *, alone: bool = False) -> None:
    at = NOW + timedelta(minutes=minutes)
    keys = keyring_of(room.who(by))
    notes.write(room.mentorship.pk, "For next time.", alone, by, keyring=keys, at=at, form=uuid4())


def test_the_daily_letter_tells_of_notes_goals_and_what_was_said_but_not_of_what_was_read(
    room: Room, session: Session
) -> None:
    def tell(days: float) -> int:
        return writing_jobs.tell_of_writing(NOW + timedelta(days=days, hours=1))

    note(room, alone=True)
    assert tell(0) == 0, "a note for oneself is nobody's news"
    note(room)
    assert [tell(0), tell(0), tell(1)] == [1, 0, 0]
    note(room, minutes=60 * 24)
    notes.read(room.mentorship, room.mentor.pk, NOW + timedelta(days=1), NOW + timedelta(days=1))
    assert tell(1) == 0
    give(room, session, days=2)
    assert [tell(2), tell(2), tell(3)] == [1, 0, 0]
    goal = Goal(mentorship=room.mentorship, at=NOW + timedelta(days=4))
    goal.words = Goal.words.seal(goal, "Sleep.", keyring_of(room.mentee))
    goal.save()
    assert [tell(4), tell(5)] == [1, 0]
    assert set(told("something_to_read")) == {room.mentor.email}


def test_unread_notes_are_the_others_shared_ones_written_or_changed_since(room: Room) -> None:
    def new(until: datetime | None) -> int:
        return notes_queries.unread(room.mentorship, room.mentor.pk, until)

    note(room)
    note(room, alone=True)
    note(room, Party.MENTOR)
    assert [new(None), new(NOW)] == [1, 0]
    row = room.mentorship.notes.get(author=room.mentee.pk, alone=False)
    later = NOW + timedelta(hours=1)
    notes.change(row, "Better.", 1, Party.MENTEE, keyring=keyring_of(room.mentee), at=later)
    assert new(NOW) == 1


def test_open_questions_come_after_what_there_is_to_do(room: Room, session: Session) -> None:
    ask(room, session)
    agreed(room, TODAY)
    jobs.ask_for_ratings(NOW + timedelta(days=40))

    def titles(who: Party) -> list[str]:
        person = room.who(who).pk
        found = cards.cards(person, [], room_cards.rooms_of(person), NOW + timedelta(days=41), mentors=False)
        return [card.title for card in found]

    first, look, good = (
        "Choose a time for your next session",
        "Review how you work together",
        "How good is this for you?",
    )
    assert titles(Party.MENTEE) == [first, "How was it?", look, good]
    assert titles(Party.MENTOR) == [first, look, good]
    written_record.stop_writing(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=NOW)
    assert "How was it?" not in titles(Party.MENTEE), "nothing can be said while nothing is written"
