"""All that one person may read in a room, for a copy to keep. What does not open is said, and stops nothing else."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ithaca.records.mentorships.models import Agreement, Introduction, Mentorship, PhaseStep
from ithaca.records.mentorships.pairing.queries.introductions import exchanges_of
from ithaca.records.mentorships.room.queries import agreements, endings, rooms
from ithaca.records.mentorships.room.queries import sides as sides_queries
from ithaca.records.mentorships.room.queries.sessions import sessions_of
from ithaca.records.mentorships.rules import maps
from ithaca.records.mentorships.rules.stages.room import (
    AgreementStage,
    GoalStage,
    GoalStepStage,
    MentorshipStage,
    SessionStage,
)
from ithaca.records.mentorships.writing.queries import feedback, goals, messages, notes, timeline
from ithaca.records.mentorships.writing.queries.attachments import File
from ithaca.records.mentorships.writing.queries.goals import ShownCommitment, ShownGoal, ShownGoalStep
from ithaca.records.schemes.vocabulary import DAYS, PHASES
from ithaca.records.stages import Party
from ithaca.tools.vault.errors import Refused
from ithaca.tools.vault.keyring import Keyring

Row = TypeVar("Row")
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing: when, by whom ("you", "other", or empty for both), what it is, what it says, and its files.

    `text` is None when it does not open.
    """

    text: str | None
    at: datetime | None = None
    on: date | None = None
    by: str = ""
    about: str = ""
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """The entries of one kind, the earliest first."""

    key: str
    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """What is in a room at one moment. Parts without entries are left out."""

    made_at: datetime
    scheme: str
    you: str
    other: str
    you_are: Party
    parts: tuple[Part, ...]
    files: tuple[File, ...] = field(default=())

    @property
    def closed(self) -> int:
        """How many entries do not open."""
        return sum(entry.text is None for part in self.parts for entry in part.entries)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads, with which keys."""

    room: Mentorship
    party: Party
    keys: Keyring

    def by(self, party: Party) -> str:
        return "you" if party is self.party else "other"


def copy_of(mentorship: Mentorship, party: Party, keys: Keyring, at: datetime) -> Copy:
    """All that this person may read, in a fixed number of queries."""
    reader = _Reader(mentorship, party, keys)
    parts = [Part(key, heading, tuple(_safely(source, reader))) for key, heading, source in _sources()]
    found = tuple(part for part in parts if part.entries)
    files = tuple(file for part in found for entry in part.entries for file in entry.files)
    you, other = mentorship.mentee.user, mentorship.mentor.user
    if party is Party.MENTOR:
        you, other = other, you
    return Copy(at, mentorship.scheme.name, you.name, other.name, party, found, files)


def _sources() -> tuple[tuple[str, str, Callable[[_Reader], Iterable[Entry]]], ...]:
    """Return what a copy holds, in its order. A new kind of writing is one more line here."""
    return (
        ("timeline", _("What you did together"), _timeline),
        ("before", _("What brought you together"), _before),
        ("agreement", _("How you work together"), _agreements),
        ("sides", _("What each of you said"), _sides),
        ("sessions", _("Your sessions"), _sessions),
        ("goals", _("Goals and steps"), _goals),
        ("phases", _("Phases"), _phases),
        ("feedback", _("Feedback"), _feedback),
        ("messages", _("Messages"), _messages),
        ("notes", _("Notes"), _notes),
        ("ending", _("Final message"), _ending),
    )


def _safely(source: Callable[[_Reader], Iterable[Entry]], reader: _Reader) -> list[Entry]:
    try:
        return list(source(reader))
    except Refused:
        return [Entry(None)]


def _each(read: Callable[[Sequence[Row]], Sequence[Read]], rows: Sequence[Row]) -> Iterator[Read | None]:
    """Open these rows together; if one of them doesn't open, each by itself, with None for those that don't."""
    try:
        yield from read(rows)
    except Refused:
        for row in rows:
            try:
                yield read([row])[0]
            except Refused:
                yield None


def _timeline(reader: _Reader) -> Iterator[Entry]:
    try:
        lines = timeline.lines_of(reader.room, reader.keys)
    except Refused:
        lines = timeline.lines_of(reader.room, None)  # the facts need nobody's key
    for line in lines:
        yield Entry(line.words, on=line.on, about=line.text)


def _before(reader: _Reader) -> Iterator[Entry]:
    made: Introduction | None = reader.room.introduction
    if made is None:
        return
    story = rooms.story_of(reader.room, reader.keys)
    if story:
        yield Entry(story, by=reader.by(Party.MENTEE), about=_("What the mentee wrote first"))
    for exchange in exchanges_of(made, reader.keys) or ():
        yield Entry(exchange.question, by=reader.by(Party.MENTOR), about=_("A question"))
        if exchange.answer:
            yield Entry(exchange.answer, by=reader.by(Party.MENTEE), about=_("An answer"))


def _agreements(reader: _Reader) -> Iterator[Entry]:
    rows = Agreement.objects.filter(mentorship=reader.room).select_related("template").order_by("number")
    stages: dict[str, str] = {
        AgreementStage.IN_FORCE: _("You both agreed to this"),
        AgreementStage.SUPERSEDED: _("You both agreed to this, and replaced it later"),
        AgreementStage.ENDED: _("You both agreed to this, until your mentoring ended"),
    }
    for row in rows:
        about = stages.get(row.stage, _("You haven't both agreed to this"))
        try:
            found = agreements.shown(row, None, reader.keys)
        except Refused:
            yield Entry(None, _agreed_at(row), about=about)
            continue
        clauses = [f"{clause.heading}\n{clause.text}" for clause in found.standing_clauses]
        yield Entry("\n\n".join(clauses), _agreed_at(row), about=about)


def _agreed_at(row: Agreement) -> datetime:
    """When the second of the two said yes, whatever became of it since; without both, since when it stands so."""
    if row.mentee_agreed_at and row.mentor_agreed_at:
        return max(row.mentee_agreed_at, row.mentor_agreed_at)
    return row.stage_since


def _sides(reader: _Reader) -> Iterator[Entry]:
    sides = sides_queries.sides_of(reader.room, reader.keys.owner)
    for by, side in (("you", sides.mine), ("other", sides.theirs)):
        days = ", ".join(str(DAYS[code]) for code in sides_queries.days_of(side))
        if days:
            yield Entry(days, by=by, about=_("Usually replies"))
    wished = sides_queries.role_weights(reader.room.pk, sides, reader.keys)
    for by, weights in (
        ("you", [(role.name, role.mine) for role in wished]),
        ("other", [(role.name, role.theirs) for role in wished]),
    ):
        lines = [f"{name}: {weight}" for name, weight in weights if weight]
        if lines:
            yield Entry("\n".join(lines), by=by, about=_("How much of each role, from 0 to 3"))


def _sessions(reader: _Reader) -> Iterator[Entry]:
    stages: dict[str, str] = {
        SessionStage.HELD: _("You met"),
        SessionStage.NO_SHOW: _("Didn't happen"),
        SessionStage.CANCELLED: _("Cancelled"),
    }
    for meeting in sessions_of(reader.room.pk):
        minutes = _("%(minutes)d minutes") % {"minutes": meeting.minutes}
        facts = [minutes, meeting.way_in_words, meeting.place]
        about = stages.get(meeting.stage, _("Booked"))
        yield Entry(", ".join(fact for fact in facts if fact), meeting.starts_at, about=about)


def _goals(reader: _Reader) -> Iterator[Entry]:
    work = goals.goals_of(reader.room, reader.keys)
    for goal in (*work.past, *work.goals):
        yield from _goal(goal, reader)
    for step in (*work.past_steps, *work.steps):
        yield _goal_step(step, reader)


def _goal(goal: ShownGoal, reader: _Reader) -> Iterator[Entry]:
    known = _("How to know it: %(measure)s") % {"measure": goal.measure} if goal.measure else ""
    stages: dict[str, str] = {
        GoalStage.ACHIEVED: _("A goal, reached"),
        GoalStage.REVISED: _("A goal, reworded on this day"),
        GoalStage.LET_GO: _("A goal, let go"),
    }
    lines = [goal.words, known, *map(_commitment, goal.commitments)]
    about = stages.get(goal.stage, _("A goal"))
    text = "\n".join(line for line in lines if line)
    yield Entry(text, goal.stage_since, by=reader.by(Party.MENTEE), about=about)
    for step in goal.steps:
        yield _goal_step(step, reader)


def _goal_step(step: ShownGoalStep, reader: _Reader) -> Entry:
    learned = _("What was learned: %(learned)s") % {"learned": step.learned} if step.learned else ""
    by_when = _("By %(day)s") % {"day": date_format(step.by_when, "l j F Y")} if step.by_when else ""
    stages: dict[str, str] = {
        GoalStepStage.DONE: _("A step, done"),
        GoalStepStage.NOT_DONE: _("A step, not done"),
        GoalStepStage.DROPPED: _("A step, dropped"),
    }
    lines = [step.words, by_when, learned, *map(_commitment, step.commitments)]
    about = stages.get(step.stage, _("A step"))
    text = "\n".join(line for line in lines if line)
    return Entry(text, step.stage_since, by=reader.by(Party.MENTEE), about=about)


def _commitment(test: ShownCommitment) -> str:
    said = _("Commitment: %(score)d out of 10.") % {"score": test.score}
    return f"{said} {test.better}".strip()


def _phases(reader: _Reader) -> Iterator[Entry]:
    for row in PhaseStep.objects.filter(mentorship=reader.room).order_by("at", "pk"):
        by = "you" if row.author == reader.keys.owner else "other"
        try:
            phase: str | None = str(PHASES[PhaseStep.phase.unseal(row, reader.keys)][0])
        except Refused:
            phase = None
        yield Entry(phase, row.at, by=by)


def _feedback(reader: _Reader) -> Iterator[Entry]:
    for given in reversed(list(feedback.all_feedback(reader.room, reader.keys))):
        yield Entry(given.text, given.starts_at, by=reader.by(Party.MENTEE))


def _messages(reader: _Reader) -> Iterator[Entry]:
    rows = list(reversed(messages.messages_of(reader.room)))
    for row, word in zip(rows, _each(lambda some: messages.shown(some, None, reader.keys), rows), strict=True):
        by = "you" if row.author == reader.keys.owner else "other"
        if word is not None and word.text is None:
            yield Entry("", row.at, by=by, about=_("Taken back"))
        else:
            text, files = (word.text, word.files) if word else (None, ())
            yield Entry(text, row.at, by=by, files=files)


def _notes(reader: _Reader) -> Iterator[Entry]:
    rows = list(reversed(notes.notes_of(reader.room, reader.keys.owner)))
    for row, note in zip(rows, _each(lambda some: notes.shown(some, reader.keys), rows), strict=True):
        by = "you" if row.author == reader.keys.owner else "other"
        about = [_("For yourself")] if row.alone else []
        if note is None:
            yield Entry(None, row.at, by=by, about=" ".join(about))
            continue
        about += [_("What the mentor did")] if note.experience else []
        about += [maps.in_words(note.place)] if note.place else []
        yield Entry(note.text, row.at, by=by, about=". ".join(about), files=note.files)


def _ending(reader: _Reader) -> Iterator[Entry]:
    if reader.room.stage != MentorshipStage.ENDED:
        return
    ending = reader.room.ending
    if ending.words is not None:
        by = "you" if ending.asked_by == reader.keys.owner else "other"
        yield Entry(endings.last_words(reader.room, reader.keys), on=ending.asked_on, by=by)
