"""The long evidence: thousands of random instances, and pools of the size of a county and of a country."""

import json
import os
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from benchmarks.matching.pool import pool
from matchmaker import Policy
from matchmaker.cli import main
from matchmaker.generate import best, better
from matchmaker.match import match
from matchmaker.pairs import Edges, Pairs, keys_of, pairs_of
from matchmaker.proof import answer_of, faults_of
from matchmaker.roster import Roster, RosterError
from matchmaker.solve import Solution, canonical, settle, solve
from matchmaker.values import values
from tests.matchmaker.rosters import TODAY
from tests.matchmaker.rosters import pool as people
from tests.matchmaker.solvers import by_flow, by_table
from tests.matchmaker.test_solve import total

pytestmark = pytest.mark.proof

PUBLISHED = {100: 305, 200: 475, 300: 626, 400: 804, 500: 991, 600: 1176, 700: 1362, 800: 1552}
"""The optima of the OR-Library's assignment problems, by size (J. E. Beasley, JORS 41, 1990)."""

ENOUGH = 1000
"""More than any cost, so that the greatest value is the least cost of placing as many as can be."""


def instance(draw: np.random.Generator) -> Pairs:
    """Anything small: dense or sparse, scarce or ample, all values equal or all different."""
    mentees, mentors = draw.integers(0, 13), draw.integers(0, 9)
    top = draw.choice([0, 1, 2, 5, 50, 1000, 10**6])
    level = draw.choice([0, 0, 0, 10**6])
    mentee, mentor = np.nonzero(draw.random((mentees, mentors)) < draw.choice([0, 0.1, 0.3, 0.6, 1]))
    value = level + draw.integers(0, top + 1, mentee.size)
    return pairs_of(Edges(mentee, mentor, value), int(mentees), draw.integers(0, draw.choice([1, 2, 5]) + 1, mentors))


def test_four_thousand_instances_have_the_total_two_other_solvers_find_and_one_answer() -> None:
    draw = np.random.default_rng(2026)
    for _ in range(4000):
        pairs = instance(draw)
        found = solve(pairs)
        assert total(pairs, found) == by_table(pairs) == by_flow(pairs)
        n, m = pairs.mentees, pairs.places.size
        mentees, mentors = keys_of([f"e{i}" for i in range(n)]), keys_of([f"m{j}" for j in range(m)])
        answer = canonical(pairs, found, mentees, mentors)
        assert total(pairs, Solution(answer, found.u, found.v)) == by_table(pairs)
        row, column = draw.permutation(n), draw.permutation(m)
        edges = Edges(np.argsort(row)[pairs.rows()], np.argsort(column)[pairs.mentor], pairs.value)
        mixed = pairs_of(edges, n, pairs.places[column])
        warm = settle(mixed, draw.integers(0, 9, m), draw.integers(-1, m, n) if m else np.full(n, -1))
        again = canonical(mixed, warm, mentees[row], mentors[column])
        back = np.full(n, -1)
        back[row] = np.where(again >= 0, np.append(column, -1)[again], -1)
        assert (back == answer).all()


def test_two_thousand_rosters_with_every_feature_are_proved() -> None:
    pick = random.Random(2026)
    refused = 0
    for seed in range(2000):
        roster = people(pick.randint(0, 9), pick.randint(0, 7), seed)
        pairs = [(e.id, r.id) for e in roster.mentees for r in roster.mentors]
        roster = replace(
            roster,
            kept=frozenset(pick.sample(pairs, min(len(pairs), 3))),
            fixed=frozenset(pick.sample(pairs, min(len(pairs), pick.randint(0, 1)))),
            forbidden=frozenset(pick.sample(pairs, min(len(pairs), 2))),
        )
        hard = frozenset(pick.sample(["pcn", "sub_icb", "icb", "profession"], pick.randint(0, 1)))
        policy = Policy(floor=pick.choice([0, 0, 150, 400]), keep=pick.choice([0, 50]), hard=hard)
        try:
            found = match(roster, policy, TODAY)
        except RosterError:
            refused += 1
            continue
        assert faults_of(roster, answer_of(found)) == []
        order = Roster(roster.mentees[::-1], roster.mentors[::-1], roster.kept, roster.fixed, roster.forbidden)
        assert match(order, policy, TODAY).pairs == found.pairs
    assert 0 < refused < 1500


