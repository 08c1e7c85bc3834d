"""When the time is over for which things are kept, what two people wrote opens for nobody and lies nowhere."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from ithaca.records.mentorships.models import (
    Agreement,
    Commitment,
    Ending,
    Feedback,
    Goal,
    GoalStep,
    Introduction,
    MentoringRequest,
    Mentorship,
    PhaseStep,
    Session,
)
from ithaca.records.mentorships.room import jobs
from ithaca.records.mentorships.room.actions import endings
from ithaca.records.mentorships.room.queries import endings as endings_queries
from ithaca.records.mentorships.room.queries import rooms
from ithaca.records.mentorships.writing.actions import messages, notes
from ithaca.records.stages import Party
from ithaca.tools.files.cleaning import CleanFile
from ithaca.tools.files.kinds import Kind
from ithaca.tools.ledger.models import Step
from ithaca.tools.vault.errors import NotGranted
from ithaca.tools.vault.fields import Sealed, SealedField
from ithaca.tools.vault.models import Grant
from ithaca.tools.vault.tiers import Tier
from tests.cast import NOW, keyring_of, make_cast, sign_in
from tests.journeys.joining.pages import text_of
from tests.room import STORY, Room, columns, make_room, models_of_a_room, plan, sealed

pytestmark = pytest.mark.django_db
LAST_MINUTE = datetime(2027, 11, 30, 23, 59, tzinfo=UTC)
"""Of the last day on which what ends in November 2026 is kept."""
AFTER = LAST_MINUTE + timedelta(minutes=1)
KEPT = {"Introduction.score_parts", "Introduction.others", "MentoringRequest.answers", "MentoringRequest.signposts"}
"""What was frozen for the match, and what the mentee ticked and was shown: no words of the two."""
ROWS_KEPT = {"Mentorship", "Introduction", "MentoringRequest", "Agreement", "Session", "Ending"}
"""That they met and when; their words are emptied."""


def fill_every_place() -> None:
    """Write something into each sealed column that is still empty."""
    for model in models_of_a_room():
        for field in model._meta.fields:
            if isinstance(field, SealedField):
                empty = model.objects.filter(**{f"{field.name}__isnull": True})
                empty.update(**{field.name: Sealed(b"something", field.tier, field.kind)})


@pytest.fixture
def room() -> Room:
    """A mentorship that has ended, with something in every place where something can be written."""
    room = make_room(make_cast())
    room.change({"rhythm": "Weekly."}, Party.MENTEE)
    session = room.schedule(plan(1))
    ring, pk = keyring_of(room.mentee), room.mentorship.pk
    request = MentoringRequest.objects.get()
    request.story = MentoringRequest.story.seal(request, STORY, ring)
    request.save()
    introduction = Introduction.objects.get()
    introduction.question = Introduction.question.seal(introduction, "When?", keyring_of(room.mentor))
    introduction.answer = Introduction.answer.seal(introduction, "Soon.", ring)
    introduction.reason = Introduction.reason.seal(introduction, "None.", ring)
    introduction.save()
    rota = CleanFile("rota.txt", Kind.TEXT, b"Monday: Mina.")
    messages.send(pk, "The rota", Party.MENTEE, files=[rota], keyring=ring, at=NOW, form=None)
    notes.write(pk, "For us two", False, Party.MENTOR, keyring=keyring_of(room.mentor), at=NOW, form=None)
    goal, step, about = uuid4(), uuid4(), {"mentorship": room.mentorship, "at": NOW}
    Goal.objects.create(id=goal, words=Sealed(b"g", Tier.T3, "goal.words"), **about)
    GoalStep.objects.create(id=step, goal_id=goal, words=Sealed(b"s", Tier.T3, "action.words"), **about)
    for owner in ({"goal_id": goal}, {"goal_step_id": step}):
        Commitment.objects.create(score=Sealed(b"7", Tier.T3, "commitment.score"), **owner, **about)
    PhaseStep.objects.create(author=room.mentee.pk, phase=Sealed(b"p", Tier.T3, "phase_step.phase"), **about)
    Feedback.objects.create(mentorship=room.mentorship, session=session, stage="given", stage_since=NOW)
    words = {"words": "Thank you.", "keyring": ring}
    endings.end(pk, Party.MENTEE, actor=room.mentee.pk, at=NOW + timedelta(days=2), form=uuid4(), **words)
    fill_every_place()
    return room


def rows() -> set[str]:
    """The models of a room of which there is a row."""
    return {model.__name__ for model in models_of_a_room() if model.objects.exists()}


def run(at: datetime) -> list[int]:
    return [jobs.let_endings_fall_due(at), jobs.purge_endings(at)]


def test_there_is_something_in_every_place(room: Room) -> None:
    assert rows() == {model.__name__ for model in models_of_a_room()}, "give the fixture a row of every model"
    assert sealed() == columns()


def test_until_its_last_day_is_over_everything_stays(room: Room) -> None:
    before = sealed()
    assert run(LAST_MINUTE) == [0, 0]
    assert sealed() == before
    mentorship = Mentorship.objects.get()
    assert rooms.story_of(mentorship, keyring_of(room.mentor)) == STORY
    assert endings_queries.last_words(mentorship, keyring_of(room.mentor)) == "Thank you."


def test_after_it_nothing_opens_and_nothing_is_left_to_open(room: Room) -> None:
    before, pk = Introduction.objects.get(), room.mentorship.pk
    assert before.story is not None
    assert run(AFTER) == [1, 1]
    assert sealed() == KEPT
    assert rows() == ROWS_KEPT
    assert not Grant.objects.filter(relationship=pk).exists()
    for person in (room.mentee, room.mentor):
        with pytest.raises(NotGranted):
            Introduction.story.unseal(before, keyring_of(person))
    assert Session.objects.get().stage == "scheduled"
    assert Agreement.objects.count() == 1


def test_it_is_done_once_and_the_ledger_says_when(room: Room) -> None:
    assert [run(AFTER) for _again in range(2)] == [[1, 1], [0, 0]]
    assert Ending.objects.get().stage == "purged"
    steps = Step.objects.filter(noun="ending", act__in=["fall_due", "purge"]).values_list("act", "by", "actor", "at")
    assert set(steps) == {("fall_due", "schedule", None, AFTER), ("purge", "schedule", None, AFTER)}


def test_nothing_is_destroyed_that_has_not_fallen_due(room: Room) -> None:
    assert jobs.purge_endings(AFTER) == 0
    assert sealed() == columns()


def test_a_mentorship_that_goes_on_is_left_alone() -> None:
    room = make_room(make_cast())
    room.change({"rhythm": "Weekly."}, Party.MENTEE)
    before = sealed()
    assert run(AFTER + timedelta(days=1000)) == [0, 0]
    assert sealed() == before
    assert Grant.objects.filter(relationship=room.mentorship.pk).exists()


def test_the_pages_of_the_two_say_so_and_still_open(room: Room, client: Client) -> None:
    run(AFTER)
    sign_in(client, room.mentee)
    closing = client.get(f"/mentorships/{room.mentorship.pk}/ending/")
    assert "What you wrote has been destroyed" in text_of(closing)
    assert "You can both read" not in text_of(closing)
    for path in ("", "agreement/"):
        assert client.get(f"/mentorships/{room.mentorship.pk}/{path}", follow=True).status_code == 200
    assert client.get(f"/sessions/{Session.objects.get().pk}/", follow=True).status_code == 200
