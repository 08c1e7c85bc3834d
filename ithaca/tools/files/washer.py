"""A program of its own that opens a file from outside: no keys, no database, no environment, little memory and time.

    python -m ithaca.tools.files.washer image/jpeg < as-it-came > as-it-is-kept

It ends with `REFUSED` and a word of `Reason` among its errors when the file is not taken.
"""

import resource
import sys

from ithaca.tools.files.kinds import Kind, Reason, Unwelcome

REFUSED = 3
MEMORY = 1024**3
"""Bytes of address space."""
SECONDS = 20
"""Of the processor."""


def washed(kind: Kind, data: bytes) -> bytes:
    """Redraw a picture or rewrite a PDF. Raises Unwelcome."""
    try:
        if kind is Kind.PDF:
            from ithaca.tools.files import papers  # the libraries are read in this process alone

            return papers.rewritten(data)
        from ithaca.tools.files import pictures

        return pictures.redrawn(kind, data)
    except (MemoryError, RecursionError):
        raise Unwelcome(Reason.COSTLY) from None


def main() -> int:
    """Clean the file on standard input, and write it to standard output."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        hard = resource.getrlimit(what)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (least, least))
    try:
        sys.stdout.buffer.write(washed(Kind(sys.argv[1]), sys.stdin.buffer.read()))
    except Unwelcome as why:
        sys.stderr.write(why.reason)
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
