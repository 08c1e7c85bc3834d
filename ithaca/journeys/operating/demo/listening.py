"""What people of the demonstration said of their mentoring: after a session, of the way, and in numbers."""

import random
from datetime import timedelta
from uuid import UUID

from ithaca.journeys.operating.demo import words
from ithaca.journeys.operating.demo.people import Cast, Person
from ithaca.records.mentorships import pulse, times
from ithaca.records.mentorships.actions import listening, rating, stepping
from ithaca.records.mentorships.models import Mentorship, Session
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party
from ithaca.tools.post import outbox

TURNS = 4
"""So often, at most, each was asked how good it is."""


def show_feedback(cast: Cast, session: Session, mentee: Person, mentor: Person, *, said: bool) -> None:
    """The mentor has asked how the session was, and the mentee has said it, or has not yet."""
    listening.ask(session, Party.MENTOR, actor=mentor.id, at=cast.ago(6), form=None)
    if said:
        text = words.FEEDBACK
        listening.give(session, text, 0, Party.MENTEE, keyring=mentee.keyring, at=cast.ago(5), form=None)


def show_way(cast: Cast, room: UUID, mentee: Person, mentor: Person) -> None:
    """They have said where they are, and have stepped back once."""
    steps = ((40, mentee, Party.MENTEE, "progress"), (12, mentor, Party.MENTOR, "direction"))
    for days, person, by, phase in steps:
        stepping.step(room, phase, by, keyring=person.keyring, at=cast.ago(days), form=None)


def show_ratings(cast: Cast, scheme: Scheme, known: set[UUID]) -> None:
    """Everyone was asked in time and answered, but for the last question to those whom one can sign in as."""
    dice = random.Random("Ithaca")  # noqa: S311 - a fixed order, not a secret
    for room in Mentorship.objects.filter(scheme=scheme, stage="active").order_by("began_on", "pk"):
        today = times.london_date(cast.at)
        last = pulse.asked_on(room.began_on, today)
        turns = [last - turn * pulse.EVERY for turn in reversed(range(TURNS))] if last else []
        for day in turns:
            if day >= room.began_on + pulse.FIRST_AFTER:
                _ask_and_answer(cast, room, (today - day).days, dice, set() if day != last else known)


def _ask_and_answer(cast: Cast, room: Mentorship, days: int, dice: random.Random, but: set[UUID]) -> None:
    at = cast.ago(days)
    with outbox.held_back():
        rating.ask(room.pk, at)
    for by, member in ((Party.MENTEE, room.mentee), (Party.MENTOR, room.mentor)):
        if member.user_id not in but:
            score = dice.choice((3, 4, 4, 5, 5, 5))
            rating.answer(room.pk, score, by, actor=member.user_id, at=at + timedelta(hours=9))
