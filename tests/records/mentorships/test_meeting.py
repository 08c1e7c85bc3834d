"""Setting a time to meet, moving it, calling it off, and saying whether it happened."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import vobject
from django.urls import resolve
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ithaca.records.mentorships.models import Session
from ithaca.records.mentorships.room.actions import endings, mentorships
from ithaca.records.mentorships.room.actions import sessions as sessions_actions
from ithaca.records.mentorships.room.actions.sessions import AgreementFirst, Clash, InThePast, NotYet
from ithaca.records.mentorships.room.queries import sessions
from ithaca.records.stages import Impossible, Party
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.ledger.actions import Reused
from ithaca.tools.ledger.models import Step
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW, make_cast
from tests.room import Room, make_room, plan

BOTH = [Party.MENTEE, Party.MENTOR]


@pytest.fixture
def room(db: None) -> Room:
    return make_room(make_cast())


def move(room: Room, session: Session, days: float, by: Party = Party.MENTOR, **more: Any) -> None:
    version = more.pop("version", session.version)
    form = more.pop("form", None)
    sessions_actions.reschedule(session, plan(days, **more), version, by, actor=room.who(by).pk, at=NOW, form=form)


def cancel(room: Room, session: Session, by: Party = Party.MENTEE) -> None:
    sessions_actions.cancel(session, by, actor=room.who(by).pk, at=NOW, form=uuid4())


def say(room: Room, session: Session, met: bool, by: Party, at: datetime, form: Any = None) -> None:
    sessions_actions.say(session, met, by, actor=room.who(by).pk, at=at, form=form or uuid4())


def invitations(address: str) -> list[Any]:
    """The calendar files this person got, in the order of writing, as another library than ours reads them."""
    sent = OutboxLetter.objects.filter(address=address).exclude(invitation="").order_by("written_at", "pk")
    return sorted((vobject.readOne(row.invitation) for row in sent), key=lambda file: int(file.vevent.sequence.value))


@pytest.mark.parametrize("by", BOTH)
def test_either_sets_the_first_time_at_once_and_both_are_invited(room: Room, by: Party) -> None:
    session = room.schedule(plan(), by)
    assert session.stage == "scheduled"
    assert session.number == 1
    found = sessions.shown(session)
    assert (found.way, found.place) == ("video", "https://meet.example/abc")
    for person in (room.mentee, room.mentor):
        (file,) = invitations(person.email)
        assert file.method.value == "REQUEST"
        assert file.vevent.attendee.value == f"mailto:{person.email}"


def test_pressing_twice_makes_one_session(room: Room) -> None:
    form = uuid4()
    assert room.schedule(plan(), form=form).pk == room.schedule(plan(), form=form).pk
    assert Session.objects.count() == 1
    assert OutboxLetter.objects.count() == 2


def test_anothers_form_is_refused(room: Room) -> None:
    form = uuid4()
    room.schedule(plan(), Party.MENTEE, form=form)
    with pytest.raises(Reused):
        room.schedule(plan(), Party.MENTOR, form=form)


def test_the_second_session_waits_for_an_agreement_in_force(room: Room) -> None:
    room.schedule(plan(7))
    with pytest.raises(AgreementFirst):
        room.schedule(plan(14))
    room.agree(Party.MENTEE)
    with pytest.raises(AgreementFirst):
        room.schedule(plan(14), Party.MENTOR)
    room.agree(Party.MENTOR)
    assert room.schedule(plan(14)).number == 2


@pytest.mark.parametrize("nothing", ["cancelled", "no_show"])
def test_a_session_that_came_to_nothing_leaves_the_next_the_first(room: Room, nothing: str) -> None:
    session = room.schedule(plan(7))
    if nothing == "cancelled":
        cancel(room, session)
    else:
        say(room, session, False, Party.MENTOR, NOW + timedelta(days=8))
    assert room.schedule(plan(14)).number == 2
    with pytest.raises(AgreementFirst):
        room.schedule(plan(21))


def test_a_time_that_is_over_or_taken_is_refused(room: Room) -> None:
    with pytest.raises(InThePast):
        room.schedule(plan(0))
    room.agree_both()
    first = room.schedule(plan(7))
    with pytest.raises(Clash):
        room.schedule(plan(7 + 0.5 / 24))
    room.schedule(plan(7 + 1 / 24))
    with pytest.raises(InThePast):
        move(room, first, -1)
    with pytest.raises(Clash):
        move(room, first, 7 + 0.5 / 24)
    assert OutboxLetter.objects.filter(kind="session_moved").count() == 0


def test_moving_updates_both_calendars_and_may_overlap_its_own_old_time(room: Room) -> None:
    session = room.schedule(plan(7))
    move(room, session, 7 + 0.5 / 24, way="phone", place="020 7946 0000")
    session = Session.objects.get()
    assert session.stage == "rescheduled"
    assert sessions.shown(session).link == "tel:02079460000"
    before, after = invitations(room.mentee.email)
    assert before.vevent.uid.value == after.vevent.uid.value
    assert after.vevent.dtstart.value == session.starts_at


def test_two_tabs_that_move_one_session(room: Room) -> None:
    session = room.schedule(plan(7))
    form = uuid4()
    move(room, session, 8, form=form, version=1)
    move(room, session, 8, form=form, version=1)
    with pytest.raises(ChangedMeanwhile):
        move(room, session, 9, version=1)
    assert Session.objects.get().starts_at == NOW + timedelta(days=8)
    assert OutboxLetter.objects.filter(kind="session_moved").count() == 2


def test_calling_off_twice_is_calling_off_once(room: Room) -> None:
    session = room.schedule(plan(7))
    cancel(room, session, Party.MENTOR)
    cancel(room, session, Party.MENTEE)
    assert Session.objects.get().stage == "cancelled"
    assert OutboxLetter.objects.filter(kind="session_cancelled").count() == 2
    with pytest.raises(Impossible):
        move(room, session, 8, version=2)


def test_we_met_can_be_said_on_the_day_and_no_earlier(room: Room) -> None:
    session = room.schedule(plan(7))
    with pytest.raises(NotYet):
        say(room, session, True, Party.MENTEE, NOW + timedelta(days=6))
    say(room, session, True, Party.MENTEE, NOW + timedelta(days=7, hours=-9))
    assert Session.objects.get().stage == "held"


def test_the_other_may_correct_it_for_fourteen_days(room: Room) -> None:
    session = room.schedule(plan(7))
    said = NOW + timedelta(days=8)
    say(room, session, True, Party.MENTEE, said)
    say(room, session, True, Party.MENTOR, said)
    with pytest.raises(Impossible):
        say(room, session, False, Party.MENTOR, said + timedelta(days=14, seconds=1))
    say(room, session, False, Party.MENTOR, said + timedelta(days=14))
    assert Session.objects.get().stage == "no_show"
    assert list(Step.objects.filter(subject=session.pk).values_list("act", flat=True)) == [
        "schedule",
        "hold",
        "correct_to_no_show",
    ]


def test_an_old_page_does_not_undo_a_correction(room: Room) -> None:
    session, form = room.schedule(plan(7)), uuid4()
    day = NOW + timedelta(days=7)
    say(room, session, True, Party.MENTEE, day, form)
    say(room, session, False, Party.MENTOR, day)
    say(room, session, True, Party.MENTEE, day, form)
    assert Session.objects.get().stage == "no_show"


def test_nothing_moves_in_a_room_that_is_over(room: Room) -> None:
    session = room.schedule(plan(0.01))
    later = NOW + timedelta(days=1)
    endings.end(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=later, form=uuid4())
    with pytest.raises(Impossible):
        room.schedule(plan(9), at=later)
    with pytest.raises(Impossible):
        say(room, session, True, Party.MENTEE, later)
    with pytest.raises(Impossible):
        move(room, session, 9)
    with pytest.raises(Impossible):
        cancel(room, session)


def test_no_session_is_booked_in_a_pause(room: Room) -> None:
    mentorships.pause(room.mentorship.pk, Party.MENTEE, actor=room.mentee.pk, at=NOW, form=uuid4())
    with pytest.raises(Impossible):
        room.schedule(plan(7))
    mentorships.resume(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=NOW, form=uuid4())
    assert room.schedule(plan(7)).stage == "scheduled"


def test_letters_say_when_and_nothing_else(room: Room) -> None:
    session = room.schedule(plan(7, place="The Old Mill, Slough"))
    move(room, session, 8, place="The Old Mill, Slough")
    cancel(room, Session.objects.get())
    letters = OutboxLetter.objects.all()
    assert letters.count() == 6
    for letter in letters:
        whole = "\n".join((letter.subject, letter.text, letter.html, letter.invitation))
        for secret in ("Mina", "Patel", "Omar", "Reed", "Old Mill", "mentee", "mentor "):
            assert secret not in whole.replace(room.cast.scheme.name, ""), letter.kind
        assert "November 2026" in letter.subject or "December 2026" in letter.subject
        assert resolve(f"/sessions/{session.pk}/").view_name == "meeting:session"
        assert f"/sessions/{session.pk}/" in letter.text


def test_a_session_near_or_running_keeps_its_people_unlocked(room: Room) -> None:
    session = room.schedule(plan(7, minutes=90))
    near, end = session.starts_at - timedelta(minutes=30), session.starts_at + timedelta(minutes=90)
    assert sessions.keeps_open_until(room.mentee.pk, near) == end
    assert sessions.keeps_open_until(room.mentor.pk, end - timedelta(minutes=1)) == end
    assert sessions.keeps_open_until(room.mentee.pk, near - timedelta(minutes=1)) is None
    assert sessions.keeps_open_until(room.mentee.pk, end) is None
    assert sessions.keeps_open_until(room.cast.stranger.pk, near) is None


@pytest.mark.parametrize(
    ("way", "place", "link"),
    [
        ("video", "https://meet.example/abc?x=1", "https://meet.example/abc?x=1"),
        ("video", "javascript:alert(1)", ""),
        ("phone", "+44 (0)20 7946 0000", "tel:+4402079460000"),
        ("phone", "Ring the desk", ""),
        ("in_person", "12 High Street", ""),
    ],
)
def test_only_addresses_and_numbers_become_links(room: Room, way: str, place: str, link: str) -> None:
    assert sessions.shown(room.schedule(plan(7, way=way, place=place))).link == link


class InvitationsOfARandomLife(TestCase):
    """Whatever happens to a session, its invitations keep their UID and their SEQUENCE rises by one."""

    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.integers(1, 400), max_size=6), st.booleans())
    def test_uid_stays_and_sequence_rises(self, moves: list[int], called_off: bool) -> None:
        room = make_room(make_cast())
        session = room.schedule(plan(3))
        for days in moves:
            session.refresh_from_db()
            move(room, session, 3 + days)
        if called_off:
            cancel(room, session)
        session.refresh_from_db()
        for person in (room.mentee, room.mentor):
            files = invitations(person.email)
            assert [int(file.vevent.sequence.value) for file in files] == list(range(len(moves) + 1 + called_off))
            assert len({file.vevent.uid.value for file in files}) == 1
            assert [file.method.value for file in files] == ["REQUEST"] * (len(moves) + 1) + ["CANCEL"] * called_off
            assert files[-1].vevent.dtstart.value == session.starts_at.astimezone(UTC)
