"""A question before an answer: sealed to the two, the days begin anew with each, and nothing asked is lost."""

from datetime import timedelta
from uuid import uuid4

import pytest

from ithaca.records.mentorships.models import Introduction
from ithaca.records.mentorships.pairing import jobs
from ithaca.records.mentorships.pairing.actions import introductions, questions
from ithaca.records.mentorships.pairing.queries.introductions import Exchange, exchanges_of
from ithaca.records.stages import Impossible, Party
from ithaca.tools.post.models import OutboxLetter
from ithaca.tools.vault import errors
from tests.cast import NOW, Cast, keyring_of, make_cast
from tests.records.mentorships.pairs import accept_as_mentor, asked, fresh, offered

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
QUESTION, ANSWER = "Is it the numbers or the people?", "The people, mostly."


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def ask(cast: Cast, row: Introduction, text: str = QUESTION, days: int = 1, form=None) -> bool:
    ring = keyring_of(cast.mentor)
    return questions.ask(row, text, keyring=ring, actor=cast.mentor.pk, at=NOW + days * DAY, form=form or uuid4())


def answer(cast: Cast, row: Introduction, text: str = ANSWER, days: int = 2) -> bool:
    ring = keyring_of(cast.mentee)
    return questions.answer(row, text, keyring=ring, actor=cast.mentee.pk, at=NOW + days * DAY, form=uuid4())


def newest_to(user) -> OutboxLetter:
    return OutboxLetter.objects.filter(recipient=user.pk).latest("written_at")


def test_a_question_and_its_answer_are_read_by_the_two_and_by_nobody_else(cast: Cast) -> None:
    row = asked(cast)
    ask(cast, row)
    answer(cast, fresh(row))
    row = fresh(row)
    for user in (cast.mentee, cast.mentor):
        assert exchanges_of(row, keyring_of(user)) == [Exchange(QUESTION, ANSWER)]
    assert exchanges_of(row, None) is None
    with pytest.raises(errors.NotGranted):
        exchanges_of(row, keyring_of(cast.coordinator))
    said = "".join(letter.subject + letter.text + letter.html for letter in OutboxLetter.objects.all())
    assert not [word for word in (QUESTION, ANSWER, "Mina", "Omar") if word in said]


def test_the_mentor_may_ask_again_and_nothing_is_lost(cast: Cast) -> None:
    row = asked(cast)
    ask(cast, row)
    answer(cast, fresh(row))
    ask(cast, fresh(row), "Since when?", 3)
    expected = [Exchange(QUESTION, ANSWER), Exchange("Since when?", "")]
    assert exchanges_of(fresh(row), keyring_of(cast.mentee)) == expected
    answer(cast, fresh(row), "Since spring.", 4)
    accept_as_mentor(fresh(row), NOW + 5 * DAY)
    expected = [Exchange(QUESTION, ANSWER), Exchange("Since when?", "Since spring.")]
    assert exchanges_of(fresh(row), keyring_of(cast.mentor)) == expected


def test_the_days_begin_anew_are_reminded_of_and_run_out(cast: Cast) -> None:
    row = asked(cast)
    ask(cast, row, days=6)
    assert fresh(row).answer_by == (NOW + 13 * DAY).date()
    assert newest_to(cast.mentee).kind == "question_asked"
    assert "Sunday 6 December" in newest_to(cast.mentee).subject
    assert jobs.expire_offers(NOW + 8 * DAY) == jobs.remind_of_answers(NOW + 8 * DAY) == 0
    assert jobs.remind_of_answers(NOW + 9 * DAY) == 1
    assert newest_to(cast.mentee).kind == "answer_still_wanted"
    answer(cast, fresh(row), days=13)
    assert fresh(row).answer_by == (NOW + 20 * DAY).date()
    assert newest_to(cast.mentor).kind == "question_answered"
    assert jobs.remind_of_answers(NOW + 16 * DAY) == 1
    assert newest_to(cast.mentor).kind == "answer_still_wanted"
    ask(cast, fresh(row), days=17)
    assert jobs.expire_offers(NOW + 25 * DAY) == 1
    row = fresh(row)
    assert (row.stage, row.question, row.answer) == ("expired", None, None)


def test_asking_and_answering_need_ones_own_keys(cast: Cast) -> None:
    row = asked(cast)
    with pytest.raises(errors.Locked):
        questions.ask(row, QUESTION, keyring=None, actor=cast.mentor.pk, at=NOW, form=uuid4())
    ask(cast, row)
    with pytest.raises(errors.Locked):
        questions.answer(fresh(row), ANSWER, keyring=None, actor=cast.mentee.pk, at=NOW, form=uuid4())
    assert fresh(row).stage == "question_asked"


def test_pressing_twice_asks_once(cast: Cast) -> None:
    row, form = asked(cast), uuid4()
    assert [ask(cast, row, form=form) for _press in range(2)] == [True, False]
    assert exchanges_of(fresh(row), keyring_of(cast.mentor)) == [Exchange(QUESTION, "")]


def test_nobody_asks_out_of_turn(cast: Cast) -> None:
    row = offered(cast)
    with pytest.raises(Impossible):
        answer(cast, row)
    introductions.decline(row, Party.MENTEE, actor=cast.mentee.pk, at=NOW, form=uuid4())
    with pytest.raises(Impossible):
        ask(cast, fresh(row))


@pytest.mark.parametrize("by", [Party.MENTEE, Party.MENTOR])
def test_either_may_say_no_while_a_question_is_open(cast: Cast, by: Party) -> None:
    row = asked(cast)
    ask(cast, row)
    introductions.decline(fresh(row), by, actor=uuid4(), at=NOW + 2 * DAY, form=uuid4())
    assert (fresh(row).stage, fresh(row).question) == ("declined_privately", None)
