"""What people of the demonstration said of their mentoring: after a session, of the way, and in numbers."""

import random
from uuid import UUID

from ithaca.journeys.operating.demo import words
from ithaca.journeys.operating.demo.people import Cast, Person
from ithaca.records.mentorships.models import Mentorship, Session
from ithaca.records.mentorships.room.actions import pulse as pulse_actions
from ithaca.records.mentorships.rules import pulse
from ithaca.records.mentorships.rules.stages.room import MentorshipStage
from ithaca.records.mentorships.writing.actions import feedback, phases
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party


def show_feedback(cast: Cast, session: Session, mentee: Person, mentor: Person, *, said: bool) -> None:
    """Let the mentor ask how the session was, and the mentee answer if `said`."""
    feedback.ask(session, Party.MENTOR, actor=mentor.id, at=cast.ago(6), form=None)
    if said:
        text = words.FEEDBACK
        feedback.give(session, text, 0, Party.MENTEE, keyring=mentee.keyring, at=cast.ago(5), form=None)


def show_way(cast: Cast, room: UUID, mentee: Person, mentor: Person) -> None:
    """Record two phases, the second a step back from the first."""
    steps = ((40, mentee, Party.MENTEE, "progress"), (12, mentor, Party.MENTOR, "direction"))
    for days, person, by, phase in steps:
        phases.say(room, phase, by, keyring=person.keyring, at=cast.ago(days), form=None)


def show_ratings(cast: Cast, scheme: Scheme, known: UUID) -> None:
    """Count ratings of past quarters, and ask the people whom a visitor can sign in as now."""
    dice = random.Random("Ithaca")  # noqa: S311 - a fixed order, not a secret
    quarters = {pulse.quarter_of(cast.ago(92 * back).date()) for back in range(1, 5)}
    for quarter in sorted(quarters - {pulse.quarter_of(cast.at.date())}):
        for side in (Party.MENTEE, Party.MENTOR):
            for _person in range(dice.randint(6, 11)):
                pulse_actions.count(scheme, side, quarter, dice.choice((3, 4, 4, 5, 5, 5)))
    for room in Mentorship.objects.filter(scheme=scheme, mentee__user=known, stage=MentorshipStage.ACTIVE).order_by(
        "pk"
    ):
        pulse_actions.ask(room.pk, cast.ago(10))
