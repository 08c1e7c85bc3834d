"""Taking a file from a person: known by what it holds, made harmless, and given a plain name."""

import hashlib
import re
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from ithaca.tools.files import texts, washer
from ithaca.tools.files.kinds import Kind, Reason, Unwelcome, kind_of

MOST_BYTES = 10 * 1024 * 1024
SECONDS = 30
"""How long a person waits for a file at most."""
LONGEST_NAME = 80

_ROOT = Path(__file__).resolve().parents[3]
_SUFFIXES = re.compile(r"(\.(jpe?g|png|webp|pdf|txt))*(\.[a-z][a-z0-9]{1,4})?$", re.IGNORECASE)
_NOWHERE = re.compile(r'[<>:"|?*]')  # no name for a file on many a work computer
_few_at_once = threading.BoundedSemaphore(2)  # each may take a good part of a small server's memory


@dataclass(frozen=True, slots=True, repr=False)
class CleanFile:
    """A file that may be kept. Its name is content, as is what it holds."""

    name: str
    kind: Kind
    data: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of what it holds, in hexadecimal: the same file comes out the same."""
        return hashlib.sha256(self.data).hexdigest()


def clean(name: str, data: bytes) -> CleanFile:
    """Return the file as it can be stored. Raises Unwelcome, whose reason says why it can't."""
    if len(data) > MOST_BYTES:
        raise Unwelcome(Reason.LARGE)
    kind = kind_of(data)
    found = texts.rewritten(data) if kind is Kind.TEXT else _washed(kind, data)
    if len(found) > MOST_BYTES:
        raise Unwelcome(Reason.LARGE)
    return CleanFile(plain_name(name, kind), kind, found)


def plain_name(name: str, kind: Kind) -> str:
    """Return the name without folders, hidden characters or a wrong ending: a JPEG "a.jpg.exe" becomes "a.jpg"."""
    shown = "".join(mark for mark in re.split(r"[/\\]", name)[-1] if mark.isprintable()).strip(" .")
    stem = _NOWHERE.sub("-", _SUFFIXES.sub("", shown, count=1))[:LONGEST_NAME].strip(" .")
    return (stem or "file") + kind.suffix


def _washed(kind: Kind, data: bytes) -> bytes:
    """Clean the file in a process of its own, which knows nothing and can do little."""
    with _few_at_once:
        try:
            done = subprocess.run(  # noqa: S603 - our own program, with one of five words
                [sys.executable, "-P", "-m", washer.__name__, kind],
                input=data,
                capture_output=True,
                timeout=SECONDS,
                env={"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
                cwd="/",
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Unwelcome(Reason.COSTLY) from None
    if done.returncode == washer.REFUSED:
        raise Unwelcome(Reason(done.stderr.decode()))
    if done.returncode or not done.stdout:
        raise Unwelcome(Reason.COSTLY if done.returncode < 0 else Reason.DAMAGED)
    return done.stdout
