"""A room with ten thousand messages and notes: its pages, its search and a copy, as ratios to an empty signed-in view.

    python -m benchmarks.room [how many] [rounds]

In-process on a throw-away SQLite database, as `benchmarks.pages`: the pages take turns, each counts by its median
round, and the clock is the processor's. Each page is asked for once before that, so that what is loaded and
compiled on first use is part of none. The same pages are measured in a room with ten first. One message or note in a
hundred has a file with it.
"""

import statistics
import sys
import time
from datetime import timedelta
from typing import Any

from benchmarks.pages.__main__ import add_empty_view, prepare

FEW, NOTES, FILES = 10, 3, 100
"""The small room; of how many one is a note, and of how many one has a file."""
PAGES = {
    "the room": "",
    "messages": "messages/",
    "messages, page 50": "messages/?page=50",
    "notes": "notes/",
    "search": "search/",
    "timeline": "timeline/",
    "copy, page": "copy/",
    "copy, data": "copy/",
    "copy, PDF": "copy/",
    "copy, ZIP": "copy/",
}
SENT = {
    "search": {"words": "number 7"},
    "copy, page": {"kind": "html"},
    "copy, data": {"kind": "json"},
    "copy, PDF": {"kind": "pdf"},
    "copy, ZIP": {"kind": "zip"},
}
"""What is sent in a form, by page; the others are read."""
TEXT = "We spoke about the rota, and about how one says no to the third meeting on a Tuesday. Number {number}."


def write(room: Any, start: int, stop: int) -> None:
    """Messages and notes of both people, sealed as they are everywhere."""
    from ithaca.records.mentorships.models import Message, Note
    from ithaca.records.mentorships.writing.actions import attachments
    from ithaca.tools.files.cleaning import CleanFile
    from ithaca.tools.files.kinds import Kind
    from tests.cast import NOW, keyring_of

    rings = [keyring_of(room.mentee), keyring_of(room.mentor)]
    rows: dict[type[Any], list[Any]] = {Message: [], Note: []}
    for number in range(start, stop):
        model, keys = (Note if number % NOTES == 0 else Message), rings[number % 2]
        at = NOW - timedelta(days=400) + timedelta(minutes=number)
        row = model(mentorship=room.mentorship, author=keys.owner, at=at)
        row.text = model.text.seal(row, TEXT.format(number=number), keys)
        rows[model].append(row)
    for model, made in rows.items():
        model._default_manager.bulk_create(made, batch_size=500)
    for number, row in enumerate((*rows[Message], *rows[Note])):
        if number % FILES == 0:
            file = CleanFile(f"rota {number}.txt", Kind.TEXT, b"%d" % number * 1000)
            attachments.attach(row, [file], row.pk, next(keys for keys in rings if keys.owner == row.author))


def measure(room: Any, rounds: int) -> dict[str, tuple[float, int]]:
    """Seconds of the processor and queries, by page; "empty" is the view that all is compared with."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from benchmarks.pages.pages import EMPTY
    from tests.cast import sign_in

    client = sign_in(Client(SERVER_NAME="localhost"), room.mentee)
    paths = {"empty": EMPTY.path} | {name: f"/mentorships/{room.mentorship.pk}/{rest}" for name, rest in PAGES.items()}

    def ask(name: str) -> Any:
        answer = client.post(paths[name], SENT[name]) if name in SENT else client.get(paths[name])
        for _piece in answer if answer.streaming else ():
            pass
        return answer

    taken: dict[str, list[float]] = {name: [] for name in paths}
    queries = {}
    for number in range(rounds + 1):
        sign_in(client, room.mentee)  # a copy is made for whoever gave the password just now
        for name in paths:
            if number == 0:
                ask(name)  # what is loaded and compiled on first use is not part of any page
                with CaptureQueriesContext(connection) as asked:
                    answer = ask(name)
                queries[name] = len(asked)
            else:
                begun = time.process_time()
                answer = ask(name)
                taken[name].append(time.process_time() - begun)
            if answer.status_code != 200:
                raise SystemExit(f"{name}: {answer.status_code}")
    return {name: (statistics.median(found), queries[name]) for name, found in taken.items()}


def main(many: int, rounds: int) -> None:
    """Print a table: page, milliseconds and queries in the small and the large room, and ratios."""
    prepare()
    add_empty_view()
    from tests.cast import make_cast
    from tests.room import make_room

    room = make_room(make_cast())
    write(room, 0, FEW)
    small = measure(room, rounds)
    write(room, FEW, many)
    large = measure(room, rounds)
    print(f"{'page':<20} {FEW:>8} {many:>8}  times empty   queries")
    for name, (seconds, queries) in large.items():
        before, asked = small[name]
        times = seconds / large["empty"][0]
        print(f"{name:<20} {before * 1000:>6.1f}ms {seconds * 1000:>6.1f}ms {times:>12.1f}   {asked} and {queries}")


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*(given + [10_000, 9][len(given) :]))
