"""What is timed, and how: the time of the processor and of the wall, of work that loads nothing."""

import sys
import time
from collections.abc import Callable
from typing import NamedTuple, TypeVar

Found = TypeVar("Found")


class Took(NamedTuple):
    """Seconds of the processor, of all threads together, and of the wall."""

    cpu: float
    wall: float


class Loading(Exception):
    """Something was imported while the clock ran, so that loading would be counted as work."""


def clocked(work: Callable[[], Found]) -> tuple[Found, Took]:
    """Time one call. Raises Loading if a module was imported by it."""
    known = set(sys.modules)
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    took = Took(time.process_time() - cpu, time.perf_counter() - wall)
    if loaded := set(sys.modules) - known:
        raise Loading(f"imported while the clock ran: {', '.join(sorted(loaded))}")
    return found, took
