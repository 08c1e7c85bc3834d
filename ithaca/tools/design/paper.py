"""A page for paper: a PDF with headings that a screen reader can follow, set in memory and kept nowhere."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typst

_SOURCE = Path(__file__).with_name("paper.typ")


def pdf(title: str, lead: Sequence[str], sections: Sequence[tuple[str, str]], language: str = "en") -> bytes:
    """Set a title, opening lines and sections (heading, plain text) as a tagged PDF (PDF/UA-1).

    The letters come with the library, so the paper is the same on every machine. They lack some signs (a smile, a
    script of another continent): then the machine's own letters help out, and the paper claims no standard.
    """
    words = {"title": title, "lead": list(lead), "sections": list(sections), "language": language}
    inputs = {"paper": json.dumps(words)}
    try:
        return _set(sys_inputs=inputs, pdf_standards="ua-1", ignore_system_fonts=True)
    except typst.TypstError:
        return _set(sys_inputs=inputs)


def _set(**options: Any) -> bytes:
    found: bytes = typst.compile(_source(), format="pdf", **options)
    return found


@cache
def _source() -> bytes:
    return _SOURCE.read_bytes()
