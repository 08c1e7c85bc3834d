"""The command line: a coordinator with two spreadsheets and no server, or a bare instance in a file."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matchmaker.sheets import Fault, SheetError

REFUSED = 2
"""The exit status for input that cannot be used."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status: 0 done, 1 a proof that does not hold, 2 input that cannot be used."""
    given = _parser().parse_args(arguments)
    try:
        return int(given.run(given))
    except SheetError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="matchmaker", description="Who goes with whom, the best for all, with its proof."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    assign = commands.add_parser("assign", help="solve a bare instance: pairs, values and capacities")
    assign.add_argument("pairs", type=Path, metavar="PAIRS", help="CSV or XLSX: mentee, mentor, value (whole, ≥ 0)")
    assign.add_argument("--capacity", type=Path, metavar="MENTORS", help="CSV or XLSX: mentor, capacity (else 1 each)")
    assign.add_argument("--json", type=Path, metavar="FILE", help="where to write the answer (else it is printed)")
    assign.set_defaults(run=_assign)
    return parser


def _assign(given: argparse.Namespace) -> int:
    from matchmaker.instance import assign, read_instance

    instance = read_instance(given.pairs, given.capacity)
    answer = assign(instance)
    if given.json:
        _write(given.json, answer)
        print(
            f"{answer['matched']} of {len(instance.mentees)} mentees have a mentor; total {answer['total']}, "
            f"and the prices prove that none is greater: bound {answer['bound']}."
        )
    else:
        print(json.dumps(answer, ensure_ascii=False))
    return 0


def _write(path: Path, answer: dict[str, Any]) -> None:
    try:
        path.write_text(json.dumps(answer, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise SheetError([Fault(str(path), 0, "", f"cannot be written: {error.strerror}")]) from None
