import json
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

from matchmaker.cli import main
from tests.matchmaker.broken import spoil
from tests.matchmaker.rosters import pool, write


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = main([str(argument) for argument in arguments])
    told = capsys.readouterr()
    return status, told.out, told.err


def roster(folder: Path) -> list[object]:
    mentees, mentors = write(pool(20, 8), folder)
    return ["--mentees", mentees, "--mentors", mentors, "--today", "2026-11-02"]


def instance(folder: Path, text: str) -> Path:
    path = folder / "pairs.csv"
    path.write_text("mentee,mentor,value\n" + text, encoding="utf-8")
    return path


def test_match_says_who_goes_with_whom_why_what_else_and_its_proof(tmp_path: Path, capsys) -> None:
    status, out, err = run(capsys, "match", *roster(tmp_path), "--json", tmp_path / "answer.json")
    answer = json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].split() == ["Mentee", "Mentor", "Suits", "Why", "Instead"]
    for mentee, mentor, _ in answer["pairs"]:
        line = next(line for line in lines if line.startswith(f"{mentee} "))
        assert line.split()[1] == mentor
        assert "/" in line
    for mentee in answer["waiting"]:
        assert any(line.startswith(f"{mentee} waits, since ") for line in lines)
    assert f"worth {answer['total']} points" in lines[-1]
    assert f"more than {answer['bound']}" in lines[-1]
    table = {line.strip().split("  ")[0]: line.split("  ", 2)[-1].strip() for line in lines[-6:-1]}
    fair = answer["fairness"]
    share = f"{fair['matched'] / fair['mentees']:.0%}"
    assert f"{fair['matched']} of {fair['mentees']} mentees have a mentor ({share})" in table["Matched"]
    assert f"{fair['floor']} points" in table["Floor"]
    assert f"{fair['fifth_percentile']} points" in table["5th percentile"]
    assert f"{fair['longest_wait']} days" in table["Longest wait left out"]
    assert f"{len(answer['blocking'])}, who would suit one another better" in table["Blocking pairs"]


def test_verify_proves_the_answer_and_finds_one_that_was_changed(tmp_path: Path, capsys) -> None:
    given, answer = roster(tmp_path), tmp_path / "answer.json"
    run(capsys, "match", *given, "--json", answer)
    assert run(capsys, "verify", *given[:4], "--answer", answer)[0] == 0
    changed = json.loads(answer.read_text(encoding="utf-8"))
    changed["pairs"].pop()
    answer.write_text(json.dumps(changed), encoding="utf-8")
    status, out, _ = run(capsys, "verify", *given[:4], "--answer", answer)
    assert status == 1
    assert "do not add up to the total" in out


