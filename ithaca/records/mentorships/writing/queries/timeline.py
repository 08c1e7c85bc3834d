"""What a mentor and mentee did together, day by day: derived from stored rows, so there is nothing to fill in."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ithaca.records.mentorships.models import Agreement, Goal, Mentorship, PhaseStep
from ithaca.records.mentorships.room.queries.sessions import sessions_of
from ithaca.records.mentorships.rules.stages.room import GoalStage, MentorshipAct, SessionStage
from ithaca.records.schemes.vocabulary import PHASES
from ithaca.records.times import london_date
from ithaca.tools.ledger import queries as ledger
from ithaca.tools.vault.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Line:
    """What happened on one day; `words` are the two's own, if there are any."""

    on: date
    text: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """The lines of one month. `first` is its first day."""

    first: date
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The months in which something happened, the earliest first; `hidden` while more could be read with a key."""

    months: tuple[Month, ...]
    hidden: bool


def timeline_of(mentorship: Mentorship, keyring: Keyring | None) -> Timeline:
    """Return what both did, in a fixed number of queries. Raises NotGranted, Tampered."""
    lines = lines_of(mentorship, keyring)
    months = groupby(lines, key=lambda line: line.on.replace(day=1))
    hidden = keyring is None and (_reached(mentorship).exists() or _steps(mentorship).exists())
    return Timeline(tuple(Month(first, tuple(found)) for first, found in months), hidden)


def lines_of(mentorship: Mentorship, keyring: Keyring | None) -> list[Line]:
    """Every line, the earliest first. What is sealed is left out while there is no key. Raises NotGranted, Tampered."""
    found = [line for source in FACTS for line in source(mentorship)]
    if keyring is not None:
        found += [line for sealed in SEALED for line in sealed(mentorship, keyring)]
    return sorted(found, key=lambda line: line.on)


def _began(mentorship: Mentorship) -> Iterator[Line]:
    yield Line(mentorship.began_on, _("You began."))
    before = mentorship.held_before
    if before:
        text = ngettext("You had met once before.", "You had met %(number)d times before.", before)
        yield Line(mentorship.began_on, text % {"number": before})


def _agreements(mentorship: Mentorship) -> Iterator[Line]:
    agreed = Agreement.objects.filter(
        mentorship=mentorship, mentee_agreed_at__isnull=False, mentor_agreed_at__isnull=False
    )
    for place, row in enumerate(agreed.order_by("number")):
        if row.mentee_agreed_at and row.mentor_agreed_at:
            on = london_date(max(row.mentee_agreed_at, row.mentor_agreed_at))
            yield Line(on, _("You agreed how you'll work together.") if not place else _("You agreed new wording."))


def _meetings(mentorship: Mentorship) -> Iterator[Line]:
    for meeting in sessions_of(mentorship.pk):
        if meeting.stage == SessionStage.HELD:
            text = _("You met for %(minutes)d minutes.") % {"minutes": meeting.minutes}
            yield Line(london_date(meeting.starts_at), f"{text} {meeting.way_in_words}.".removesuffix(" ."))


def _going_on(mentorship: Mentorship) -> Iterator[Line]:
    said = (mentorship.mentee_goes_on_at, mentorship.mentor_goes_on_at)
    if all(said):
        yield Line(london_date(max(at for at in said if at)), _("You decided to carry on."))


def _pauses(mentorship: Mentorship) -> Iterator[Line]:
    words: dict[str, str] = {
        MentorshipAct.PAUSE: _("You paused."),
        MentorshipAct.RESUME: _("You carried on after the pause."),
    }
    for step in ledger.steps_of("mentorship", [mentorship.pk]):
        if step.act in words:
            yield Line(london_date(step.at), words[step.act])


def _ended(mentorship: Mentorship) -> Iterator[Line]:
    if mentorship.ended_on:
        yield Line(mentorship.ended_on, _("Your mentoring ended."))


def _goals(mentorship: Mentorship, keys: Keyring) -> Iterator[Line]:
    for row in _reached(mentorship):
        yield Line(london_date(row.stage_since), _("A goal was reached."), Goal.words.unseal(row, keys))


def _phases(mentorship: Mentorship, keys: Keyring) -> Iterator[Line]:
    for row in _steps(mentorship):
        yield Line(
            london_date(row.at), _("You said which phase you're in."), str(PHASES[PhaseStep.phase.unseal(row, keys)][0])
        )


def _reached(mentorship: Mentorship) -> "QuerySet[Goal]":
    rows = Goal.objects.filter(mentorship=mentorship, stage=GoalStage.ACHIEVED).order_by("stage_since", "pk")
    return rows if mentorship.scheme.goals else rows.none()


def _steps(mentorship: Mentorship) -> "QuerySet[PhaseStep]":
    rows = PhaseStep.objects.filter(mentorship=mentorship).order_by("at", "pk")
    return rows if mentorship.scheme.phases else rows.none()


Facts = Callable[[Mentorship], Iterable[Line]]
FACTS: tuple[Facts, ...] = (_began, _agreements, _meetings, _going_on, _pauses, _ended)
"""What needs nobody's key. A new kind of line is one more function here, or among those below."""
SEALED: tuple[Callable[[Mentorship, Keyring], Iterable[Line]], ...] = (_goals, _phases)
"""What only the two can read."""
