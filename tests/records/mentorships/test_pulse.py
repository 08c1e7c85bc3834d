"""How good it is for people: asked in time, counted without a trace, and shown only as averages of five and more."""

from datetime import date, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from ithaca.records.mentorships.models import Mentorship, PulseCheck, Side
from ithaca.records.mentorships.room import jobs
from ithaca.records.mentorships.room.actions import mentorships
from ithaca.records.mentorships.room.actions import pulse as pulse_actions
from ithaca.records.mentorships.room.queries.pulse import averages_of
from ithaca.records.mentorships.rules import pulse
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Impossible, Party
from ithaca.tools.ledger.models import Step
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW, TODAY, make_cast, make_member, make_person
from tests.room import Room, make_room

QUARTERS = [date(year, month, 1) for year in (2026, 2027) for month in (1, 4, 7, 10)]
ANSWERS = st.dictionaries(st.tuples(st.sampled_from(QUARTERS), st.integers(1, 12)), st.integers(1, 5), max_size=70)
"""{(quarter, who): score}: nobody answers twice in a quarter."""
DAYS = st.dates(date(2026, 1, 1), date(2028, 6, 30))
Answers = dict[tuple[date, int], int]


def counted(answers: Answers, today: date) -> dict[date, dict[int, int]]:
    """What lies in the database on that day: answers are given within their quarter, and nobody's name is kept."""
    found: dict[date, dict[int, int]] = {}
    for (quarter, _who), score in answers.items():
        if quarter <= today:
            scores = found.setdefault(quarter, {})
            scores[score] = scores.get(score, 0) + 1
    return found


@given(ANSWERS, DAYS)
def test_every_average_is_of_five_people_or_more_and_of_quarters_that_are_over(answers: Answers, today: date) -> None:
    shown = pulse.published(counted(answers, today), today)
    for one in shown:
        own = {key: score for key, score in answers.items() if one.first <= key[0] <= one.last}
        assert len({who for _quarter, who in own}) >= 5
        assert one.answers == len(own)
        assert one.mean == sum(own.values()) / len(own)
        assert one.last < today
    assert all(before.last < after.first for before, after in pairwise(shown)), "each answer is in one average at most"


@given(ANSWERS, DAYS, DAYS)
def test_a_later_page_takes_nothing_back_so_nothing_can_be_subtracted(
    answers: Answers, one_day: date, another: date
) -> None:
    earlier, later = sorted([one_day, another])
    before, after = (pulse.published(counted(answers, day), day) for day in (earlier, later))
    assert after[: len(before)] == before
    for one in after[len(before) :]:
        assert len({who for quarter, who in answers if one.first <= quarter <= one.last}) >= 5


def test_five_people_are_seen_at_once_and_four_never() -> None:
    def shown(people: int) -> list[int]:
        answers = {(quarter, who): 4 for quarter in QUARTERS for who in range(people)}
        return [one.answers for one in pulse.published(counted(answers, date(2028, 1, 1)), date(2028, 1, 1))]

    assert shown(4) == []
    assert shown(5) == [5] * 8
    assert shown(40) == [40] * 8


@given(st.dates(date(2020, 1, 1), date(2026, 1, 1)), st.integers(1, 30))
def test_people_are_asked_from_day_30_on_and_once_a_quarter_at_most(began: date, step: int) -> None:
    asked: list[date] = []
    for days in range(0, 800, step):
        today = began + timedelta(days=days)
        if pulse.is_due(began, asked[-1] if asked else None, today):
            asked.append(today)
            assert pulse.is_open(today, today + timedelta(days=13)), "there are two weeks to answer at the least"
    assert asked
    assert asked[0] >= began + timedelta(days=30)
    assert len({pulse.quarter_of(day) for day in asked}) == len(asked) >= 7
    assert all(after - before >= timedelta(days=60) for before, after in pairwise(asked))


# --- asking and answering ---------------------------------------------------------------------------------


@pytest.fixture
def room(db: None) -> Room:
    return make_room(make_cast())


def ask(days: float) -> int:
    return jobs.ask_for_ratings(NOW + timedelta(days=days))


def answer(room: Room, by: Party, score: int | None, days: float = 41) -> bool:
    at = NOW + timedelta(days=days)
    return pulse_actions.answer(room.mentorship.pk, score, by, actor=room.who(by).pk, at=at)


def counts() -> dict[tuple[str, date, int], int]:
    rows = PulseCheck.objects.filter(answers__gt=0).values_list("side", "quarter", "score", "answers")
    return {(side, quarter, score): answers for side, quarter, score, answers in rows}


def test_both_are_asked_once_a_quarter_by_letter_and_the_job_may_run_again(room: Room) -> None:
    assert [ask(days) for days in (0, 29, 39, 39, 99, 128, 129, 129)] == [0, 0, 2, 0, 0, 0, 2, 0]
    letters = OutboxLetter.objects.filter(kind="how_good_is_it")
    assert letters.count() == 4
    assert {letter.address for letter in letters} == {room.mentee.email, room.mentor.email}
    assert ask(1000) == 2, "however late the schedule comes, it is one question"


def test_nobody_is_asked_when_too_little_of_the_quarter_is_left_to_answer(room: Room) -> None:
    assert [ask(days) for days in (30, 38, 39)] == [0, 0, 2], "it is the 23rd of December, the 31st, the 1st of January"


def test_who_shares_several_rooms_is_asked_in_one_of_them(room: Room) -> None:
    other = make_member(room.cast.scheme, make_person("Ann Hill"), None)
    Mentorship.objects.create(
        scheme=room.cast.scheme, mentee=other, mentor=room.cast.mentor_member, began_on=TODAY - timedelta(days=90)
    )
    assert [ask(40), ask(41)] == [3, 0]
    assert Side.objects.filter(person=room.mentor.pk, rating_open=True).count() == 1


def test_nobody_is_asked_in_a_pause_after_the_end_in_one_talk_or_where_the_scheme_does_not_ask(room: Room) -> None:
    rows = Mentorship.objects.filter(pk=room.mentorship.pk)
    for changes in ({"stage": "paused"}, {"stage": "ended"}, {"one_off": True}):
        rows.update(**{"stage": "active", "one_off": False} | changes)
        assert ask(40) == 0
    rows.update(stage="active", one_off=False)
    Scheme.objects.update(ratings=False)
    assert ask(40) == 0


def test_an_answer_is_counted_once_and_leaves_no_trace_of_whose_it_was(room: Room) -> None:
    ask(40)
    steps = Step.objects.count()
    assert [answer(room, Party.MENTEE, 4), answer(room, Party.MENTEE, 1)] == [True, False]
    assert [answer(room, Party.MENTOR, None), answer(room, Party.MENTOR, 5)] == [True, False]
    assert counts() == {("mentee", date(2027, 1, 1), 4): 1}
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


def test_a_question_lapses_with_its_quarter(room: Room) -> None:
    ask(40)
    assert not answer(room, Party.MENTEE, 5, days=130)
    assert counts() == {}


def test_an_answer_in_a_pause_is_not_counted(room: Room) -> None:
    ask(40)
    mentorships.pause(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=NOW, form=uuid4())
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