def test_verifying_loads_no_solver_and_no_compiler(tmp_path: Path, capsys) -> None:
    given, answer = roster(tmp_path), tmp_path / "answer.json"
    run(capsys, "match", *given, "--json", answer)
    code = (
        "import sys; from matchmaker.cli import main; "
        f"main({[str(part) for part in ['verify', *given[:4], '--answer', answer]]!r}); "
        "print([name for name in sys.modules if name in ('numba', 'matchmaker.solve', 'matchmaker.generate')])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.startswith("Proved: ")
    assert out.rstrip().endswith("[]")


def test_two_hundred_people_never_wait_for_the_compiler(tmp_path: Path) -> None:
    mentees, mentors = write(pool(200, 300), tmp_path)
    given = ["match", "--mentees", str(mentees), "--mentors", str(mentors), "--today", "2026-11-02"]
    code = f"import sys; from matchmaker.cli import main; main({given!r}); print('numba' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.splitlines()[-1] == "False"


def test_explain_tells_one_mentee_and_one_pair(tmp_path: Path, capsys) -> None:
    given = roster(tmp_path)
    status, out, _ = run(capsys, "explain", "e3", *given)
    assert status == 0
    assert out.startswith("e3 ")
    assert "mentors with a place may be matched with e3" in out
    for k in range(8):
        status, out, _ = run(capsys, "explain", "e3", f"m{k}", *given)
        assert status == 0
        assert out.startswith((f"e3 goes with m{k}", f"e3 and m{k} "))


def test_explain_of_nobody_is_refused_in_words(tmp_path: Path, capsys) -> None:
    status, _, err = run(capsys, "explain", "e99", *roster(tmp_path))
    assert status == 2
    assert "nobody is 'e99'" in err


def test_assign_solves_a_bare_instance_and_writes_the_agreed_json(tmp_path: Path, capsys) -> None:
    pairs = instance(tmp_path, "a,x,5\nb,x,7\na,y,3\nc,z,0\n")
    places = tmp_path / "mentors.csv"
    places.write_text("mentor,capacity\nx,2\nw,4\n", encoding="utf-8")
    out = tmp_path / "out.json"
    assert run(capsys, "assign", pairs, "--capacity", places, "--json", out)[0] == 0
    answer = json.loads(out.read_text(encoding="utf-8"))
    assert set(answer) == {"total", "bound", "matched", "pairs", "mentee_price", "mentor_price"}
    assert (answer["total"], answer["bound"], answer["matched"]) == (12, 12, 3)
    assert answer["pairs"] == [["a", "x", 5], ["b", "x", 7], ["c", "z", 0]]
    assert set(answer["mentee_price"]) == {"a", "b", "c"}
    assert set(answer["mentor_price"]) == {"w", "x", "y", "z"}
    assert run(capsys, "verify", "--pairs", pairs, "--capacity", places, "--answer", out)[0] == 0
    answer["mentor_price"]["y"] -= 1
    out.write_text(json.dumps(answer), encoding="utf-8")
    assert run(capsys, "verify", "--pairs", pairs, "--capacity", places, "--answer", out)[0] == 1


def test_assign_without_pairs_is_worth_nothing(tmp_path: Path, capsys) -> None:
    status, out, _ = run(capsys, "assign", instance(tmp_path, ""))
    assert status == 0
    assert json.loads(out) == {
        "total": 0, "bound": 0, "matched": 0, "pairs": [], "mentee_price": {}, "mentor_price": {},
    }  # fmt: skip


def test_every_fault_of_both_files_is_told_at_once(tmp_path: Path, capsys) -> None:
    mentees, mentors = tmp_path / "e.csv", tmp_path / "r.csv"
    mentees.write_text("id,profession,asked_on\ne1,,x\n,gp,2026-01-01,4\ne1,gp,1/2/2026\n", encoding="utf-8")
    mentors.write_text("id;profession;places;hair\nm1;gp;2;red\n", encoding="utf-8")
    status, _, err = run(capsys, "match", "--mentees", mentees, "--mentors", mentors)
    assert status == 2
    assert [line.split(": ")[0].removeprefix(f"{tmp_path}/") for line in err.splitlines()] == [
        "e.csv, row 2, column profession",
        "e.csv, row 2, column asked_on",
        "e.csv, row 3",
        "e.csv, row 4, column id",
        "r.csv, row 1, column hair",
    ]


def test_a_mentee_may_rank_the_mentors_they_name(tmp_path: Path, capsys) -> None:
    mentees, mentors = tmp_path / "e.csv", tmp_path / "m.csv"
    mentors.write_text("id,profession,places\nM1,gp,1\nM2,gp,1\nM3,gp,1\n", encoding="utf-8")
    given = ["--mentees", mentees, "--mentors", mentors]
    mentees.write_text("id,profession,asked_on,prefers\nE1,gp,2026-01-01,M3; M1\n", encoding="utf-8")
    assert "E1 goes with M3." in run(capsys, "explain", "E1", *given)[1]
    told = run(capsys, "explain", "E1", "M1", *given)[1]
    assert "all together would lose 100 points" in told
    assert "asked 100 of 200: M1" in told
    mentees.write_text("id,profession,asked_on,prefers\nE1,gp,2026-01-01,M3; M9; M3\n", encoding="utf-8")
    status, _, err = run(capsys, "match", *given)
    assert status == 2
    assert "row 2, column prefers: 'M9' is not the id of a mentor" in err
    assert "row 2, column prefers: names 'M3' more than once" in err


def test_a_workbook_with_real_dates_and_numbers_reads_as_a_csv_does(tmp_path: Path, capsys) -> None:
    from datetime import datetime

    book = Workbook()
    book.active.append(["id", "profession", "asked_on", "topics", "near"])
    book.active.append([7, "GP", datetime(2026, 10, 1), "Money; people", True])  # noqa: DTZ001 - as workbooks have them
    book.save(tmp_path / "e.xlsx")
    mentors = tmp_path / "r.csv"
    mentors.write_text("id,profession,places,topics\nm1,gp,1,money\n", encoding="utf-8")
    status, out, _ = run(
        capsys, "match", "--mentees", tmp_path / "e.xlsx", "--mentors", mentors, "--today", "2026-11-02"
    )
    assert status == 0
    assert out.splitlines()[1].split()[:2] == ["7", "m1"]
    assert "topics 120/240" in out


def test_the_template_is_a_roster_that_reads(tmp_path: Path, capsys) -> None:
    mentees, mentors = tmp_path / "e.csv", tmp_path / "r.csv"
    assert run(capsys, "template", "--mentees", mentees, "--mentors", mentors)[0] == 0
    assert run(capsys, "match", "--mentees", mentees, "--mentors", mentors)[0] == 0
    assert run(capsys, "template", "--mentees", mentees, "--mentors", mentors)[0] == 2


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"pairs": 3}', '{"policy": {}, "today": "x"}', "[" * 5000])
def test_an_answer_that_is_none_is_refused(text: str, tmp_path: Path, capsys) -> None:
    given, answer = roster(tmp_path), tmp_path / "answer.json"
    answer.write_text(text, encoding="utf-8")
    status, out, err = run(capsys, "verify", *given[:4], "--answer", answer)
    assert status in (1, 2)
    assert out or err


