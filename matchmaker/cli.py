"""The command line: a coordinator with two spreadsheets and no server, or a bare instance in a file."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from matchmaker.sheets import MOST_FAULTS, Fault, SheetError

FALSE, UNUSABLE = 1, 2
"""Exit statuses: an answer whose proof does not hold; input that cannot be used."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Return the exit status: 0 done, 1 a proof that doesn't hold, 2 input that can't be used."""
    given = _parser().parse_args(arguments)
    try:
        run: Callable[[argparse.Namespace], int] = given.run
        return run(given)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read has read enough
        return 0
    except SheetError as error:
        for fault in error.faults[:MOST_FAULTS]:
            print(fault, file=sys.stderr)
        if len(error.faults) > MOST_FAULTS:
            print(f"… and {len(error.faults) - MOST_FAULTS} more", file=sys.stderr)
        return UNUSABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="matchmaker", description="Who goes with whom, the best for all, with its proof."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    rosters = argparse.ArgumentParser(add_help=False)
    rosters.add_argument("--mentees", type=Path, required=True, metavar="FILE", help="CSV or XLSX, a row a mentee")
    rosters.add_argument("--mentors", type=Path, required=True, metavar="FILE", help="CSV or XLSX, a row a mentor")
    rosters.add_argument("--policy", type=Path, metavar="FILE", help="TOML: the scheme's weights and rules")
    rosters.add_argument("--today", type=_day, metavar="DATE", help="the day waiting is counted to (else today)")

    match = commands.add_parser("match", parents=[rosters], help="match a roster and say why")
    match.add_argument("--json", type=Path, metavar="FILE", help="where to write the answer, to verify it by")
    match.set_defaults(run=_match)

    explain = commands.add_parser("explain", parents=[rosters], help="why this mentor, or why not that one")
    explain.add_argument("mentee", metavar="MENTEE", help="id of a mentee")
    explain.add_argument("mentor", metavar="MENTOR", nargs="?", help="id of a mentor")
    explain.set_defaults(run=_explain)

    verify = commands.add_parser("verify", help="check an answer's proof without the solver")
    verify.add_argument("--answer", type=Path, required=True, metavar="FILE", help="what match or assign wrote")
    verify.add_argument("--mentees", type=Path, metavar="FILE", help="the roster it was made from")
    verify.add_argument("--mentors", type=Path, metavar="FILE")
    verify.add_argument("--pairs", type=Path, metavar="FILE", help="or the bare instance")
    verify.add_argument("--capacity", type=Path, metavar="FILE")
    verify.set_defaults(run=_verify)

    assign = commands.add_parser("assign", help="solve a bare instance: pairs, values and capacities")
    assign.add_argument("pairs", type=Path, metavar="PAIRS", help="CSV or XLSX: mentee, mentor, value (whole, ≥ 0)")
    assign.add_argument("--capacity", type=Path, metavar="MENTORS", help="CSV or XLSX: mentor, capacity (else 1 each)")
    assign.add_argument("--json", type=Path, metavar="FILE", help="where to write the answer (else it is printed)")
    assign.set_defaults(run=_assign)

    template = commands.add_parser("template", help="write two spreadsheets to start from")
    template.add_argument("--mentees", type=Path, default=Path("mentees.csv"), metavar="FILE")
    template.add_argument("--mentors", type=Path, default=Path("mentors.csv"), metavar="FILE")
    template.set_defaults(run=_template)

    prepare = commands.add_parser("prepare", help="compile for this machine, so that nobody waits for it later")
    prepare.set_defaults(run=_prepare)
    return parser


def _match(given: argparse.Namespace) -> int:
    from matchmaker.fairness import fairness_as_mapping
    from matchmaker.proof import answer_of
    from matchmaker.report import report

    found = _matched(given)
    if given.json:
        _write(given.json, answer_of(found) | fairness_as_mapping(found))
    for line in report(found):
        print(line)
    return 0


