"""What was measured, as tables in Markdown."""

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.matching.turns import Runs

Row = list[str]
SIDE_BY_SIDE = [
    "pool",
    "who",
    "CPU ms: median (least–most)",
    "of ours",
    "wall ms: median (least–most)",
    "of the best total",
    "matched",
    "memory MB",
    "runs",
]
ALONE = ["pool", "CPU s", "wall s", "CPU passes", "passes", "leave ms", "memory MB", "in all MB", "matched", "proved"]


def rows_of(
    pool: str, runs: Mapping[str, Runs], worth: Mapping[str, tuple[int, int] | None], mentees: int
) -> list[Row]:
    """A row for each who took part. `worth`: what their pairs come to, and how many these are, where they made any."""
    best = max((told[0] for told in worth.values() if told), default=0)
    ours = _median(runs["ours"], 0) if runs.get("ours") and runs["ours"].took else None
    rows = []
    for name, run in runs.items():
        told = worth.get(name)
        if run.fault or not run.took:
            rows.append([pool, name, run.fault or "did not run", *[""] * (len(SIDE_BY_SIDE) - 3)])
            continue
        rows.append(
            [
                pool,
                name,
                spread([took.cpu for took in run.took]),
                "" if ours is None else times(_median(run, 0), ours),
                spread([took.wall for took in run.took]),
                share(told[0], best) if told else "",
                f"{told[1] / mentees:.1%}" if told else "",
                f"{run.memory:.0f}",
                str(len(run.took)),
            ]
        )
    return rows


def _median(run: Runs, which: int) -> float:
    return statistics.median(took[which] for took in run.took)


def spread(seconds: Sequence[float]) -> str:
    """Some times as milliseconds: the median, the least and the most."""
    middle, least, most = (_short(1000 * s) for s in (statistics.median(seconds), min(seconds), max(seconds)))
    return f"{middle} ({least}–{most})"


def times(theirs: float, ours: float) -> str:
    """How many times as long as ours it took: below 1 it was quicker than ours."""
    return f"{_short(theirs / ours)}×"


def share(total: int, best: int) -> str:
    """A share of the best total, never rounded up to all of it."""
    if total == best:
        return "100%"
    return f"{min(total / best, 0.99999):.3%}" if best else ""


def _short(number: float) -> str:
    """About three digits of a number; below a tenth two, however small it is."""
    if number < 0.1:
        return f"{number:.2g}"
    return f"{number:,.0f}" if number >= 100 else f"{number:.1f}" if number >= 10 else f"{number:.2f}"


def alone_row(pool: str, found: Mapping[str, Any], mentees: int) -> Row:
    """A row of what ours does alone."""
    return [
        pool,
        f"{found['cpu']:.3f}",
        f"{found['seconds']:.3f}",
        f"{found['cpu'] / found['pass_cpu']:.1f}",
        f"{found['seconds'] / found['pass']:.1f}",
        f"{found['leave'] * 1000:.1f}" if "leave" in found else "",
        f"{found['memory']:.0f}",
        f"{found['process']:.0f}",
        f"{found['matched'] / mentees:.1%}",
        "yes" if found["proved"] else "no",
    ]


def markdown(rows: Sequence[Row], head: Row = SIDE_BY_SIDE) -> str:
    """The rows under their heads."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))
