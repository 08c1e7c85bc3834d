"""The access matrix as a page of the docs, made from the policy and the stage tables so that it cannot be wrong."""

from collections.abc import Iterable, Iterator

from ithaca.access.policy import ALLOWED, STAGED
from ithaca.access.routes import ROUTES
from ithaca.records.stages import Party

HEADING = """# Who may do what

Made from `access/policy.py`, `access/routes.py` and the stage tables by `ithaca access-matrix`; do not edit. What is
not listed is refused. To everyone else a record does not exist: the answer is "not found".
"""


def page() -> str:
    """Return the whole page as Markdown."""
    return "\n".join([HEADING, *_acts_without_a_stage(), *_stage_tables(), *_routes()]) + "\n"


def _acts_without_a_stage() -> Iterator[str]:
    yield from ("## Acts without a stage", "", *_row(["record", "act", *Party]), *_row(["---"] * (2 + len(Party))))
    for (noun, act), parties in sorted(ALLOWED.items()):
        yield from _row([noun, act, *("yes" if party in parties else "" for party in Party)])
    yield ""


def _stage_tables() -> Iterator[str]:
    for table in STAGED.values():
        yield from (f"## {table.noun.capitalize()}", "", *_row(["stage", "act", "by", "leads to"]), *_row(["---"] * 4))
        for row in table.rows:
            yield from _row([row.frm, row.act, ", ".join(sorted(row.by)), row.to])
        yield ""


def _routes() -> Iterator[str]:
    yield from ("## Routes", "", *_row(["route", "who may knock"]), *_row(["---"] * 2))
    for name, audience in sorted(ROUTES.items()):
        yield from _row([name, audience])


def _row(cells: Iterable[str]) -> Iterator[str]:
    yield f"| {' | '.join(str(cell) for cell in cells)} |"
