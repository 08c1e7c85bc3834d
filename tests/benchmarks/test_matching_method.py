"""How matching is measured: nobody loads anything while the clock runs, and all solve the same instance."""

import ast
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest

import benchmarks.matching.environments as environments
from benchmarks.matching.clock import Loading, Took, clocked
from benchmarks.matching.environments import Absent, compile_lemon, home_of
from benchmarks.matching.pool import pool
from benchmarks.matching.solvers import SOLVERS, lemon, scoring, whole
from benchmarks.matching.tables import rows_of, share, spread, times
from benchmarks.matching.turns import LEAST, ROOT, Runs, cold, order, wants_more, warm

MENTEES, MENTORS, SEED = 40, 12, 3
HERE = ["ours", "SciPy", "SciPy, sparse", "greedy"]
"""Those whose libraries are among our own."""

ELSEWHERE = [name for name, solver in SOLVERS.items() if not solver.kept and name not in (*HERE, "LEMON")]


@pytest.fixture(scope="module", params=["scarce", "ample"])
def instance(request, tmp_path_factory):
    """A small pool, with its finished values, and the total of ours."""
    folder = tmp_path_factory.mktemp(request.param)
    columns = pool(MENTEES, MENTORS, SEED, ample=request.param == "ample")
    table = scoring()(columns)
    np.save(folder / "table.npy", table)
    np.save(folder / "places.npy", columns.places)
    return folder, columns, table, total(table, columns.places, SOLVERS["ours"].load()(table, columns.places))


def total(table, places, mate):
    """What the pairs are worth together, once they are seen to be allowed."""
    row = np.flatnonzero(mate >= 0)
    assert (table[row, mate[row]] >= 0).all()
    assert (np.bincount(mate[row], minlength=places.size) <= places).all()
    return int(table[row, mate[row]].sum())


def agrees(name, found, ours):
    """An exact solver finds our total; the others find no more."""
    return found == ours if SOLVERS[name].exact else found <= ours


def test_no_function_that_is_timed_imports_anything():
    for path in (ROOT / "benchmarks/matching").glob("*.py"):
        for outer in ast.parse(path.read_text()).body:
            if isinstance(outer, ast.FunctionDef):
                inner = [some for some in ast.walk(outer) if isinstance(some, ast.FunctionDef) and some is not outer]
                loads = [
                    some for one in inner for some in ast.walk(one) if isinstance(some, ast.Import | ast.ImportFrom)
                ]
                assert not loads, f"{path.name}: {outer.name} imports in a function it hands out"


def test_a_run_that_loads_something_is_no_run(tmp_path, monkeypatch):
    (tmp_path / "loaded_while_timed.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(Loading, match="loaded_while_timed"):
        clocked(lambda: __import__("loaded_while_timed"))
    found, took = clocked(lambda: __import__("loaded_while_timed"))
    assert found.__name__ == "loaded_while_timed"
    assert took.cpu >= 0


def test_the_clock_counts_the_work_alone():
    _, none = clocked(lambda: None)
    _, some = clocked(lambda: sum(range(2_000_000)))
    assert none.cpu < some.cpu / 10


def test_all_take_a_turn_in_each_round_and_each_goes_first():
    turns = list(order("abc", 3))
    assert Counter(turns) == Counter((number, name) for number in range(3) for name in "abc")
    assert [turns[k][1] for k in (0, 3, 6)] == ["a", "b", "c"]


def test_the_slow_work_a_few_times_and_the_faulty_not_at_all():
    slow = Runs([Took(1000.0, 1000.0)])
    assert wants_more(slow, LEAST - 1)
    assert not wants_more(slow, LEAST)
    assert not wants_more(Runs(fault="gone"), 0)


@pytest.mark.parametrize("name", HERE)
def test_a_solver_beside_ours_finds_the_same_total_and_loads_nothing_when_asked_again(instance, name):
    _, columns, table, ours = instance
    solve, from_people = SOLVERS[name].load(), whole(name)
    for work in (lambda: solve(table, columns.places), lambda: from_people(columns)):
        work()
        mate, _ = clocked(work)
        assert agrees(name, total(table, columns.places, mate), ours)


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_solver_in_an_environment_of_its_own_finds_the_same_total(instance, name):
    folder, columns, table, ours = instance
    python = home_of(name, ROOT / "benchmarks/matching/.envs") / "bin" / "python"
    if not python.exists():
        pytest.skip(f"{name} is not installed: python -m benchmarks.matching installs it")
    kind = folder.name[:-1]
    command = [str(python), "-m", "benchmarks.matching.warm", name, "values", str(folder), "40", "12", "3", kind]
    runs = warm({name: command}, 1)[name]
    assert not runs.fault
    assert agrees(name, total(table, columns.places, np.fromfile(folder / f"mates {name}", np.int64)), ours)


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    """LEMON's program, where it can be compiled."""
    folder = tmp_path_factory.mktemp("lemon")
    try:
        compile_lemon(folder, "-O0")
    except Absent as absent:
        pytest.skip(str(absent))
    return folder


def test_lemon_finds_the_same_total_as_a_library_and_as_a_program(instance, compiled):
    folder, columns, table, ours = instance
    assert total(table, columns.places, lemon(compiled)(table, columns.places)) == ours
    files = [folder / name for name in ("table.npy", "places.npy", "mates")]
    subprocess.run([compiled / "lemon", *files], check=True)
    assert total(table, columns.places, np.fromfile(files[2], np.int64)) == ours


def test_where_there_is_no_compiler_it_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Absent, match=r"g\+\+"):
        compile_lemon(tmp_path)


