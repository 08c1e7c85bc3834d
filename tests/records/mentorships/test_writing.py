"""Messages and notes: who can read them, that pressing twice writes once, and what becomes of them."""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest

from ithaca.records import times
from ithaca.records.mentorships.models import Message, Note, Side
from ithaca.records.mentorships.room.actions import endings, written_record
from ithaca.records.mentorships.room.queries import sides
from ithaca.records.mentorships.writing import jobs
from ithaca.records.mentorships.writing.actions import messages, notes
from ithaca.records.mentorships.writing.queries import messages as messages_queries
from ithaca.records.mentorships.writing.queries import notes as notes_queries
from ithaca.records.mentorships.writing.queries import search
from ithaca.records.stages import Impossible, Party
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.ledger.actions import Reused
from ithaca.tools.ledger.models import Step
from ithaca.tools.post.models import OutboxLetter
from ithaca.tools.vault.errors import Locked, NotGranted, Refused, Tampered
from tests.cast import NOW, keyring_of, make_cast
from tests.room import Room, make_room

WORDS = "I have told them. They laughed, and then they did it."


@pytest.fixture
def room(db: None) -> Room:
    return make_room(make_cast())


def send(
    room: Room, text: str = WORDS, by: Party = Party.MENTEE, at: datetime = NOW, form: UUID | None = None
) -> Message:
    return messages.send(room.mentorship.pk, text, by, keyring=keyring_of(room.who(by)), at=at, form=form)


def note(
    room: Room,
    text: str = WORDS,
    by: Party = Party.MENTEE,
    alone: bool = False,
    form: UUID | None = None,
    at: datetime = NOW,
) -> Note:
    return notes.write(room.mentorship.pk, text, alone, by, keyring=keyring_of(room.who(by)), at=at, form=form)


def words(room: Room, by: Party) -> list[str | None]:
    rows = list(messages_queries.messages_of(room.mentorship))
    return [one.text for one in messages_queries.shown(rows, None, keyring_of(room.who(by)))]


def letters(kind: str = "something_to_read") -> int:
    return OutboxLetter.objects.filter(kind=kind).count()


def test_the_two_read_it_and_nobody_else(room: Room) -> None:
    message = send(room)
    assert words(room, Party.MENTOR) == words(room, Party.MENTEE) == [WORDS]
    with pytest.raises(NotGranted):
        messages_queries.shown([message], None, keyring_of(room.cast.coordinator))
    with pytest.raises(Locked):
        messages_queries.shown([message], None, None)
    with pytest.raises(Locked):
        messages.send(room.mentorship.pk, WORDS, Party.MENTEE, keyring=None, at=NOW, form=None)


def test_the_same_form_twice_writes_once_and_other_words_are_not_swallowed(room: Room) -> None:
    form = uuid4()
    assert send(room, form=form).pk == send(room, form=form).pk == form
    with pytest.raises(messages.OtherWords):
        send(room, "And another thing.", form=form)
    with pytest.raises(Reused):
        send(room, by=Party.MENTOR, form=form)
    assert words(room, Party.MENTOR) == [WORDS]
    assert note(room, form=form).pk == note(room, form=form).pk
    with pytest.raises(messages.OtherWords):
        note(room, alone=True, form=form)
    with pytest.raises(Reused):
        note(room, by=Party.MENTOR, form=form)
    assert Note.objects.count() == 1


def test_a_message_can_be_taken_back_for_a_quarter_of_an_hour(room: Room) -> None:
    one, two = send(room), send(room, "Two", at=NOW + timedelta(minutes=1))
    messages.take_back(one, Party.MENTEE, at=NOW + timedelta(minutes=15))
    messages.take_back(one, Party.MENTEE, at=NOW + timedelta(hours=2))
    assert words(room, Party.MENTOR) == ["Two", None]
    with pytest.raises(messages.TooLate):
        messages.take_back(two, Party.MENTEE, at=NOW + timedelta(minutes=16, seconds=1))
    assert words(room, Party.MENTOR) == ["Two", None]


