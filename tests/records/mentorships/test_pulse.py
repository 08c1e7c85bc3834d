"""How good it is for people: asked in time, counted without a trace, and shown only as averages of five and more."""

from datetime import date, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from ithaca.records.mentorships import jobs, pulse
from ithaca.records.mentorships.actions import ending, rating
from ithaca.records.mentorships.models import Mentorship, PulseCheck, Side
from ithaca.records.mentorships.queries.ratings import averages_of
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Impossible, Party
from ithaca.tools.ledger.models import Step
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW, TODAY, make_cast
from tests.room import Room, make_room

QUARTERS = [date(year, month, 1) for year in (2026, 2027) for month in (1, 4, 7, 10)]
ANSWERS = st.lists(st.tuples(st.sampled_from(QUARTERS), st.integers(1, 5)), max_size=60)
DAYS = st.dates(date(2026, 1, 1), date(2028, 6, 30))


def counted(answers: list[tuple[date, int]]) -> dict[date, dict[int, int]]:
    found: dict[date, dict[int, int]] = {}
    for quarter, score in answers:
        scores = found.setdefault(quarter, {})
        scores[score] = scores.get(score, 0) + 1
    return found


def as_known(answers: list[tuple[date, int]], today: date) -> dict[date, dict[int, int]]:
    """What lies in the database on that day: answers are given within their quarter."""
    return counted([(quarter, score) for quarter, score in answers if quarter <= today])


@given(ANSWERS, DAYS)
def test_no_average_is_of_fewer_than_five_or_of_a_quarter_that_goes_on(
    answers: list[tuple[date, int]], today: date
) -> None:
    shown = pulse.published(as_known(answers, today), today)
    for one in shown:
        own = [score for quarter, score in answers if one.first <= quarter <= one.last]
        assert one.answers == len(own) >= 5
        assert one.mean == sum(own) / len(own)
        assert one.last < today
    assert all(before.last < after.first for before, after in pairwise(shown)), "each answer is in one average at most"
    over = [quarter for quarter, _ in answers if pulse.next_quarter(quarter) <= today]
    assert len(over) - sum(one.answers for one in shown) < 5 or not shown, "what is not shown is too little to show"


@given(ANSWERS, DAYS, DAYS)
def test_a_later_page_takes_nothing_back_so_nothing_can_be_subtracted(
    answers: list[tuple[date, int]], one_day: date, another: date
) -> None:
    earlier, later = sorted([one_day, another])
    before, after = (pulse.published(as_known(answers, day), day) for day in (earlier, later))
    assert after[: len(before)] == before
    assert all(one.answers >= 5 for one in after[len(before) :])


@given(st.dates(date(2020, 1, 1), date(2026, 1, 1)), st.integers(0, 2000))
def test_people_are_asked_on_day_30_and_then_every_60_days(began: date, days: int) -> None:
    due = pulse.asked_on(began, began + timedelta(days=days))
    expected = max((day for day in range(30, days + 1, 60)), default=None)
    assert due == (None if expected is None else began + timedelta(days=expected))


# --- asking and answering ---------------------------------------------------------------------------------


@pytest.fixture
def room(db: None) -> Room:
    return make_room(make_cast())


def ask(days: float) -> int:
    return jobs.ask_for_ratings(NOW + timedelta(days=days))


def answer(room: Room, by: Party, score: int | None, days: float = 31) -> bool:
    at = NOW + timedelta(days=days)
    return rating.answer(room.mentorship.pk, score, by, actor=room.who(by).pk, at=at)


def counts() -> dict[tuple[str, date, int], int]:
    rows = PulseCheck.objects.filter(answers__gt=0).values_list("side", "quarter", "score", "answers")
    return {(side, quarter, score): answers for side, quarter, score, answers in rows}


def test_both_are_asked_once_a_turn_by_letter_and_the_job_may_run_again(room: Room) -> None:
    assert [ask(days) for days in (0, 29, 30, 30, 31, 89, 90, 90)] == [0, 0, 2, 0, 0, 0, 2, 0]
    letters = OutboxLetter.objects.filter(kind="how_good_is_it")
    assert letters.count() == 4
    assert {letter.address for letter in letters} == {room.mentee.email, room.mentor.email}
    assert ask(1000) == 2, "however late the schedule comes, it is one question"


def test_nobody_is_asked_in_a_pause_after_the_end_in_one_talk_or_where_the_scheme_does_not_ask(room: Room) -> None:
    rows = Mentorship.objects.filter(pk=room.mentorship.pk)
    for changes in ({"stage": "paused"}, {"stage": "ended"}, {"one_off": True}):
        rows.update(**{"stage": "active", "one_off": False} | changes)
        assert ask(40) == 0
    rows.update(stage="active", one_off=False)
    Scheme.objects.update(ratings=False)
    assert ask(40) == 0


def test_an_answer_is_counted_once_and_leaves_no_trace_of_whose_it_was(room: Room) -> None:
    ask(30)
    steps = Step.objects.count()
    assert [answer(room, Party.MENTEE, 4), answer(room, Party.MENTEE, 1)] == [True, False]
    assert [answer(room, Party.MENTOR, None), answer(room, Party.MENTOR, 5)] == [True, False]
    assert counts() == {("mentee", date(2026, 10, 1), 4): 1}
    assert Step.objects.count() == steps, "the ledger knows nothing of it"
    mentee, mentor = (Side.objects.get(person=person.pk) for person in (room.mentee, room.mentor))
    same = ("rating_asked_on", "rating_open")
    assert [getattr(mentee, name) for name in same] == [getattr(mentor, name) for name in same]
    names = {field.name for field in PulseCheck._meta.get_fields()}
    assert names == {"id", "scheme", "side", "quarter", "score", "answers"}
    assert not any(
        field.related_model is PulseCheck for model in apps.get_models() for field in model._meta.local_fields
    )
    assert PulseCheck.objects.count() == 5, "all five scores are there, whichever was given"


def test_an_answer_in_a_pause_is_not_counted(room: Room) -> None:
    ask(30)
    ending.pause(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=NOW, form=uuid4())
    with pytest.raises(Impossible):
        answer(room, Party.MENTEE, 4)
    assert counts() == {}


def test_a_scheme_reads_its_own_side_and_closed_quarters_only(room: Room) -> None:
    scheme, quarter = room.cast.scheme, date(2026, 10, 1)
    for where, side, score, answers in (
        (scheme, "mentee", 4, 3),
        (scheme, "mentee", 5, 2),
        (scheme, "mentor", 1, 4),
        (room.cast.other_scheme, "mentee", 1, 9),
    ):
        PulseCheck.objects.create(scheme=where, side=side, quarter=quarter, score=score, answers=answers)
    assert averages_of(scheme, Party.MENTEE, TODAY) == ()
    (found,) = averages_of(scheme, Party.MENTEE, date(2027, 1, 1))
    assert (found.answers, round(found.mean, 2)) == (5, 4.4)
    assert averages_of(scheme, Party.MENTOR, date(2027, 1, 1)) == (), "four are too few"
