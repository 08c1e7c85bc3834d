"""What two people of the demonstration work towards, and what stands on their maps."""

from datetime import timedelta
from uuid import UUID

from ithaca.journeys.operating.demo.people import Cast, Person
from ithaca.records.mentorships.models import GoalStep
from ithaca.records.mentorships.rules.stages.room import GoalAct
from ithaca.records.mentorships.writing.actions import commitments, goal_steps, goals, notes
from ithaca.records.mentorships.writing.queries.goals import GoalStepPlan
from ithaca.records.mentorships.writing.queries.notes import NotePlace
from ithaca.records.stages import Party

GOAL = "I say no while it still helps, not three weeks later"
MEASURE = "Two evenings a week I leave at six, and nobody is surprised."
FINER = "I say on the same day what I can take on, and what I can't"
NEXT = "We talk about the rota before it is written, not after"
ON_MAPS = (
    (12, "mentee", "grow.goal", False, "To leave today with one sentence I can say on Thursday."),
    (12, "mentor", "grow.reality", False, "What do they hear when you say “I'll see”?"),
    (12, "mentee", "grow.reality", False, "That it's a yes. It always was."),
    (12, "mentor", "grow.options", True, "I wrote my no on a card and read it out. My voice shook, and nobody minded."),
    (6, "mentee", "helper.leverage", False, "If the rota was settled a month ahead, half of the rest would go away."),
)
"""How many days ago, who wrote, at which place, whether it is what they did, and what."""


def show_goals(cast: Cast, room: UUID, mentee: Person, mentor: Person) -> None:
    """Add a goal that was reworded, a step that wasn't done, one that was, and a draft."""
    by, keys = Party.MENTEE, mentee.keyring

    def step(words: str, goal: UUID, days: float, score: int, better: str) -> GoalStep:
        day = (cast.at - timedelta(days=days - 7)).date()
        at = cast.ago(days, 19)
        row = goal_steps.write(room, GoalStepPlan(words, day), goal, by, keyring=keys, at=at, form=None)
        commitments.record(row, score, better, by, keyring=keys, at=at, form=None)
        return row

    def close(row: GoalStep, done: bool, learned: str, days: float) -> None:
        at = cast.ago(days, 19)
        goal_steps.close(row, done, learned, by, actor=mentee.id, keyring=keys, at=at, form=None)

    goal = goals.write(room, GOAL, "", by, keyring=keys, at=cast.ago(40, 19), form=None)
    goals.move(goal, GoalAct.AGREE, by, actor=mentee.id, at=cast.ago(38, 19))
    first = step("Tell Jo I can't take the Friday clinic", goal.pk, 36, 5, "If I knew what to say when Jo goes quiet")
    close(first, False, "I said it in the corridor. It needs a door that shuts.", 30)
    finer = goals.revise(goal, FINER, MEASURE, by, keyring=keys, at=cast.ago(28, 19), form=None)
    goals.move(finer, GoalAct.AGREE, by, actor=mentee.id, at=cast.ago(28, 20))
    commitments.record(
        finer, 6, "If somebody asked me on Thursday how it went", by, keyring=keys, at=cast.ago(27), form=None
    )
    second = step("Say my one sentence in Thursday's meeting", finer.pk, 14, 8, "")
    close(second, True, "Cold at first, and then I could swim.", 9)
    commitments.record(finer, 8, "", by, keyring=keys, at=cast.ago(8), form=None)
    step("Ask for the January rota before Christmas", finer.pk, 5, 7, "If Sam asked with me")
    goals.write(room, NEXT, "", by, keyring=keys, at=cast.ago(4, 19), form=None)
    beside = NotePlace(f"goal.{finer.pk}")
    text = "What would the day be like when you first noticed it?"
    at = cast.ago(26, 20)
    notes.write(room, text, False, Party.MENTOR, spot=beside, keyring=mentor.keyring, at=at, form=None)


def show_maps(cast: Cast, room: UUID, mentee: Person, mentor: Person) -> None:
    """Add a few notes at places on the maps."""
    people = {"mentee": (Party.MENTEE, mentee), "mentor": (Party.MENTOR, mentor)}
    for minutes, (days, who, place, experience, text) in enumerate(ON_MAPS):
        by, person = people[who]
        at = cast.ago(days, 12) + timedelta(minutes=minutes)
        spot = NotePlace(place, experience)
        notes.write(room, text, False, by, spot=spot, keyring=person.keyring, at=at, form=None)