def test_a_note_of_ones_own_opens_for_nobody_else(room: Room) -> None:
    mine, shared = note(room, alone=True), note(room, "For us", Party.MENTOR)
    assert Note.text.unseal(mine, keyring_of(room.mentee)) == WORDS
    with pytest.raises(Tampered):
        Note.text.unseal(mine, keyring_of(room.mentor))
    assert [row.pk for row in notes_queries.notes_of(room.mentorship, room.mentor.pk)] == [shared.pk]
    mine.alone = False
    with pytest.raises(Refused):
        Note.text.unseal(mine, keyring_of(room.mentor))


def change(room: Room, row: Note, text: str, version: int, by: Party = Party.MENTEE) -> None:
    notes.change(row, text, version, by, keyring=keyring_of(room.who(by)), at=NOW + timedelta(hours=1))


@pytest.mark.parametrize("alone", [True, False])
def test_a_note_changes_by_the_version_that_was_seen(room: Room, alone: bool) -> None:
    row = note(room, alone=alone)
    change(room, row, "Other words", 1)
    change(room, row, "Other words", 1)
    with pytest.raises(ChangedMeanwhile):
        change(room, row, "Words from an old tab", 1)
    row.refresh_from_db()
    assert (Note.text.unseal(row, keyring_of(room.mentee)), row.version) == ("Other words", 2)
    notes.delete(row, Party.MENTEE)
    with pytest.raises(ChangedMeanwhile):
        change(room, row, "Words for a note that is gone", 2)


def test_nothing_is_added_once_it_is_over(room: Room) -> None:
    message, row = send(room), note(room)
    endings.end(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=NOW, form=uuid4())
    for act in (
        lambda: send(room, "Late"),
        lambda: note(room, "Late"),
        lambda: change(room, row, "Late", 1),
        lambda: messages.take_back(message, Party.MENTEE, at=NOW),
        lambda: notes.delete(row, Party.MENTEE),
    ):
        with pytest.raises(Impossible):
            act()
    assert words(room, Party.MENTEE) == [WORDS]


def test_what_was_read_is_new_no_more(room: Room) -> None:
    send(room, "One", Party.MENTOR, NOW)
    send(room, "Two", Party.MENTOR, NOW + timedelta(minutes=5))
    assert messages_queries.unread(room.mentorship, room.mentee.pk, None) == 2
    assert messages_queries.unread(room.mentorship, room.mentor.pk, None) == 0
    messages.read(room.mentorship, room.mentee.pk, NOW, NOW + timedelta(minutes=6))
    until = sides.sides_of(room.mentorship, room.mentee.pk).read_until
    assert messages_queries.unread(room.mentorship, room.mentee.pk, until) == 1
    messages.read(room.mentorship, room.mentee.pk, NOW - timedelta(days=1), NOW)
    assert sides.sides_of(room.mentorship, room.mentee.pk).read_until == NOW, "what was read stays read"


def test_a_letter_tells_once_a_day_and_not_while_it_can_be_taken_back(room: Room) -> None:
    send(room)
    assert jobs.tell_of_writing(NOW + timedelta(minutes=14)) == 0
    assert jobs.tell_of_writing(NOW + timedelta(minutes=16)) == 1
    assert jobs.tell_of_writing(NOW + timedelta(minutes=16)) == 0, "twice is as once"
    send(room, "More", at=NOW + timedelta(hours=1))
    assert jobs.tell_of_writing(NOW + timedelta(hours=3)) == 0, "one a day"
    assert jobs.tell_of_writing(NOW + timedelta(hours=15)) == 0, "not at night"
    assert jobs.tell_of_writing(NOW + timedelta(hours=23)) == 1
    assert jobs.tell_of_writing(NOW + timedelta(hours=48)) == 0, "nothing has come since"
    told = OutboxLetter.objects.filter(kind="something_to_read")
    assert {letter.address for letter in told} == {room.mentor.email}
    assert all(WORDS not in letter.text and "Mina" not in letter.text for letter in told)


@pytest.mark.parametrize(
    ("day", "clock", "told"),
    [
        (date(2026, 11, 24), time(7, 59), 0),
        (date(2026, 11, 24), time(8, 0), 1),
        (date(2026, 11, 24), time(18, 59), 1),
        (date(2026, 11, 24), time(19, 0), 0),
        (date(2027, 4, 1), time(7, 59), 0),  # in summer, by the clock of London
        (date(2027, 4, 1), time(8, 0), 1),
        (date(2027, 4, 1), time(18, 59), 1),
        (date(2027, 4, 1), time(19, 0), 0),
    ],
)
def test_letters_leave_between_eight_and_seven_in_london(room: Room, day: date, clock: time, told: int) -> None:
    at = times.moment(day, clock).at
    send(room, at=at - timedelta(days=1))
    assert jobs.tell_of_writing(at) == told


