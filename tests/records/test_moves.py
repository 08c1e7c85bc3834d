"""The one way a stage changes: all of it or nothing, once a form, and never from a stage that has gone by."""

import json
from uuid import uuid4

import pytest
from django.db import connection

from ithaca.records.members.stages import MembershipAct, MembershipStage
from ithaca.records.moves import move
from ithaca.records.stages import Impossible, Party
from ithaca.tools.ledger.actions import Reused
from ithaca.tools.ledger.models import Step
from ithaca.tools.post.models import OutboxLetter
from ithaca.tools.post.outbox import Letter, Recipient, Sender
from tests.cast import NOW, Membership, make_member, make_organisation, make_person, make_scheme

pytestmark = pytest.mark.django_db

LETTER = Letter(
    to=Recipient(None, "someone@practice.example"),
    kind="confirmed",
    subject="You are in",
    paragraphs=("Your membership is checked.",),
    link_text="Go on",
    path="/my-mentoring/",
    sender=Sender("The scheme"),
)


@pytest.fixture
def membership() -> Membership:
    return make_member(make_scheme(), make_person("Mina Patel"), make_organisation("Z90001"), stage="applied")


def test_a_move_writes_the_stage_the_step_and_the_letter(membership: Membership) -> None:
    coordinator = uuid4()
    assert move(
        membership, "verify", Party.COORDINATOR, at=NOW, actor=coordinator, letters=[LETTER], subscriber_name="M. Patel"
    )
    membership.refresh_from_db()
    assert (membership.stage, membership.stage_since, membership.subscriber_name) == ("verifying", NOW, "M. Patel")
    step = Step.objects.get(subject=membership.pk)
    assert (step.frm, step.act, step.to, step.by, step.actor) == (
        "applied",
        "verify",
        "verifying",
        "coordinator",
        coordinator,
    )
    assert OutboxLetter.objects.get().subject == "You are in"


def test_an_enumeration_is_written_as_its_plain_value(membership: Membership) -> None:
    move(membership, MembershipAct.VERIFY, Party.COORDINATOR, at=NOW)
    assert type(membership.stage) is str, "so that no page and no log can say MembershipStage.VERIFYING"
    step = 'SELECT act, frm, "to" FROM ledger_step'
    assert rows_of(step) == [("verify", "applied", "verifying")]
    Membership.objects.update(stage=MembershipStage.GRACE)
    assert rows_of("SELECT stage FROM members_membership") == [("grace",)]
    found = Membership.objects.get(stage__in=[MembershipStage.GRACE])
    assert type(found.stage) is str
    assert f"{MembershipStage.GRACE} {MembershipAct.VERIFY}" == "grace verify"
    assert json.dumps({MembershipAct.VERIFY: MembershipStage.GRACE}) == '{"verify": "grace"}'


def rows_of(query: str) -> list[tuple[str, ...]]:
    """What the database itself answers, with nothing of ours between."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def test_the_same_form_twice_is_one_move(membership: Membership) -> None:
    form = uuid4()
    assert move(membership, "verify", Party.COORDINATOR, at=NOW, form=form, letters=[LETTER])
    assert not move(membership, "verify", Party.COORDINATOR, at=NOW, form=form, letters=[LETTER])
    assert Step.objects.count() == OutboxLetter.objects.count() == 1


def test_a_form_cannot_be_used_for_another_act(membership: Membership) -> None:
    form = uuid4()
    move(membership, "verify", Party.COORDINATOR, at=NOW, form=form)
    with pytest.raises(Reused):
        move(membership, "confirm", Party.COORDINATOR, at=NOW, form=form)
    membership.refresh_from_db()
    assert membership.stage == "verifying"


def test_a_stale_copy_cannot_repeat_a_step(membership: Membership) -> None:
    stale = Membership.objects.get(pk=membership.pk)
    move(membership, "confirm", Party.COORDINATOR, at=NOW)
    with pytest.raises(Impossible):
        move(stale, "verify", Party.COORDINATOR, at=NOW)
    assert Step.objects.count() == 1


def test_another_party_changes_nothing(membership: Membership) -> None:
    with pytest.raises(Impossible):
        move(membership, "confirm", Party.MEMBER, at=NOW, letters=[LETTER])
    membership.refresh_from_db()
    assert membership.stage == "applied"
    assert not Step.objects.exists()
    assert not OutboxLetter.objects.exists()


def test_a_letter_that_cannot_be_written_takes_the_step_back(membership: Membership) -> None:
    too_long = Letter(**{name: getattr(LETTER, name) for name in Letter.__slots__} | {"subject": None})
    with pytest.raises(Exception, match=r"(?i)null"):
        move(membership, "confirm", Party.COORDINATOR, at=NOW, letters=[too_long])
    assert Membership.objects.get(pk=membership.pk).stage == "applied"
    assert not Step.objects.exists()
