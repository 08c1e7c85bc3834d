"""A copy of a room as files to keep: a page, a paper, data, and all of it packed with the files of the two."""

import io
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zipfile import ZipFile, ZipInfo

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ithaca.records.mentorships.writing.queries.attachments import File
from ithaca.records.mentorships.writing.queries.copies import Copy, Entry
from ithaca.tools.design.paper import pdf
from ithaca.tools.design.templatetags.design import clock, day

FORMAT, VERSION = "ithaca-room", 1
"""What the data calls itself; docs/room-copy.md describes it."""
Paths = dict[UUID, str]
"""Where a file lies in the package, by its uuid. Empty when the files do not come along."""


def page(copy: Copy, paths: Paths | None = None, lost: frozenset[UUID] = frozenset()) -> str:
    """One readable page with its own styles and no scripts. Files `lost` are said to be so."""
    parts = [(part, [_shown(entry, copy, paths or {}, lost) for entry in part.entries]) for part in copy.parts]
    context = {"copy": copy, "parts": parts, "closed": _closed(copy)}
    return render_to_string("meeting/copy_file.html", context)


def paper(copy: Copy) -> bytes:
    """Return the copy as a PDF; files are listed by name."""
    lead = [copy.scheme, _made(copy)]
    if copy.closed:
        lead.append(_closed(copy))
    sections = [(part.heading, "\n".join(_lines(entry, copy) for entry in part.entries)) for part in copy.parts]
    return pdf(_title(copy), lead, sections)


def data(copy: Copy, paths: Paths | None = None) -> str:
    """Return the copy as JSON, as docs/room-copy.md describes it."""
    found = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": copy.made_at.isoformat(),
        "scheme": copy.scheme,
        "you": copy.you,
        "other": copy.other,
        "you_are": str(copy.you_are),
        "parts": [
            {
                "key": part.key,
                "heading": part.heading,
                "entries": [_plain(entry, paths or {}) for entry in part.entries],
            }
            for part in copy.parts
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=1)


def package(copy: Copy, open_file: Callable[[File], bytes | None]) -> Iterator[bytes]:
    """All of it as a ZIP, piece by piece, so that no more than one file is in memory. `open_file` may give None."""
    pipe = _Pipe()
    at = timezone.localtime(copy.made_at).timetuple()[:6]
    paths = {file.pk: f"files/{number:03} {file.name}" for number, file in enumerate(copy.files, start=1)}
    lost: set[UUID] = set()
    with ZipFile(pipe, "w") as packed:
        for file in copy.files:
            held = open_file(file)
            if held is None:
                lost.add(file.pk)
            else:
                packed.writestr(ZipInfo(paths[file.pk], at), held)
            yield pipe.taken()
        packed.writestr(ZipInfo("room.json", at), data(copy, paths))
        packed.writestr(ZipInfo("room.html", at), page(copy, paths, frozenset(lost)))
    yield pipe.taken()


class _Pipe(io.RawIOBase):
    """What is written into it can be taken out again, once."""

    def __init__(self) -> None:
        self._held = io.BytesIO()

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        return self._held.write(piece)

    def taken(self) -> bytes:
        """Return what was written since it was asked last."""
        found = self._held.getvalue()
        self._held = io.BytesIO()
        return found


def _title(copy: Copy) -> str:
    return _("%(you)s and %(other)s") % {"you": copy.you, "other": copy.other}


def _made(copy: Copy) -> str:
    return _("Copy made on %(day)s, for %(you)s only.") % {"day": day(copy.made_at), "you": copy.you}


def _closed(copy: Copy) -> str:
    words = ngettext(
        "We couldn't unlock one thing for you, so it's missing here.",
        "We couldn't unlock %(number)d things for you, so they're missing here.",
        copy.closed,
    )
    return words % {"number": copy.closed} if copy.closed else ""


def _who(entry: Entry, copy: Copy) -> str:
    return {"you": copy.you, "other": copy.other}.get(entry.by, "")


def _when(entry: Entry) -> str:
    if entry.at is not None:
        return f"{day(entry.at)}, {clock(entry.at)}"
    return day(entry.on)


def _heading(entry: Entry, copy: Copy) -> str:
    return ". ".join(word for word in (_who(entry, copy), _when(entry), entry.about) if word)


def _shown(entry: Entry, copy: Copy, paths: Paths, lost: frozenset[UUID]) -> dict[str, Any]:
    files = [(file.name, "" if file.pk in lost else paths.get(file.pk, ""), file.pk in lost) for file in entry.files]
    return {"heading": _heading(entry, copy), "text": entry.text, "files": files, "mine": entry.by == "you"}


def _lines(entry: Entry, copy: Copy) -> str:
    text = _("We couldn't unlock this for you.") if entry.text is None else entry.text
    files = _("Files: %(names)s") % {"names": ", ".join(file.name for file in entry.files)} if entry.files else ""
    return "\n".join(line for line in (f"— {_heading(entry, copy)}", text, files) if line)


def _plain(entry: Entry, paths: Paths) -> dict[str, Any]:
    when: datetime | date | None = entry.at or entry.on
    files = [
        {"name": file.name, "type": str(file.kind), "bytes": file.size, "path": paths.get(file.pk)}
        for file in entry.files
    ]
    return {
        "at": when.isoformat() if when else None,
        "by": entry.by or None,
        "about": entry.about or None,
        "text": entry.text,
        "opens": entry.text is not None,
        "files": files,
    }