def test_nobody_is_told_of_what_they_have_read_or_of_what_was_taken_back(room: Room) -> None:
    message = send(room)
    messages.take_back(message, Party.MENTEE, at=NOW)
    send(room, "Two", Party.MENTOR)
    messages.read(room.mentorship, room.mentee.pk, NOW, NOW)
    assert jobs.tell_of_writing(NOW + timedelta(hours=1)) == 0


def test_the_letter_waits_for_a_day_on_which_one_usually_replies(room: Room) -> None:
    send(room)
    mentor = Side.objects.get(person=room.mentor.pk)
    mentor.replies = Side.replies.seal(mentor, '["wed"]')
    mentor.save()
    assert [jobs.tell_of_writing(NOW + timedelta(days=day, hours=1)) for day in range(4)] == [0, 0, 1, 0]


def test_either_stops_the_writing_and_it_goes_on_when_neither_wishes_that(room: Room) -> None:
    send(room)
    row = note(room)
    for by in (Party.MENTEE, Party.MENTOR):
        for _twice in range(2):
            written_record.stop_writing(room.mentorship.pk, by, actor=room.who(by).pk, at=NOW)
    assert letters("record_changed") == 2
    for by in (Party.MENTEE, Party.MENTOR):
        with pytest.raises(written_record.NoRecord):
            send(room, "Late")
        with pytest.raises(written_record.NoRecord):
            note(room, "Late", alone=True)
        with pytest.raises(written_record.NoRecord):
            change(room, row, "Late", 1)
        written_record.write_again(room.mentorship.pk, by, actor=room.who(by).pk, at=NOW)
    assert words(room, Party.MENTOR) == [WORDS], "what was there stays readable"
    send(room, "Again", at=NOW + timedelta(minutes=1))


def test_both_together_destroy_what_was_written(room: Room) -> None:
    send(room)
    note(room)
    alone = note(room, "Mine", alone=True)

    def destroy(by: Party) -> bool:
        return written_record.destroy(room.mentorship.pk, by, actor=room.who(by).pk, at=NOW)

    assert not destroy(Party.MENTEE)
    assert Side.objects.filter(destroy_at__isnull=False).count() == 0, "not while they write"
    written_record.stop_writing(room.mentorship.pk, Party.MENTEE, actor=room.mentee.pk, at=NOW)
    assert not destroy(Party.MENTEE)
    assert not destroy(Party.MENTEE)
    written_record.keep(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=NOW)
    assert not destroy(Party.MENTOR)
    assert Message.objects.count() == 1
    assert destroy(Party.MENTEE)
    assert Message.objects.count() == 0
    assert list(Note.objects.all()) == [alone]
    assert Step.objects.filter(act="destroy").count() == 1


def test_words_are_found_in_both_and_in_nothing_of_the_others_own(room: Room) -> None:
    send(room, "The Appraisal is on Monday")
    send(room, "Nothing here", Party.MENTOR, NOW + timedelta(minutes=1))
    note(room, "monday: appraisal, bring cake", Party.MENTOR)
    note(room, "appraisal monday, I am afraid", Party.MENTOR, alone=True)
    found = search.search(room.mentorship, "  APPRAISAL monday ", keyring_of(room.mentee))
    assert [one.text for one in found.messages] == ["The Appraisal is on Monday"]
    assert [one.text for one in found.notes] == ["monday: appraisal, bring cake"]
    assert found.total == 2
    assert search.search(room.mentorship, "   ", keyring_of(room.mentee)).total == 0
    with pytest.raises(NotGranted):
        search.search(room.mentorship, "appraisal", keyring_of(room.cast.stranger))


def test_when_the_time_is_over_every_word_is_gone(room: Room) -> None:
    send(room)
    note(room)
    note(room, "Mine", alone=True)
    endings.end(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=NOW, form=uuid4())
    late = NOW + timedelta(days=500)
    assert endings.fall_due(room.mentorship.pk, late)
    assert endings.purge(room.mentorship.pk, late)
    assert not any(model._default_manager.exists() for model in (Message, Note, Side))
