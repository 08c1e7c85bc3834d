"""The inner loops: plain functions over arrays, run as they are for small pools and compiled for large ones.

Each is one function that calls no other of ours, so the same source serves both ways; `run` chooses.
"""

import sys
from collections.abc import Callable
from functools import cache
from typing import Any

PLAIN_EDGES = 60_000
"""Up to this many pairs a kernel is quicker run as it is than loaded from the compiler's cache."""


def run(kernel: Callable[..., Any], edges: int, *given: Any) -> Any:
    """Return `kernel(*given)`, compiled if there are enough edges to be worth it, or if it is loaded."""
    plain = edges <= PLAIN_EDGES and "matchmaker.scan" not in sys.modules
    return (kernel if plain else compiled(kernel))(*given)


@cache
def compiled(kernel: Callable[..., Any]) -> Callable[..., Any]:
    """Return the kernel as machine code, stored on disk: only the first call on a machine waits for the compiler."""
    from numba import njit

    fast: Callable[..., Any] = njit(cache=True, nogil=True)(kernel)
    return fast
