"""Every step of the tables of a room, asked for at every stage: it is taken by those who may, or not at all.

The requests are made from the stage tables, so a new row is tried without a new test.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db.models import QuerySet
from django.test import Client

from ithaca.records.mentorships.models import Agreement, Goal, GoalStep, Mentorship, Session
from ithaca.records.mentorships.rules.stages import room as stages_room
from ithaca.records.mentorships.writing.actions import goal_steps, goals
from ithaca.records.mentorships.writing.queries.goals import GoalStepPlan
from ithaca.records.schemes.models import Appointment, Scheme
from ithaca.records.stages import Party, StageTable
from tests.cast import NOW, keyring_of, sign_in
from tests.journeys.meeting import typed
from tests.room import Room, plan

PARTIES = {"mentee": Party.MENTEE, "mentor": Party.MENTOR}
PLAYERS = ("mentee", "mentor", "coordinator", "visitor")  # the others knock at the same doors in test_access
OPEN = ("draft", "proposed", "changes_requested", "agreed_by_one")
Verbs = dict[str, tuple[str, ...]]
SESSION: Verbs = {
    "move": ("reschedule",),
    "cancel": ("cancel",),
    "we-met": ("hold", "correct_to_held"),
    "did-not-happen": ("miss", "correct_to_no_show"),
}
GOAL: Verbs = {
    "agree": ("agree",),
    "begin": ("begin",),
    "achieve": ("achieve",),
    "revise": ("revise",),
    "let-go": ("let_go",),
}
GOAL_STEP: Verbs = {"commitment": ("commit",), "done": ("do",), "not-done": ("miss",), "drop": ("drop",)}
MENTORSHIP: Verbs = {
    "pause": ("pause",),
    "resume": ("resume",),
    "third-person": ("ask_mediation",),
    "third-person/settle": ("settle",),
    "end": ("end",),
}


def expected(table: StageTable, stage: str, acts: Iterable[str], party: Party | None) -> str:
    """Where the table says that this leads; the stage itself when it leads nowhere."""
    if party is None:
        return stage
    return next((table.to(stage, act, party) for act in acts if table.allows(stage, act, party)), stage)


def try_all(
    room: Room,
    table: StageTable,
    verbs: Verbs,
    ask: Callable[[Client, str, str, Party | None], tuple[str, int]],
    follow: Callable[[str, str, Party | None], str],
) -> int:
    """Ask for each verb at each stage as everyone, and return how many requests there were."""
    tried, taken = 0, set()
    for player in PLAYERS:
        user = room.cast.people[player]
        client = sign_in(Client(), user) if user else Client()
        for verb in verbs:
            for stage in table.stages:
                party = PARTIES.get(player)
                found, status = ask(client, verb, stage, party)
                assert found == follow(stage, verb, party), (player, verb, stage, found)
                if party is None:
                    assert status == (422 if user is None else 404), (player, verb, stage, status)
                assert status < 500
                taken |= {(stage, verb)} if found != stage else set()
                tried += 1
    print(f"{table.noun}: {tried} requests, {len(taken)} steps taken by those who may")  # noqa: T201 - evidence
    return tried


def test_every_step_of_a_session(room: Room) -> None:
    session = room.schedule(plan(2 / 24))

    def ask(client: Client, verb: str, stage: str, _party: Party | None) -> tuple[str, int]:
        rows = Session.objects.filter(pk=session.pk)
        rows.update(stage=stage, stage_since=NOW, version=1, starts_at=NOW + timedelta(hours=2))
        status = client.post(f"/sessions/{session.pk}/{verb}/", typed.session(version=1)).status_code
        return rows.get().stage, status

    def follow(stage: str, verb: str, party: Party | None) -> str:
        return expected(stages_room.SESSION, stage, SESSION[verb], party)

    assert try_all(room, stages_room.SESSION, SESSION, ask, follow) == len(stages_room.SESSION.stages) * 4 * len(
        PLAYERS
    )
    reached = {act for acts in SESSION.values() for act in acts}
    assert stages_room.SESSION.acts - reached == {"schedule"}, "which is how a session is made"


def test_every_step_of_a_mentorship(room: Room) -> None:
    scheme, mediator = room.cast.scheme, room.cast.stranger.pk
    Appointment.objects.create(scheme=scheme, person=mediator, duty="mediator", since=NOW.date())

    def ask(client: Client, verb: str, stage: str, _party: Party | None) -> tuple[str, int]:
        from ithaca.records.mentorships.models import Ending

        Ending.objects.all().delete()
        Mentorship.objects.update(stage=stage, ended_on=NOW.date() if stage == "ended" else None)
        status = client.post(f"/mentorships/{room.mentorship.pk}/{verb}/", typed.press()).status_code
        return Mentorship.objects.get().stage, status

    def follow(stage: str, verb: str, party: Party | None) -> str:
        return expected(stages_room.MENTORSHIP, stage, MENTORSHIP[verb], party)

    assert try_all(room, stages_room.MENTORSHIP, MENTORSHIP, ask, follow) == len(
        stages_room.MENTORSHIP.stages
    ) * 5 * len(PLAYERS)
    assert {act for acts in MENTORSHIP.values() for act in acts} == stages_room.MENTORSHIP.acts


def test_every_step_of_an_agreement(room: Room) -> None:
    agreement = room.agreement()
    table = stages_room.AGREEMENT
    number = iter(range(2, 10_000))

    def ask(client: Client, verb: str, stage: str, party: Party | None) -> tuple[str, int]:
        Agreement.objects.exclude(pk=agreement.pk).delete()
        if verb == "set-aside":
            Agreement.objects.create(
                mentorship=room.mentorship, template=agreement.template, number=next(number), stage="in_force"
            )
        other = "mentee" if party is Party.MENTOR else "mentor"
        agreed: dict[str, Any] = {"mentee_agreed_at": None, "mentor_agreed_at": None}
        if stage == "agreed_by_one":
            agreed[f"{other}_agreed_at"] = NOW
        rows = Agreement.objects.filter(pk=agreement.pk)
        rows.update(stage=stage, version=1, wording=None, wording_by=None, **agreed)
        words = {"clause-confidential": "All.", "clause-rhythm": f"Every {uuid4().hex[:6]} weeks.", "version": 1}
        status = client.post(f"/agreements/{agreement.pk}/{verb}/", typed.press(**words)).status_code
        new = Agreement.objects.exclude(pk=agreement.pk).filter(stage="changes_requested").count()
        assert new == (verb == "change" and stage == "in_force" and party is not None), (
            "an amendment is a row of its own"
        )
        return rows.get().stage, status

    def follow(stage: str, verb: str, party: Party | None) -> str:
        if verb == "set-aside":
            return expected(table, stage, ("end",), party) if stage in OPEN else stage
        if verb == "change":
            return expected(table, stage, ("change",), party)
        return expected(table, expected(table, stage, ("propose",), party), ("agree",), party)

    verbs = {"change": ("change",), "agree": ("propose", "agree"), "set-aside": ("end",)}
    assert try_all(room, table, verbs, ask, follow) == len(table.stages) * 3 * len(PLAYERS)
    reached = {act for acts in verbs.values() for act in acts}
    assert table.acts - reached == {"supersede"}, "which the second yes to new words does"


def test_every_step_of_a_goal_and_of_its_steps(room: Room) -> None:
    """All are the mentee's: the mentor sees them, and is refused."""
    Scheme.objects.update(goals=True)
    keys, pk = keyring_of(room.mentee), room.mentorship.pk
    goal = goals.write(pk, "Fewer meetings", "", Party.MENTEE, keyring=keys, at=NOW, form=None)
    intent = GoalStepPlan("Say it on Thursday")
    step = goal_steps.write(pk, intent, None, Party.MENTEE, keyring=keys, at=NOW, form=None)
    for row, table, verbs in ((goal, stages_room.GOAL, GOAL), (step, stages_room.GOAL_STEP, GOAL_STEP)):
        rows: QuerySet[Goal] | QuerySet[GoalStep] = type(row).objects.filter(pk=row.pk)

        def ask(
            client: Client,
            verb: str,
            stage: str,
            party: Party | None,
            rows: QuerySet[Goal] | QuerySet[GoalStep] = rows,
            table: StageTable = table,
        ) -> tuple[str, int]:
            Goal.objects.filter(follows__isnull=False).delete()
            rows.update(stage=stage)
            noun = "goals" if rows.model is Goal else "goal-steps"
            path = f"/{noun}/{rows.get().pk}/{verb}/"
            status = client.post(path, typed.press(words="Shorter ones", score="8", better="", learned="")).status_code
            assert status == 403 if party is Party.MENTOR else status != 403
            made = Goal.objects.filter(follows__isnull=False).count()
            assert made == (verb == "revise" and rows.get().stage == "revised" != stage)
            return rows.get().stage, status

        def follow(stage: str, verb: str, party: Party | None, table: StageTable = table, verbs: Verbs = verbs) -> str:
            return expected(table, stage, verbs[verb], party)

        assert try_all(room, table, verbs, ask, follow) == len(table.stages) * len(verbs) * len(PLAYERS)
        assert table.acts == {act for acts in verbs.values() for act in acts}
