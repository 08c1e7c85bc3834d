import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.kernels import compiled
from matchmaker.pairs import Edges, Pairs, keys_of, pairs_of
from matchmaker.solve import Solution, canonical, settle, solve
from tests.matchmaker.solvers import by_flow, by_table

VALUES = st.sampled_from([1, 2, 7, 1000, 10**6])


@st.composite
def instances(draw: st.DrawFn) -> Pairs:
    """Any small instance: ties, mentors without places, mentees without pairs, empty sides."""
    mentees, mentors = draw(st.integers(0, 6)), draw(st.integers(0, 5))
    top = draw(VALUES)
    cells = [(i, j) for i in range(mentees) for j in range(mentors)]
    chosen = draw(st.lists(st.sampled_from(cells), unique=True)) if cells else []
    values = [draw(st.integers(0, top)) for _ in chosen]
    places = np.array([draw(st.integers(0, 3)) for _ in range(mentors)], np.int64)
    table = np.array([(i, j, value) for (i, j), value in zip(chosen, values, strict=True)], np.int64).reshape(-1, 3)
    return pairs_of(Edges(*table.T), mentees, places)


def total(pairs: Pairs, found: Solution) -> int:
    """The total of a solution, once it is sure to be one and to be proved by its prices. Shares no code with it."""
    mentee = np.repeat(np.arange(pairs.start.size - 1), np.diff(pairs.start))
    assert (found.u >= 0).all()
    assert (found.v >= 0).all()
    assert (found.u[mentee] + found.v[pairs.mentor] >= pairs.value).all()
    made = found.mate[mentee] == pairs.mentor
    assert made.sum() == (found.mate >= 0).sum()
    assert (np.bincount(pairs.mentor[made], minlength=pairs.places.size) <= pairs.places).all()
    worth = int(pairs.value[made].sum())
    assert worth == int(found.u.sum() + (found.v * pairs.places).sum())
    return worth


def test_pairs_are_put_in_order_a_part_at_a_time() -> None:
    draw = np.random.default_rng(3)
    mentee, mentor = draw.integers(0, 900, 1_500_000), draw.integers(0, 2000, 1_500_000)
    found = pairs_of(Edges(mentee, mentor, mentee * 2000 + mentor), 1000, np.ones(2000, np.int64))
    every = np.unique(mentee * 2000 + mentor)
    assert (found.value == every).all()
    assert (found.rows() == every // 2000).all()
    assert (found.mentor == every % 2000).all()


@given(instances())
def test_the_total_is_that_of_two_other_solvers(pairs: Pairs) -> None:
    assert total(pairs, solve(pairs)) == by_table(pairs) == by_flow(pairs)


@given(instances(), st.data())
def test_any_prices_and_mates_to_start_from_lead_to_the_same_total(pairs: Pairs, data: st.DataObject) -> None:
    prices = data.draw(st.lists(st.integers(0, 10), min_size=pairs.places.size, max_size=pairs.places.size))
    mates = data.draw(st.lists(st.integers(-1, pairs.places.size - 1), min_size=pairs.mentees, max_size=pairs.mentees))
    found = settle(pairs, np.array(prices, np.int64), np.array(mates, np.int64))
    assert total(pairs, found) == by_table(pairs)


@given(instances(), st.randoms(use_true_random=False))
def test_the_same_people_get_the_same_answer_in_whatever_order_they_come(pairs: Pairs, chance: random.Random) -> None:
    n, m = pairs.mentees, pairs.places.size
    rows, columns = list(range(n)), list(range(m))
    chance.shuffle(rows)
    chance.shuffle(columns)
    mentees, mentors = [f"e{i}" for i in range(n)], [f"m{j}" for j in range(m)]
    answer = canonical(pairs, solve(pairs), keys_of(mentees), keys_of(mentors))
    row, column = np.argsort(rows).astype(np.int64), np.argsort(columns).astype(np.int64)
    edges = Edges(row[pairs.rows()], column[pairs.mentor], pairs.value) if pairs.mentor.size else pairs.edges()
    mixed = pairs_of(edges, n, pairs.places[columns] if m else pairs.places)
    other = settle(mixed, np.ones(m, np.int64), np.full(n, -1))
    again = canonical(mixed, other, keys_of([mentees[k] for k in rows]), keys_of([mentors[k] for k in columns]))
    names = {mentees[rows[i]]: mentors[columns[j]] for i, j in enumerate(again.tolist()) if j >= 0}
    assert names == {mentees[i]: mentors[j] for i, j in enumerate(answer.tolist()) if j >= 0}
    assert total(pairs, Solution(answer, solve(pairs).u, solve(pairs).v)) == by_table(pairs)


@pytest.mark.parametrize("kind", ["equal", "few", "spread", "level"])
def test_hard_shapes_of_a_few_thousand_pairs_are_solved(kind: str) -> None:
    draw = np.random.default_rng(3)
    shape = (90, 40)
    value = {
        "equal": np.full(shape, 5),
        "few": draw.integers(0, 3, shape),
        "spread": draw.integers(0, 10**9, shape),
        "level": 10**9 + draw.integers(0, 50, shape),
    }[kind]
    mentee, mentor = np.nonzero(np.ones(shape))
    pairs = pairs_of(Edges(mentee, mentor, value.ravel()), 90, draw.integers(0, 4, 40))
    assert total(pairs, solve(pairs)) == by_table(pairs)


def test_compiled_and_as_written_the_kernels_do_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = np.random.default_rng(5)
    mentee, mentor = np.nonzero(draw.random((40, 20)) < 0.6)
    pairs = pairs_of(Edges(mentee, mentor, draw.integers(0, 50, mentee.size)), 40, draw.integers(0, 4, 20))
    found = []
    for how in (lambda kernel: kernel, compiled):
        monkeypatch.setattr("matchmaker.solve.run", lambda kernel, _, *given, how=how: how(kernel)(*given))
        found.append(solve(pairs))
    plain, fast = found
    assert (fast.mate == plain.mate).all()
    assert (fast.u == plain.u).all()
    assert (fast.v == plain.v).all()
