"""Requests per second of the main pages, as a ratio to an empty signed-in view of the same run.

    python -m benchmarks.pages [rounds]

In-process, through every middleware, on a throw-away SQLite database. The pages take turns in short rounds, and each
page counts by its median round, so that what else the machine does falls on all alike. One round before that does not
count: what is loaded and compiled on first use is part of no page. The clock is that of the processor, not of the wall.
The aim is a ratio of 1/3.
"""

import atexit
import logging
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

AIM = 1 / 3
A_ROUND = 5  # requests of one page in one round


def prepare() -> None:
    """A fresh installation in a folder that goes away; it must be set before Django reads its settings."""
    folder = tempfile.mkdtemp(prefix="benchmark-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ.update(DATA_DIR=folder, DEMO="1", DEBUG="0", DATABASE_URL=f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ithaca.config.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    logging.disable()
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def add_empty_view() -> None:
    """The view that all is compared with: it knows who is asking, and says no more."""
    from django.http import HttpRequest, HttpResponse
    from django.urls import path

    from benchmarks.pages.pages import EMPTY
    from ithaca.access.routes import ROUTES, Audience
    from ithaca.config import urls

    def empty(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request.user.pk)

    urls.urlpatterns.insert(0, path(EMPTY.path.lstrip("/"), empty, name="empty"))
    ROUTES["empty"] = Audience.SIGNED_IN


def measure(rounds: int) -> None:
    """Print a table: page, status, queries, requests a second, ratio."""
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    from benchmarks.pages.pages import EMPTY, PAGES
    from ithaca.publishing.demo_pages import write_pages
    from tests.cast import make_cast

    cast = make_cast()
    write_pages(timezone.now())
    clients: dict[str, Client] = {}
    for who in {page.who for page in (EMPTY, *PAGES)}:
        clients[who] = Client(raise_request_exception=False, SERVER_NAME="localhost")
        if who:
            clients[who].force_login(cast.people[who])
    took: dict[str, list[float]] = {}
    facts: dict[str, tuple[int, int]] = {}
    for number in range(rounds + 1):
        for page in (EMPTY, *PAGES):
            client, address = clients[page.who], page.path.format(scheme=cast.scheme.slug)
            queries: list[str] = []
            if number == 0:
                client.get(address)  # templates and skeletons are made on first use
                with connection.execute_wrapper(
                    lambda run, sql, *rest, kept=queries: (kept.append(sql), run(sql, *rest))[1]
                ):
                    facts[page.name] = client.get(address).status_code, len(queries)
                continue
            start = time.process_time()
            for _ in range(A_ROUND):
                client.get(address)
            took.setdefault(page.name, []).append((time.process_time() - start) / A_ROUND)
    base = statistics.median(took[EMPTY.name])
    print(f"{'page':30} {'status':>6} {'queries':>7} {'per s':>8} {'ratio':>6}")
    for page in (EMPTY, *PAGES):
        median = statistics.median(took[page.name])
        status, count = facts[page.name]
        short = "  below 1/3" if base / median < AIM else ""
        print(f"{page.name:30} {status:6} {count:7} {1 / median:8.1f} {base / median:6.2f}{short}")


if __name__ == "__main__":
    prepare()
    add_empty_view()
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
