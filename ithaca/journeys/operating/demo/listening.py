"""What people of the demonstration said of their mentoring: after a session, of the way, and in numbers."""

import random
from uuid import UUID

from ithaca.journeys.operating.demo import words
from ithaca.journeys.operating.demo.people import Cast, Person
from ithaca.records.mentorships.actions import listening, rating, stepping
from ithaca.records.mentorships.models import Mentorship, Session
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party
from ithaca.tools.post import outbox

WEEKS, LATELY = 52, 91
"""For so many weeks people have been asked how good it is; a question of so few days may still be open."""


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
    rooms = list(Mentorship.objects.filter(scheme=scheme, stage="active").order_by("began_on", "pk"))
    for days in range(WEEKS * 7, -1, -7):
        at = cast.ago(days)
        with outbox.held_back():
            asked = [room for room in rooms if room.began_on <= at.date() and rating.ask(room.pk, at)]
        for room in asked:
            for by, member in ((Party.MENTEE, room.mentee), (Party.MENTOR, room.mentor)):
                score = None if days < LATELY and member.user_id in known else dice.choice((3, 4, 4, 5, 5, 5))
                if score:
                    rating.answer(room.pk, score, by, actor=member.user_id, at=at)