def test_where_a_header_is_missing_it_is_said(tmp_path, monkeypatch):
    source = tmp_path / "lemon.cpp"
    source.write_text("#include <lemon/no_such_header.h>\n")
    monkeypatch.setattr(environments, "SOURCE", source)
    with pytest.raises(Absent, match=r"liblemon-dev|g\+\+"):
        compile_lemon(tmp_path)


def test_a_whole_process_counts_its_imports():
    programs = {"bare": "pass", "loads": "import asyncio"}
    runs = cold({name: [sys.executable, "-c", text] for name, text in programs.items()}, 1)
    bare, loads = (min(took.cpu for took in runs[name].took) for name in programs)
    assert bare < loads


def test_the_memory_of_whoever_starts_a_process_is_not_counted_as_its_own():
    held = np.ones(30_000_000)  # 240 MB
    assert cold({"bare": [sys.executable, "-c", "pass"]}, 1)["bare"].memory < held.nbytes / 2**20 / 2


def test_whole_processes_keep_their_bytecode_whatever_the_environment_says(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    keeps = "import sys; sys.exit(sys.dont_write_bytecode or not sys.pycache_prefix)"
    assert not cold({"keeps": [sys.executable, "-c", keeps]}, 1)["keeps"].fault


def test_a_process_that_fails_says_why():
    broken = cold({"broken": [sys.executable, "-c", "raise SystemExit('no such thing')"]}, 3)["broken"]
    assert broken.fault == "no such thing"
    silent = warm({"silent": [sys.executable, "-c", "raise SystemExit('no such thing')"]}, 3)["silent"]
    assert silent.fault == "no such thing"


def test_a_table_tells_who_is_quicker_and_who_misses_the_best():
    runs = {"ours": Runs([Took(0.02, 0.03)] * 3), "quick": Runs([Took(0.01, 0.01)] * 3), "gone": Runs(fault="gone")}
    rows = rows_of("a pool", runs, {"ours": (100, 9), "quick": (99, 9)}, 10)
    assert [row[3] for row in rows[:2]] == ["1.00×", "0.50×"]
    assert [row[5] for row in rows[:2]] == ["100%", "99.000%"]
    assert rows[2][:3] == ["a pool", "gone", "gone"]
    assert len({len(row) for row in rows}) == 1


def test_numbers_are_told_with_their_spread_and_never_rounded_up_to_the_best():
    assert spread([0.001, 0.003, 0.002]) == "2.00 (1.00–3.00)"
    assert times(0.3, 0.2) == "1.50×"
    assert times(0.001, 0.2) == "0.005×"
    assert share(999_999_999, 1_000_000_000) != "100%"


def test_the_results_tell_of_every_solver_and_of_both_temperatures():
    told = (ROOT / "benchmarks/matching/RESULTS.md").read_text()
    assert all(f"| {name} |" in told for name in SOLVERS)
    assert "Warm" in told
    assert "Cold" in told
