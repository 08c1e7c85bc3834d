"""One solver, loaded and waiting: `python -m benchmarks.matching.warm NAME TASK FOLDER MENTEES MENTORS SEED KIND`.

It loads itself, reads the instance and works once; then it says that it is ready. For each line it is sent it works
once more and answers with the time that took, so that several of these can take turns. TASK: `values` (the finished
values are given), `people` (their columns are), or one of the two that make no match: `scoring`, `pass`.
"""

import json
import resource
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.matching.clock import clocked
from benchmarks.matching.solvers import SOLVERS, physical_pass, scoring, whole


def main(name: str, task: str, folder: Path, mentees: int, mentors: int, seed: int, kind: str) -> None:
    """Work once unseen, then once for each line read."""
    work = prepared(name, task, folder, (mentees, mentors, seed, kind))
    found = work()
    if task in ("values", "people"):
        np.asarray(found, np.int64).tofile(folder / f"mates {name}")
    answer({"ready": True})
    for _line in sys.stdin:
        _, took = clocked(work)
        answer(
            {"cpu": took.cpu, "wall": took.wall, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
        )


def prepared(name: str, task: str, folder: Path, people: tuple[int, int, int, str]) -> Callable[[], Any]:
    """What is timed: everything it needs is loaded and read."""
    if task == "values":
        solve = SOLVERS[name].load()
        table, places = np.load(folder / "table.npy", mmap_mode="r"), np.load(folder / "places.npy")
        return lambda: solve(table, places)
    from benchmarks.matching.pool import pool

    columns = pool(*people[:3], ample=people[3] == "ample")
    work: Callable[[Any], Any] = {"scoring": scoring, "pass": physical_pass}.get(task, lambda: whole(name))()
    return lambda: work(columns)


def answer(what: dict[str, object]) -> None:
    """A line of JSON for whoever takes the turns."""
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    name, task, folder, *numbers, kind = sys.argv[1:]
    # One of the solvers copies its players recursively: give it the depth and the stack it needs.
    sys.setrecursionlimit(10**6)
    threading.stack_size(1 << 29)
    thread = threading.Thread(target=main, args=(name, task, Path(folder), *map(int, numbers), kind))
    thread.start()
    thread.join()
