"""The gate opens a record for its own people, and for nobody else does it exist."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from ithaca.access import gate, policy
from ithaca.access.actor import VISITOR
from ithaca.records.stages import Party
from tests.cast import Cast, actor_of, make_cast
from tests.world import World, make_world

pytestmark = pytest.mark.django_db

WHO_IS_WHO: dict[str, dict[str, Party]] = {
    # noun: {player: the party they are to it}; whoever is missing must not learn that it exists
    "scheme": {"coordinator": Party.COORDINATOR, "deputy": Party.COORDINATOR},
    "membership": {"mentee": Party.MEMBER, "coordinator": Party.COORDINATOR, "deputy": Party.COORDINATOR},
    "application": {"mentor": Party.MEMBER, "coordinator": Party.COORDINATOR, "deputy": Party.COORDINATOR},
    "standing": {"mentor": Party.MEMBER, "coordinator": Party.COORDINATOR, "deputy": Party.COORDINATOR},
    "enquiry": {"coordinator": Party.COORDINATOR, "deputy": Party.COORDINATOR},
    "request": {"mentee": Party.MENTEE, "coordinator": Party.COORDINATOR, "deputy": Party.COORDINATOR},
    "sheet": {"coordinator": Party.COORDINATOR, "deputy": Party.COORDINATOR},
    "introduction": {
        "mentee": Party.MENTEE,
        "mentor": Party.MENTOR,
        "coordinator": Party.COORDINATOR,
        "deputy": Party.COORDINATOR,
    },
    "match_run": {"coordinator": Party.COORDINATOR, "deputy": Party.COORDINATOR},
    "mentorship": {"mentee": Party.MENTEE, "mentor": Party.MENTOR},
    "pair": {"coordinator": Party.COORDINATOR, "deputy": Party.COORDINATOR},
    "mediation": {"stranger": Party.MEDIATOR},
    "contract": {"mentee": Party.MENTEE, "mentor": Party.MENTOR},
    "session": {"mentee": Party.MENTEE, "mentor": Party.MENTOR},
    "feedback": {"mentee": Party.MENTEE, "mentor": Party.MENTOR},
    "goal": {"mentee": Party.MENTEE, "mentor": Party.MENTOR},
    "action": {"mentee": Party.MENTEE, "mentor": Party.MENTOR},
    "attachment": {"mentee": Party.MENTEE, "mentor": Party.MENTOR},
    "own_message": {"mentee": Party.MENTEE},
    "own_note": {"mentee": Party.MENTEE},
    "ending": {"mentee": Party.MENTEE, "mentor": Party.MENTOR},
}
MAY = {
    # parties: the acts without a stage that are theirs; written out here, as the table in the code is what is tried
    "coordinator": """
        application.pass_check application.read_check enquiry.invite enquiry.read introduction.note_by_phone
        introduction.read_steps match_run.read membership.read_check pair.note_by_phone request.note_by_phone
        request.propose request.read_candidates scheme.invite scheme.match scheme.open_mailbox scheme.read_desk
        scheme.read_team scheme.review_signposts scheme.use_sheets sheet.read standing.note_by_phone
        standing.propose standing.read_desk
    """,
    "mentee mentor": """
        attachment.read contract.edit contract.read ending.edit ending.read mentorship.read
        mentorship.schedule_session mentorship.write own_message.take_back own_note.edit session.edit session.read
        session.read_feedback
    """,
    "mentee": """
        action.edit feedback.answer goal.edit mentorship.set_goals request.choose request.edit
        session.give_feedback
    """,
    "member coordinator": """
        application.read membership.read standing.read
    """,
    "member": """
        application.edit membership.edit standing.edit
    """,
    "mentee coordinator": """
        request.read
    """,
    "mentee mentor coordinator": """
        introduction.read
    """,
    "mediator": """
        mediation.take_up
    """,
    "mentor": """
        session.ask_feedback
    """,
}
ALLOWED = {
    tuple(act.split(".")): {Party(party) for party in parties.split()}
    for parties, acts in MAY.items()
    for act in acts.split()
}
ACTS = sorted(
    {(noun, act) for noun, act in policy.ALLOWED} | {(n, a) for n, t in policy.STAGED.items() for a in t.acts}
)


@pytest.fixture
def world() -> World:
    return make_world(make_cast())


def key_of(world: World, noun: str) -> Any:
    row = world.records[noun]
    return row.slug if noun == "scheme" else row.pk


OPENERS = {"contract": "agreement", "action": "goal_step"}
"""The two whose noun in the ledger is older than their name."""


def knock(cast: Cast, player: str, noun: str, key: Any, act: str) -> Party | str:
    """What the gate answers: the party it lets in, or the name of its refusal."""
    user = cast.people[player]
    opener: Callable[..., gate.Opened[Any]] = getattr(gate, OPENERS.get(noun, noun))
    try:
        return opener(actor_of(user, locked=True) if user else VISITOR, key, act).party
    except (gate.NotFound, gate.Refused) as refusal:
        return type(refusal).__name__


def test_every_act_of_every_noun_by_everyone(world: World) -> None:
    tried = 0
    for noun, act in ACTS:
        row = world.records[noun]
        for player in world.cast.people:
            party = WHO_IS_WHO[noun].get(player)
            if party is None:
                expected: Party | str = "NotFound"
            elif (noun, act) in ALLOWED:
                expected = party if party in ALLOWED[noun, act] else "Refused"
            else:
                expected = party if policy.STAGED[noun].allows(row.stage, act, party) else "Refused"
            assert knock(world.cast, player, noun, key_of(world, noun), act) == expected, (noun, act, player)
            tried += 1
    assert tried == len(ACTS) * 7
    print(f"{tried} knocks: {len(ACTS)} acts × 7 people")  # noqa: T201 - the count is part of the evidence


def test_nobody_may_more_or_less_than_is_written_here() -> None:
    assert policy.ALLOWED == ALLOWED


def test_what_does_not_exist_is_not_found(world: World) -> None:
    for noun in WHO_IS_WHO:
        act = next(act for each, act in ACTS if each == noun)
        assert knock(world.cast, "coordinator", noun, "no-such" if noun == "scheme" else uuid4(), act) == "NotFound"


def test_an_unknown_act_is_refused(world: World) -> None:
    assert knock(world.cast, "mentee", "request", world.records["request"].pk, "burn") == "Refused"


def test_a_mentor_does_not_see_an_introduction_before_the_mentee_has_said_yes(world: World) -> None:
    row = world.records["introduction"]
    type(row).objects.filter(pk=row.pk).update(stage="offered_to_mentee", mentor_asked_at=None)
    assert knock(world.cast, "mentor", "introduction", row.pk, "read") == "NotFound"
    assert knock(world.cast, "mentee", "introduction", row.pk, "read") is Party.MENTEE


def test_nobody_handles_their_own_match(world: World) -> None:
    cast = world.cast
    from ithaca.records.schemes.models import Appointment
    from tests.cast import TODAY

    Appointment.objects.create(scheme=cast.scheme, person=cast.mentee.pk, duty="coordinator", since=TODAY)
    assert knock(cast, "mentee", "request", world.records["request"].pk, "read_candidates") == "Refused"
    assert knock(cast, "mentee", "membership", cast.mentee_member.pk, "confirm") == "Refused"
