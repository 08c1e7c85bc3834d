"""The compiled passes against NumPy's, on pools that are just large enough to be interesting."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.matching.pool import pool
from matchmaker import Policy
from matchmaker.columns import columns_of
from matchmaker.generate import best, every_pair, only, within
from matchmaker.match import match, rematch, what_if
from matchmaker.roster import Roster
from matchmaker.scan import lists, near
from matchmaker.solve import canonical, solve
from matchmaker.values import values
from tests.matchmaker.rosters import TODAY
from tests.matchmaker.rosters import pool as people

COLUMNS = pool(300, 220, 7)
TABLE = values(COLUMNS, 0, 300)


def test_the_generated_pool_is_plausible() -> None:
    assert 0.25 < (TABLE >= 0).mean() < 0.5


@pytest.mark.parametrize("threads", [1, 2])
def test_lists_hold_the_best_of_each_mentee_at_their_values(threads: int) -> None:
    found = lists(COLUMNS, 10, 4, threads)
    assert (TABLE[found.mentee, found.mentor] == found.value).all()
    for i, row in enumerate(TABLE):
        best_values = np.sort(row[row >= 0])[::-1][:10]
        listed = np.unique(found.mentor[found.mentee == i])
        assert (np.sort(TABLE[i, listed])[::-1][: best_values.size] == best_values).all()
    assert np.unique(found.mentor).size == (TABLE >= 0).any(axis=0).sum()


@pytest.mark.parametrize(("band", "each"), [(-1, 220), (0, 220), (40, 220), (-1, 3)])
def test_near_finds_the_pairs_whose_prices_are_close_to_their_value(band: int, each: int) -> None:
    draw = np.random.default_rng(2)
    u, v = draw.integers(600, 1300, 300), draw.integers(0, 300, 220)
    excess = u[:, None] + v - TABLE
    expected = (TABLE >= 0) & (excess <= band)
    found, count = near(COLUMNS, u, v, band, each)
    assert (TABLE[found.mentee, found.mentor] == found.value).all()
    assert expected[found.mentee, found.mentor].all()
    assert (np.minimum(count, each) == np.minimum(expected.sum(axis=1), each)).all()
    assert found.mentee.size == np.minimum(expected.sum(axis=1), each).sum()


def test_near_looks_at_the_rows_and_columns_it_is_asked_for() -> None:
    draw = np.random.default_rng(2)
    u, v = draw.integers(600, 1300, 300), draw.integers(0, 300, 220)
    rows, some = np.array([3, 250, 17]), np.array([200, 5, 60, 61])
    cheap = (TABLE >= 0) & (u[:, None] + v < TABLE)
    found, _ = near(COLUMNS, u, v, -1, 220, rows)
    assert {*zip(found.mentee.tolist(), found.mentor.tolist(), strict=True)} == {
        (i, j) for i in rows.tolist() for j in np.flatnonzero(cheap[i]).tolist()
    }
    found, _ = near(only(COLUMNS, some), u, v[some], -1, 220)
    assert {*zip(found.mentee.tolist(), some[found.mentor].tolist(), strict=True)} == {
        (i, j) for i in range(300) for j in some.tolist() if cheap[i, j]
    }


def test_compiled_values_are_those_of_people_with_more_codes_than_a_word() -> None:
    roster = people(270, 240, 4)
    many = [replace(e, topics=e.topics | {f"t{k}" for k in range(i % 90)}) for i, e in enumerate(roster.mentees)]
    offers = [
        replace(r, topics=r.topics | {f"t{k}" for k in range(80)}, slots=r.slots | {f"s{k}" for k in range(j % 70)})
        for j, r in enumerate(roster.mentors)
    ]
    policy = Policy(hard=frozenset({"pcn"}), floor=200)
    columns = columns_of(many, offers, policy, TODAY, {("e1", "m3")}, {("e2", "m4")})
    table = values(columns, 0, 270)
    found, _ = near(columns, np.zeros(270, np.int64), np.zeros(240, np.int64), 1 << 29, 240)
    assert found.mentee.size == (table >= 0).sum()
    assert (table[found.mentee, found.mentor] == found.value).all()


@pytest.mark.parametrize("ample", [False, True])
@pytest.mark.parametrize("threads", [1, 2])
def test_a_large_pool_is_solved_to_the_optimum_of_all_its_pairs(ample: bool, threads: int) -> None:
    columns = pool(500, 150, 3, ample=ample)
    found = best(columns, threads)
    every = every_pair(columns)
    optimum = solve(every)
    assert every.values_of(found.mate).sum() == optimum.u.sum() + (optimum.v * columns.places).sum()
    assert (found.mate == canonical(every, optimum, columns.mentee_keys, columns.mentor_keys)).all()
    table = values(columns, 0, 500)
    assert ((table < 0) | (found.u[:, None] + found.v >= table)).all()
    assert (found.u.min(), found.v.min()) >= (0, 0)


def test_within_lists_every_pair_of_a_band() -> None:
    columns = pool(500, 150, 3)
    found = best(columns)
    table = values(columns, 0, 500)
    close = (table >= 0) & (found.u[:, None] + found.v - table <= 60)
    pairs = within(columns, found, 60)
    assert pairs.mentor.size == close.sum()
    assert close[pairs.rows(), pairs.mentor].all()


def test_changes_to_a_large_match_lead_where_matching_again_leads() -> None:
    before = match(people(400, 180, 5), Policy(), TODAY)
    (one, mentor), (two, other) = [*before.pairs.items()][:2]
    forbidding = replace(before.roster, forbidden=frozenset({(one, mentor), (two, other)}))
    after, cost = what_if(before, forbid=[(one, mentor), (two, other)])
    again = match(forbidding, Policy(), TODAY)
    assert after.pairs == again.pairs
    assert cost == before.total - again.total
    fewer = Roster(before.roster.mentees[4:], before.roster.mentors[2:])
    assert rematch(before, fewer).pairs == match(fewer, Policy(), TODAY).pairs
