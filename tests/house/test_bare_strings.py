"""No stage and no act is written as a bare string: each is a member of its enumeration.

The values come from the enumerations themselves. mypy refuses a bare act to `move`, `may` and the gate; but a stage is
read from the database as a plain string, so mypy cannot see a comparison with a word that no table has. This test sees
it by where the string stands: compared with something called stage or act, passed as `stage=`, given to one of the
functions that take an act, matched by a `case`, written to the ledger under its noun, or in a collection all of stages.
It does not see a string that goes through a variable of another name, nor a word that no enumeration has; and a stage
is also an everyday word ("draft", "answer"), so what stands elsewhere, as a form's field or an email's file, is free.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from ithaca.access.policy import STAGED, Access

ROOT = Path(__file__).parents[2]
FILES = [path for path in sorted((ROOT / "ithaca").rglob("*.py")) if "migrations" not in path.parts]
STAGES = {str(stage) for table in STAGED.values() for stage in table.stages}
ACTS = {str(act) for table in STAGED.values() for act in table.acts} | {str(act) for act in Access}
TAKE_AN_ACT = {"move", "may", "allows", "to", "parties", "refusal"}
"""Functions and methods with an act among their arguments, besides the gate's openers."""


def bare(source: str) -> Iterator[tuple[int, str]]:
    """Yield (line, value) of every bare stage or act."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Compare(left, _, others):
                sides = [left, *others]
                if any(_called(side) in ("stage", "act") for side in sides):
                    yield from (found for side in sides for found in _words(side, STAGES | ACTS))
            case ast.keyword(str(name), value) if name.split("__")[-1] == "stage" or name.endswith("stage__in"):
                yield from _words(value, STAGES)
            case ast.keyword("act", value) | ast.AnnAssign(ast.Name("act"), _, ast.expr() as value):
                yield from _words(value, ACTS)
            case ast.AnnAssign(ast.Name("stage"), _, ast.expr() as value):
                yield from _words(value, STAGES)
            case ast.match_case(pattern) if any(_called(word) == "stage" for word in _subjects(node, source)):
                yield from (each for part in ast.walk(pattern) for each in _words(part, STAGES))
            case ast.Call(function, arguments):
                yield from _acts_passed(function, arguments)
            case ast.Tuple(elements) | ast.List(elements) | ast.Set(elements):
                yield from _all_stages(elements)
            case ast.Dict(keys):
                yield from _all_stages([key for key in keys if key is not None])


def _subjects(case: ast.match_case, source: str) -> list[ast.expr]:
    """Return what is matched by the statement to which the case belongs."""
    found = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Match))
    line = case.pattern.lineno
    return [node.subject for node in found if node.lineno < line <= (node.end_lineno or line)]


def _called(node: ast.AST) -> str:
    """Return the last name of an expression: "stage" of `row.stage`, `stage` and `row["stage"]`."""
    match node:
        case ast.Attribute(attr=name) | ast.Name(name) | ast.Subscript(slice=ast.Constant(str(name))):
            return name
    return ""


def _words(node: ast.AST, among: set[str]) -> Iterator[tuple[int, str]]:
    """Yield those strings of an expression, also of a collection or of a choice, that are `among` the names."""
    match node:
        case ast.Constant(str(value)) if value in among:
            yield node.lineno, value
        case ast.Tuple(parts) | ast.List(parts) | ast.Set(parts):
            yield from (found for part in parts for found in _words(part, among))
        case ast.IfExp(_, body, orelse):
            yield from (found for part in (body, orelse) for found in _words(part, among))
        case ast.MatchValue(value):
            yield from _words(value, among)


def _acts_passed(function: ast.expr, arguments: list[ast.expr]) -> Iterator[tuple[int, str]]:
    """Yield the acts passed to a function that takes one, and those written to the ledger under their own noun."""
    name = _called(function)
    of_the_gate = isinstance(function, ast.Attribute) and _called(function.value) == "gate" and name.islower()
    if name in TAKE_AN_ACT or of_the_gate:
        yield from (found for each in arguments for found in _words(each, ACTS))
    if name in ("handled", "record", "Impossible"):
        nouns = [each.value for each in arguments if isinstance(each, ast.Constant) and each.value in STAGED]
        acts = {str(act) for noun in nouns for act in STAGED[str(noun)].acts}
        yield from (found for each in arguments for found in _words(each, acts) if found[1] not in nouns)


def _all_stages(elements: list[ast.expr]) -> Iterator[tuple[int, str]]:
    """Yield the elements when there are several and every one is a stage of one and the same noun."""
    words = [each.value for each in elements if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    if len(words) == len(elements) > 1 and any(set(words) <= set(map(str, t.stages)) for t in STAGED.values()):
        yield from ((elements[0].lineno, word) for word in words)


def test_no_stage_and_no_act_is_a_bare_string() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {word}" for path in FILES for line, word in bare(path.read_text("utf-8"))
    ]
    assert len(FILES) > 300, "the files are found"
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        'row.stage == "draft"',
        'if row["stage"] in ("active", "ended"): pass',
        'rows.filter(stage="draft")',
        'rows.exclude(membership__stage__in=["active"])',
        'moves.move(row, "withdraw", by, at=at)',
        'moves.move(row, "hold" if met else "miss", by, at=at)',
        'opened.may("propose")',
        'gate.request(request.actor, pk, "read")',
        'ledger.handled(form, "session", pk, "cancel")',
        'if step.act == "ask_mediation": pass',
        'OPEN = ("draft", "submitted")',
        'WORDS = {"held": 1, "no_show": 2}',
        'stage: str = "unasked"',
        'match row.stage:\n    case "draft" | "applied":\n        pass',
    ],
)
def test_a_bare_string_is_found(source: str) -> None:
    assert list(bare(source)) != []


@pytest.mark.parametrize(
    "source",
    [
        "row.stage == RequestStage.DRAFT",
        "moves.move(row, RequestAct.WITHDRAW, by, at=at)",
        'button("propose")',
        'raise gate.NotFound("signpost")',
        'found = {"answer": letter, "forms": forms}',
        'KINDS = ("members", "mentors", "waiting", "pairs")',
        'ledger.record("mentorship", pk, "pause_until", by=by, at=at)',
        'match kind:\n    case "draft":\n        pass',
    ],
)
def test_an_everyday_word_is_free(source: str) -> None:
    assert list(bare(source)) == []