def _explain(given: argparse.Namespace) -> int:
    from matchmaker.report import report_mentee, report_pair

    found = _matched(given)
    mentees, mentors = ({p.id: p for p in some} for some in (found.roster.mentees, found.roster.mentors))
    if given.mentee not in mentees:
        raise SheetError([Fault(str(given.mentees), 0, "id", f"nobody is {given.mentee!r}")])
    if given.mentor is not None and given.mentor not in mentors:
        raise SheetError([Fault(str(given.mentors), 0, "id", f"nobody is {given.mentor!r}")])
    one = mentees[given.mentee]
    for line in report_mentee(found, one) if given.mentor is None else report_pair(found, one, mentors[given.mentor]):
        print(line)
    return 0


def _matched(given: argparse.Namespace) -> Any:
    """Match the roster in the files given."""
    from matchmaker.match import match
    from matchmaker.roster import RosterError
    from matchmaker.roster_files import read_policy, read_roster

    faults: list[Fault] = []
    today = given.today or datetime.now().astimezone().date()
    try:
        policy = read_policy(given.policy)
    except SheetError as error:
        faults += error.faults
    try:
        roster = read_roster(given.mentees, given.mentors)
    except SheetError as error:
        faults += error.faults
    if faults:
        raise SheetError(faults)
    try:
        return match(roster, policy, today, told=_tell)
    except RosterError as error:
        raise SheetError([Fault(str(given.mentees), 0, "", fault) for fault in error.errors]) from None


def _verify(given: argparse.Namespace) -> int:
    from matchmaker.instance import faults_of_assignment, read_instance
    from matchmaker.proof import faults_of
    from matchmaker.roster_files import read_roster

    answer = _read_answer(given.answer)
    if given.pairs:
        faults = faults_of_assignment(read_instance(given.pairs, given.capacity), answer)
    elif given.mentees and given.mentors:
        faults = faults_of(read_roster(given.mentees, given.mentors), answer)
    else:
        raise SheetError([Fault(str(given.answer), 0, "", "give --mentees and --mentors, or --pairs, to check it by")])
    for fault in faults[:MOST_FAULTS]:
        print(fault)
    if not faults:
        print(f"Proved: {len(answer['pairs'])} pairs worth {answer['total']}, and no match is worth more.")
    return FALSE if faults else 0


def _assign(given: argparse.Namespace) -> int:
    from matchmaker.instance import assign, read_instance

    instance = read_instance(given.pairs, given.capacity)
    answer = assign(instance)
    if not given.json:
        print(json.dumps(answer, ensure_ascii=False))
        return 0
    _write(given.json, answer)
    print(
        f"{answer['matched']} of {len(instance.mentees)} mentees have a mentor. "
        f"Proof: the pairs are worth {answer['total']}, and the prices show that no others are worth more than "
        f"{answer['bound']}."
    )
    return 0


def _template(given: argparse.Namespace) -> int:
    from matchmaker.roster_files import write_templates

    try:
        write_templates(given.mentees, given.mentors)
    except OSError as error:
        raise SheetError([Fault(str(error.filename), 0, "", f"cannot be written: {error.strerror}")]) from None
    print(f"Wrote {given.mentees} and {given.mentors}. The second row says what each column is for.")
    return 0


def _prepare(given: argparse.Namespace) -> int:
    from matchmaker.prepare import prepare

    prepare()
    print("Compiled for this machine.")
    return 0


def _tell(what: str, share: float) -> None:
    """Show progress on a terminal only, so that files and pipes stay clean."""
    if sys.stderr.isatty():
        words = {
            "listing": "reading every pair",
            "pricing": f"pricing every pair; {share:.1%} of mentees to go on with",
        }
        print(f"… {words[what]}", file=sys.stderr)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write 2026-11-02") from None


def _read_answer(path: Path) -> dict[str, Any]:
    try:
        answer = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SheetError([Fault(str(path), 0, "", f"cannot be read: {error.strerror}")]) from None
    except (ValueError, RecursionError) as error:
        raise SheetError([Fault(str(path), 0, "", f"is not JSON: {error}")]) from None
    if not isinstance(answer, dict):
        raise SheetError([Fault(str(path), 0, "", "is not an answer of match or assign")])
    return answer


def _write(path: Path, answer: dict[str, Any]) -> None:
    try:
        path.write_text(json.dumps(answer, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise SheetError([Fault(str(path), 0, "", f"cannot be written: {error.strerror}")]) from None
