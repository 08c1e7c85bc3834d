"""Ours and the others side by side: `python -m benchmarks.matching [--tables warm-values,…] [--sizes 1000x300,…] …`.

Everyone does the same work in the same run, taking turns, and what is loaded is loaded for all or for none:

- `warm-values`: all are loaded and have worked once; each is given the finished values of all pairs;
- `warm-people`: the same, but given the people, as small integers and bit sets, so that scoring counts too;
- `cold-values`: whole processes, from a file of finished values to a file of pairs;
- `cold-spreadsheets`: whole processes, from two spreadsheets of people to a file of pairs;
- `alone`: what ours does besides, which nobody else does: passes, changes, memory, and the proof held against NumPy.

The clock is the processor's, of all threads together; that of the wall is beside it. The first run makes an environment
for each solver in .envs, which git ignores, or in the folder given. The tables are printed as they are done.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from benchmarks.matching.environments import Absent, python_of
from benchmarks.matching.pool import pool
from benchmarks.matching.solvers import SOLVERS, Ints, Table, scoring
from benchmarks.matching.tables import ALONE, Row, alone_row, markdown, rows_of
from benchmarks.matching.turns import ROOT, cold, warm
from matchmaker import Policy
from matchmaker.roster import by_id, worth
from tests.matchmaker.rosters import TODAY, write
from tests.matchmaker.rosters import pool as people

SIZES = [(200, 60), (1_000, 300), (4_000, 1_200), (10_000, 3_000)]
LARGE = [(20_000, 6_000)]
ALONE_LARGE = [(100_000, 30_000)]
SPREADSHEETS = [(50, 15), (200, 60), (1_000, 300)]
SMALL = 20_000
"""Beyond so many pairs the slow are timed in the first table only."""

COLD_ROUNDS = 5
"""How often a whole process is run at most."""

AMPLE = 40_000_000
"""Up to so many pairs there is a pool with places to spare besides one without."""

TABLES = {
    "warm-values": "Warm, given the finished values",
    "warm-people": "Warm, from people to pairs",
    "cold-values": "Cold, from a file of finished values",
    "cold-spreadsheets": "Cold, from two spreadsheets",
}
REPORT = "ours, with report and proof"


@dataclass(frozen=True)
class Pool:
    """A pool of people, its finished values in a folder, and which of those who are here take part."""

    mentees: int
    mentors: int
    seed: int
    kind: str
    folder: Path
    pythons: dict[str, str]
    table: Table
    places: Ints

    def __str__(self) -> str:
        return f"{self.mentees:,} × {self.mentors:,} {self.kind}"


def main() -> None:
    """Run the tables asked for and print them."""
    parser = argparse.ArgumentParser(prog="benchmarks.matching")
    parser.add_argument("--tables", default=",".join((*TABLES, "alone")), help="some of them, with commas")
    parser.add_argument("--sizes", help="pools, as 1000x300,4000x1200")
    parser.add_argument("--large", action="store_true", help="larger pools too; hours on a busy machine")
    parser.add_argument("--seed", type=int, default=1, help="another number gives other people")
    parser.add_argument("--rounds", type=int, default=9, help="how often each works, where that is quick")
    parser.add_argument("--environments", type=Path, default=Path(__file__).parent / ".envs", help="where to install")
    given = parser.parse_args()
    sizes = SIZES + (LARGE if given.large else [])
    if given.sizes:
        sizes = [(int(n), int(m)) for n, m in (size.split("x") for size in given.sizes.split(","))]
    asked = given.tables.split(",")
    print(about(given.seed, given.rounds), flush=True)
    pythons = everyone(given.environments.resolve())
    found: dict[str, list[Row]] = {table: [] for table in TABLES if table in asked}
    for mentees, mentors in sizes:
        for kind in kinds(mentees * mentors):
            with made(mentees, mentors, given.seed, kind, pythons) as here:
                for table in ("warm-values", "warm-people", "cold-values"):
                    if table in found and (table != "cold-values" or kind == "scarce"):
                        found[table] += one(table, here, given.rounds)
    if "cold-spreadsheets" in found:
        for mentees, mentors in SPREADSHEETS:
            found["cold-spreadsheets"] += spreadsheets(mentees, mentors, given.seed, pythons, given.rounds)
    for table, rows in found.items():
        print(f"\n## {TABLES[table]}\n\n{markdown(rows)}", flush=True)
    if "alone" in asked:
        alone(sizes + (ALONE_LARGE if given.large else []), given.seed)
    print(f"\nLoad of the machine at the end: {os.getloadavg()[1]:.1f}.")


def kinds(pairs: int) -> tuple[str, ...]:
    """Which kinds of pool there are of a size."""
    return ("scarce", "ample") if pairs <= AMPLE else ("scarce",)


def everyone(folder: Path) -> dict[str, str]:
    """The Python of each solver that can take part here; of the others it is said why they do not."""
    pythons = {}
    for name in SOLVERS:
        try:
            pythons[name] = python_of(name, folder)
        except Absent as absent:
            print(f"{name} takes no part: {absent}.")
    return pythons


@contextmanager
def made(mentees: int, mentors: int, seed: int, kind: str, pythons: dict[str, str]) -> Iterator[Pool]:
    """A pool, with its finished values in files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        columns = pool(mentees, mentors, seed, ample=kind == "ample")
        table = scoring()(columns)
        np.save(folder / "table.npy", table)
        np.save(folder / "places.npy", columns.places)
        yield Pool(mentees, mentors, seed, kind, folder, pythons, table, columns.places)


