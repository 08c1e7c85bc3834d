"""Two people who press at the same moment, each in a process of their own."""

from datetime import timedelta
from uuid import uuid4

import pytest

from ithaca.records.mentorships.models import Agreement, Ending, Mentorship, Session
from ithaca.records.mentorships.room.actions import endings
from ithaca.records.mentorships.room.actions.sessions import AgreementFirst
from ithaca.records.stages import Impossible, Party
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW, make_cast
from tests.records.mentorships.test_places import at_once
from tests.room import Room, make_room, plan

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_two_first_sessions_at_once_are_one() -> None:
    room = make_room(make_cast())
    came_to = at_once(*[lambda days=days: room.schedule(plan(days), Party.MENTEE) for days in (7, 9, 11, 13)])
    assert sum(isinstance(one, Session) for one in came_to) == 1
    assert sum(isinstance(one, AgreementFirst) for one in came_to) == 3, came_to
    assert Session.objects.count() == 1
    assert OutboxLetter.objects.count() == 2


def test_one_form_sent_four_times_at_once_is_one_session() -> None:
    room, form = make_room(make_cast()), uuid4()
    came_to = at_once(*[lambda: room.schedule(plan(7), form=form) for _press in range(4)])
    assert all(isinstance(one, Session) for one in came_to), came_to
    assert OutboxLetter.objects.count() == 2


def test_two_who_agree_at_once_have_agreed_once() -> None:
    room = make_room(make_cast())
    came_to = at_once(
        *[lambda by=by: room.agree(by, version=1) for by in (Party.MENTEE, Party.MENTOR, Party.MENTEE, Party.MENTOR)]
    )
    assert came_to == [None] * 4
    assert Agreement.objects.get().stage == "in_force"
    assert OutboxLetter.objects.filter(kind="agreement_in_force").count() == 2


def test_a_yes_and_new_words_at_once_never_bind_to_words_that_were_not_read() -> None:
    room = make_room(make_cast())
    room.agree(Party.MENTEE)
    came_to = at_once(
        lambda: room.agree(Party.MENTOR, version=1),
        lambda: room.change({"rhythm": "Weekly."}, Party.MENTEE, version=1),
    )
    stages = set(Agreement.objects.values_list("stage", flat=True))
    if isinstance(came_to[0], ChangedMeanwhile):
        assert stages == {"changes_requested"}
    else:
        assert "in_force" in stages
        assert Agreement.objects.get(stage="in_force").wording is None


def test_an_ending_and_a_session_at_once_leave_nothing_to_come() -> None:
    room = make_room(make_cast())
    came_to = at_once(
        lambda: room.schedule(plan(7), Party.MENTOR),
        lambda: stop(room, Party.MENTEE),
        lambda: stop(room, Party.MENTOR),
    )
    assert isinstance(came_to[0], Session | Impossible), came_to
    assert came_to[1:] == [None, None]
    assert Mentorship.objects.get().stage == "ended"
    assert Ending.objects.count() == 1
    assert not Session.objects.exclude(stage="cancelled").exists()


def stop(room: Room, by: Party) -> None:
    endings.end(room.mentorship.pk, by, actor=room.who(by).pk, at=NOW + timedelta(seconds=1), form=uuid4())