def refused_in_words(folder: Path, seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    spoilt = spoil(folder, seed)
    status, out, err = run(capsys, *spoilt.command)
    assert status == 2, (seed, spoilt, out)
    assert out == ""
    assert "Traceback" not in err
    for file, row, column in spoilt.named:
        place = file + (f", row {row}" if row else "") + (f", column {column}" if row and column else "")
        assert any(line.startswith(place) for line in err.splitlines()), (seed, place, err)


@pytest.mark.parametrize("seed", range(80))
def test_a_broken_file_is_refused_by_file_row_and_column(seed: int, tmp_path: Path, capsys) -> None:
    refused_in_words(tmp_path, seed, capsys)


@pytest.mark.proof
def test_a_thousand_broken_files_are_refused(tmp_path: Path, capsys) -> None:
    for seed in range(1000, 2000):
        folder = tmp_path / str(seed)
        folder.mkdir()
        refused_in_words(folder, seed, capsys)


def test_the_command_itself_ends_with_status_two_and_no_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "matchmaker", "assign", str(instance(tmp_path, "a,x,-5\n"))]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 2
    assert found.stderr == f"{tmp_path}/pairs.csv, row 2, column value: -5 is not from 0 to 1099511627776\n"


def ithaca(*words: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "ithaca", "match", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_whole_command_line_is_also_a_command_of_the_project(tmp_path: Path) -> None:
    told = ithaca("--help")
    assert told.returncode == 0
    assert all(f"\n    {name} " in told.stdout for name in ("match", "explain", "verify", "assign", "template"))
    given, answer = roster(tmp_path), tmp_path / "answer.json"
    at_once, named = ithaca(*given, "--json", answer), ithaca("match", *given)
    assert (at_once.returncode, named.returncode) == (0, 0)
    assert at_once.stdout == named.stdout != ""
    mentee = json.loads(answer.read_text(encoding="utf-8"))["pairs"][0][0]
    assert ithaca("explain", mentee, *given).stdout.startswith(f"{mentee} goes with ")
    assert ithaca("verify", *given[:4], "--answer", answer).stdout.startswith("Proved: ")
    assert ithaca("assign", instance(tmp_path, "a,x,5\n")).stdout.startswith('{"total": 5, "bound": 5')
    mine = [tmp_path / "e.csv", tmp_path / "m.csv"]
    assert ithaca("template", "--mentees", mine[0], "--mentors", mine[1]).returncode == 0
    assert all(file.exists() for file in mine)


def test_the_project_s_command_passes_on_what_the_matchmaker_says_and_its_status(tmp_path: Path) -> None:
    told = ithaca("--mentees", tmp_path / "none.csv", "--mentors", tmp_path / "none.csv")
    assert told.returncode == 2
    assert "none.csv" in told.stderr
    assert "Traceback" not in told.stderr
    assert ithaca().returncode == 2
