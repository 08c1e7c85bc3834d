"""Find every string of the pages, emails and messages, and write them down to be read or translated.

The English is the msgid. Babel reads the Python. A template is first turned into gettext calls on the same lines, by
Django's own `templatize`, and then Babel reads those. It is all Python, so no xgettext has to be installed.

docs/strings.md says on which day it was written, and no test compares it with the code: every change of a line would
move its numbers and turn that test red, for a page that nothing depends on. What is tested is that nothing is missed.
"""

from collections import defaultdict
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract, extract_python
from babel.messages.pofile import write_po
from django.utils.translation.template import templatize

KEYWORDS: Mapping[str, Any] = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
"""The functions whose arguments are strings: Babel's own, and Django's lazy ones."""
TEMPLATES = (".html", ".txt")
FLOORS = ("journeys", "publishing", "access", "records", "tools", "config")
"""The order of the page: the rooms with the most to read come first."""
_String = tuple[tuple[str, ...], str | None]


@dataclass(frozen=True)
class Found:
    """One string at one place. `forms` has a second member if the string has a plural."""

    path: Path
    line: int
    forms: tuple[str, ...]
    context: str | None
    comments: tuple[str, ...]


def find(root: Path) -> Iterator[Found]:
    """Yield every string below `root`, by file and line. A file that is not valid raises SyntaxError."""
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root).parts
        if path.suffix == ".py" and "migrations" not in inside:
            method: Any = extract_python
        elif path.suffix in TEMPLATES and "templates" in inside:
            method = extract_template
        else:
            continue
        with path.open("rb") as file:
            found = extract(method, file, KEYWORDS, ("Translators",))
            for line, message, comments, context in sorted(found, key=lambda one: one[0]):
                forms = (message,) if isinstance(message, str) else tuple(message)
                yield Found(path.relative_to(root), line, forms, context, tuple(comments))


def extract_template(
    file: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Generator[Any, None, None]:
    """Extract the strings of a Django template; the arguments are those of every extraction method of Babel's.

    `templatize` keeps the indentation of the template, which Python's tokenizer refuses, so each line is moved left.
    """
    source = templatize(file.read().decode())
    flat = "\n".join(line.lstrip() for line in source.split("\n"))
    yield from extract_python(BytesIO(flat.encode()), keywords, comment_tags, {})


def catalogue(found: Iterable[Found], version: str) -> str:
    """Write a catalogue for translators (a .pot file): each string once, with all its places."""
    strings = Catalog(project="Ithaca", version=version, charset="utf-8", fuzzy=False)
    for one in found:
        strings.add(
            one.forms if len(one.forms) > 1 else one.forms[0],
            locations=[(one.path.as_posix(), one.line)],
            auto_comments=one.comments,
            context=one.context,
        )
    file = BytesIO()
    write_po(file, strings, width=100)
    return file.getvalue().decode()


def page(found: Iterable[Found], version: str, today: date) -> str:
    """Write every string on one page of Markdown, by room and file, in the order of the lines."""
    rooms: dict[str, dict[_String, list[Found]]] = defaultdict(lambda: defaultdict(list))
    for one in found:
        rooms[_room(one.path)][one.forms, one.context].append(one)
    order = sorted(rooms, key=lambda room: (FLOORS.index(room.split("/")[0]), room))
    total = sum(map(len, rooms.values()))
    about = (
        f"`make strings` wrote this page on {today.day} {today:%B %Y} from version {version}; please don't edit it. It "
        f"lists the {total:,} strings of the pages, emails and messages, so that you can read them all in one sitting. "
        "To change a string, change it in its file. The number before a string is its line. A string that a room uses "
        "more than once is listed where it comes first. Text that editors write, the texts that come with a scheme's "
        "preset and what the people in the demonstration say are not listed."
    )
    lines = [
        "# Every string",
        "",
        about,
        "",
        *(f"- `{room}`: {len(rooms[room]):,}" for room in order),
    ]
    for room in order:
        lines += ["", f"## {room}"]
        file = None
        for string, places in rooms[room].items():
            if places[0].path != file:
                file = places[0].path
                lines += ["", f"### {file.relative_to(room)}", ""]
            lines.append(_line(string, places))
    return "\n".join(lines) + "\n"


def _room(path: Path) -> str:
    """Return the folder that counts as a room: a journey, a tool, a noun of records, or a part of mentorships."""
    depth = {"journeys": 2, "records": 2, "tools": 2}.get(path.parts[0], 1)
    depth += path.parts[:2] == ("records", "mentorships")
    return "/".join(path.parts[: min(depth, len(path.parts) - 1)])


def _line(string: _String, places: list[Found]) -> str:
    """Write a string as one line of a list."""
    forms, context = string
    lines = ", ".join(str(one.line) for one in places if one.path == places[0].path)
    others = sorted({one.path.name for one in places} - {places[0].path.name})
    return (
        f"- {lines}: {' **or** '.join(map(_plain, forms))}"
        + (f" *({context})*" if context else "")
        + (f" *(also in {', '.join(others)})*" if others else "")
    )


def _plain(text: str) -> str:
    """Show a text as a reader will see it: with single per cent signs, and nothing that Markdown would act on."""
    paragraphs = (" ".join(part.split()) for part in text.strip().split("\n\n"))
    shown = " ¶ ".join(part for part in paragraphs if part).replace("%%", "%")
    for mark in "\\*`<[":
        shown = shown.replace(mark, "\\" + mark)
    return shown
