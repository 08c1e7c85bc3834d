"""Ours alone on one pool, as a line of JSON: `python -m benchmarks.matching.ours MENTEES MENTORS SEED KIND`.

Timed is everything from the columns of people to the proof: scoring every pair, solving, pricing every pair, the one
canonical answer. The compiled loops are loaded beforehand. The physical pass (scoring every pair once, keeping nothing)
is timed in the same run, before and after, and the better of the two counts.
"""

import json
import resource
import sys
import time
from collections.abc import Callable

import numpy as np

from benchmarks.matching.pool import pool
from matchmaker.change import changed
from matchmaker.columns import Columns
from matchmaker.generate import Best, best
from matchmaker.scan import physical_pass
from matchmaker.values import values

PROVED_BY_NUMPY = 200_000_000
"""Up to so many pairs NumPy looks at all of them again, beyond at all those of as many mentees as come to so many."""


def main(mentees: int, mentors: int, seed: int, kind: str) -> None:
    """Time ours and check it."""
    best(pool(500, 300, 0))  # loads what was compiled when the software was installed
    columns = pool(mentees, mentors, seed, ample=kind == "ample")
    before = _memory()
    passes = [_pass(columns)]
    start, work = time.perf_counter(), time.process_time()
    found = best(columns)
    seconds, cpu = time.perf_counter() - start, time.process_time() - work
    after = _memory()
    passes.append(_pass(columns))
    total = int(found.pairs.values_of(found.mate).sum())
    told = {
        "seconds": seconds,
        "cpu": cpu,
        "total": total,
        "matched": int((found.mate >= 0).sum()),
        "memory": after - before,
        "process": after,
        "pass": min(seconds for seconds, _ in passes),
        "pass_cpu": min(cpu for _, cpu in passes),
        "proved": _proved(columns, found),
    }
    if mentees * mentors <= 200_000_000:
        told["leave"] = _leave(columns, found)
    assert told["proved"]
    print(json.dumps(told))


def _proved(columns: Columns, found: Best) -> bool:
    """Whether NumPy finds no pair worth more than its prices, and the prices add up to what is made."""
    n, m = columns.shape
    step = max(1, min(n, 2_000_000 // m))
    for low in range(0, n, step * max(1, n * m // PROVED_BY_NUMPY)):
        high = min(n, low + step)
        table = values(columns, low, high)
        if ((table >= 0) & (found.u[low:high, None] + found.v < table)).any():
            return False
    return int(found.pairs.values_of(found.mate).sum()) == int(found.u.sum() + (found.v * columns.places).sum())


def _leave(columns: Columns, found: Best) -> float:
    """The best of five: one mentee and one mentor in a hundred leave, and everyone else is matched anew."""
    n, m = columns.shape
    rng = np.random.default_rng(1)
    times = []
    for _ in range(5):
        gone, places = rng.choice(n, n // 100, replace=False).tolist(), columns.places.copy()
        places[rng.choice(m, m // 100, replace=False)] = 0
        times.append(_seconds(lambda: changed(columns, found, gone, places)))  # noqa: B023 - called at once
    return min(times)


def _pass(columns: Columns) -> tuple[float, float]:
    """Seconds and CPU seconds of one physical pass."""
    work = time.process_time()
    return _seconds(lambda: physical_pass(columns)), time.process_time() - work


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _memory() -> float:
    """The most memory this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    given = sys.argv[1:]
    main(int(given[0]), int(given[1]), int(given[2]), given[3])