def costs(size: int) -> tuple[np.ndarray, int | None]:
    """An assignment problem of the OR-Library, and its published optimum, where one has its files; else one alike."""
    file = Path(os.environ.get("ORLIB", "")) / f"assign{size}.txt"
    if file.is_file():
        numbers = np.array(file.read_text(encoding="utf-8").split(), np.int64)
        assert numbers[0] == size
        return numbers[1:].reshape(size, size), PUBLISHED[size]
    return np.random.default_rng(size).integers(1, 101, (size, size)), None


def assigned(cost: np.ndarray, places: np.ndarray, folder: Path) -> dict:
    """The answer of the command line, which is asked for the greatest value, to a table of costs; and it is proved."""
    pairs, capacity, out = folder / "pairs.csv", folder / "mentors.csv", folder / "out.json"
    rows = [f"e{i},m{j},{ENOUGH - cost[i, j]}" for i in range(cost.shape[0]) for j in range(cost.shape[1])]
    pairs.write_text("\n".join(["mentee,mentor,value", *rows]), encoding="utf-8")
    rooms = [f"m{j},{room}" for j, room in enumerate(places)]
    capacity.write_text("\n".join(["mentor,capacity", *rooms]), encoding="utf-8")
    given = ["--capacity", str(capacity)]
    assert main(["assign", str(pairs), *given, "--json", str(out)]) == 0
    assert main(["verify", "--pairs", str(pairs), *given, "--answer", str(out)]) == 0
    return json.loads(out.read_text(encoding="utf-8"))


@pytest.mark.parametrize("size", PUBLISHED)
def test_square_instances_of_whole_costs_are_solved_to_their_optimum_from_files(size: int, tmp_path: Path) -> None:
    """Costs from 1 to 100, everybody to be placed at the least cost: J. E. Beasley's, wherever ORLIB says they are."""
    cost, published = costs(size)
    answer = assigned(cost, np.ones(size, np.int64), tmp_path)
    least = int(cost[linear_sum_assignment(cost)].sum())
    assert published in (None, least)
    assert answer["total"] == answer["bound"] == ENOUGH * size - least
    assert answer["matched"] == size


@pytest.mark.parametrize("seed", range(6))
def test_transport_with_capacities_is_solved_to_the_optimum_of_two_other_solvers(seed: int, tmp_path: Path) -> None:
    draw = np.random.default_rng(seed)
    size, depots = int(draw.integers(60, 150)), int(draw.integers(8, 40))
    cost, places = draw.integers(1, 101, (size, depots)), draw.integers(0, 12, depots)
    answer = assigned(cost, places, tmp_path)
    mentee, mentor = np.nonzero(cost)
    every = pairs_of(Edges(mentee, mentor, ENOUGH - cost[mentee, mentor]), size, places)
    assert answer["total"] == answer["bound"] == by_table(every) == by_flow(every)
    assert answer["matched"] == min(size, places.sum())


@pytest.mark.parametrize(("mentees", "mentors", "ample"), [(1000, 300, False), (1000, 300, True), (4000, 1200, False)])
def test_pools_are_solved_to_the_total_a_table_gives(mentees: int, mentors: int, ample: bool) -> None:
    columns = pool(mentees, mentors, 11, ample=ample)
    table = values(columns, 0, mentees)
    mentee, mentor = np.nonzero(table >= 0)
    every = pairs_of(Edges(mentee, mentor, table[mentee, mentor]), mentees, columns.places)
    found = best(columns)
    assert every.values_of(found.mate).sum() == by_table(every)


def test_ten_thousand_are_proved_by_numpy_and_the_same_however_they_are_found() -> None:
    columns = pool(10_000, 3_000, 5)
    found = best(columns, 2)
    for low in range(0, 10_000, 1000):
        table = values(columns, low, low + 1000)
        assert ((table < 0) | (found.u[low : low + 1000, None] + found.v >= table)).all()
    assert found.pairs.values_of(found.mate).sum() == found.u.sum() + (found.v * columns.places).sum()
    assert (best(columns, 1).mate == found.mate).all()
    shifted = better(columns, found.pairs, np.maximum(found.v - 30, 0), np.full(10_000, -1))
    assert (shifted.mate == found.mate).all()
