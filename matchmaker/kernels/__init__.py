"""The inner loops: plain functions over arrays, run as they are for small pools and compiled for large ones.

Each is one function that calls no other of ours, so the same source serves both ways; `run` chooses.
"""

from collections.abc import Callable
from typing import Any

PLAIN_EDGES = 20_000
"""Up to this many pairs a kernel is quicker run as it is than loaded from the compiler's cache."""

_ready: dict[Callable[..., Any], Callable[..., Any]] = {}


def run(kernel: Callable[..., Any], edges: int, *given: Any) -> Any:
    """The result of `kernel(*given)`, compiled when there are edges enough to be worth it, or when it already is."""
    return (compiled(kernel) if edges > PLAIN_EDGES or kernel in _ready else kernel)(*given)


def compiled(kernel: Callable[..., Any]) -> Callable[..., Any]:
    """The kernel as machine code, kept on disk: only the first call on a machine waits for the compiler."""
    if kernel not in _ready:
        from numba import njit

        _ready[kernel] = njit(cache=True, nogil=True)(kernel)
    return _ready[kernel]