def taking_part(table: str, pairs: int, pythons: dict[str, str]) -> dict[str, str]:
    """The Pythons of those who are asked at a size, in a table; cold, ours is the same whatever was loaded before."""
    some = {who: python for who, python in pythons.items() if pairs <= SOLVERS[who].most}
    if table != "warm-values" and pairs > SMALL:
        some = {who: python for who, python in some.items() if not SOLVERS[who].slow}
    if table.startswith("cold"):
        some.pop("ours, compiled", None)
    return some


def one(table: str, here: Pool, rounds: int) -> list[Row]:
    """The rows of one pool in one table."""
    temperature, task = table.split("-")
    here = replace(here, pythons=taking_part(table, here.table.size, here.pythons))
    if temperature == "warm":
        more = [str(here.folder), *map(str, (here.mentees, here.mentors, here.seed)), here.kind]
        module = [*"-m benchmarks.matching.warm".split()]
        commands = {name: [python, *module, name, task, *more] for name, python in here.pythons.items()}
        if task == "people":
            numpy = next((here.pythons[name] for name in ("LEMON", "greedy") if name in here.pythons), sys.executable)
            commands["scoring alone, by NumPy"] = [numpy, *module, "", "scoring", *more]
            commands["scoring alone, compiled"] = [sys.executable, *module, "", "pass", *more]
        runs = warm(commands, rounds)
    else:
        module = [*"-m benchmarks.matching.cold".split()]
        commands = {name: [python, *module, name, "values", str(here.folder)] for name, python in here.pythons.items()}
        if "LEMON" in commands:
            program = Path(here.pythons["LEMON"]).parents[1] / "lemon"
            commands["LEMON"] = [str(program), *(str(here.folder / part) for part in FILES)]
        runs = cold(commands, min(rounds, COLD_ROUNDS))
    worth = {name: worth_of(here, name) if name in here.pythons and not runs[name].fault else None for name in runs}
    return rows_of(str(here), runs, worth, here.mentees)


FILES = ("table.npy", "places.npy", "mates LEMON")


def worth_of(here: Pool, name: str) -> tuple[int, int]:
    """What a solver's pairs are worth together and how many they are, once they are seen to be allowed."""
    mate = np.fromfile(here.folder / f"mates {name}", np.int64)
    row = np.flatnonzero(mate >= 0)
    values = here.table[row, mate[row]]
    assert mate.size == here.mentees, name
    assert (values >= 0).all(), f"{name}: a pair that may not be made"
    assert (np.bincount(mate[row], minlength=here.places.size) <= here.places).all(), f"{name}: a mentor is too full"
    return int(values.sum(dtype=np.int64)), int(row.size)


def spreadsheets(mentees: int, mentors: int, seed: int, pythons: dict[str, str], rounds: int) -> list[Row]:
    """The rows of one roster, from two spreadsheets to pairs."""
    with tempfile.TemporaryDirectory() as name:
        folder, roster = Path(name), people(mentees, mentors, seed)
        files = write(roster, folder)
        commands = {
            who: [python, "-m", "benchmarks.matching.cold", who, "spreadsheets", name]
            for who, python in taking_part("cold-spreadsheets", mentees * mentors, pythons).items()
        }
        options = ["--today", TODAY.isoformat(), "--json", str(folder / "answer.json")]
        given = [
            part for which, path in zip(("--mentees", "--mentors"), files, strict=True) for part in (which, str(path))
        ]
        commands[REPORT] = [sys.executable, "-m", "matchmaker", "match", *given, *options]
        runs = cold(commands, min(rounds, COLD_ROUNDS))
        one, other = by_id(roster)
        told: dict[str, tuple[int, int] | None] = {}
        for who in commands:
            path = folder / ("answer.json" if who == REPORT else f"pairs {who}")
            if runs[who].fault:
                told[who] = None
                continue
            read = json.loads(path.read_text())
            pairs = [(e, r) for e, r, *_ in (read["pairs"] if who == REPORT else read)]
            told[who] = sum(worth(one[e], other[r], Policy(), TODAY) for e, r in pairs), len(pairs)
    return rows_of(f"{mentees:,} × {mentors:,}", runs, told, mentees)


def alone(sizes: list[tuple[int, int]], seed: int) -> None:
    """Print what ours does besides, size by size."""
    rows = []
    for mentees, mentors in sizes:
        for kind in kinds(mentees * mentors):
            command = [sys.executable, "-m", "benchmarks.matching.ours", *map(str, (mentees, mentors, seed)), kind]
            done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
            rows.append(
                alone_row(f"{mentees:,} × {mentors:,} {kind}", json.loads(done.stdout.splitlines()[-1]), mentees)
            )
    print(f"\n## Ours alone\n\n{markdown(rows, ALONE)}", flush=True)


def about(seed: int, rounds: int) -> str:
    """When, on what, and how often."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    processor = next((line.split(":")[1].strip() for line in lines if "model name" in line), platform.machine())
    return (
        f"{datetime.now().astimezone().date().isoformat()}, {os.cpu_count()} × {processor}, Python "
        f"{platform.python_version()}, NumPy {np.__version__}; seed {seed}, up to {rounds} runs each; load of the "
        f"machine at the start {os.getloadavg()[1]:.1f}."
    )


if __name__ == "__main__":
    main()
