"""What every test may use."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.cache import cache

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's sync API leaves a loop running
CLOCK = pytest.StashKey[time_machine.Traveller]()


def pytest_configure(config: pytest.Config) -> None:
    """Set the clock of the whole run to the cast's NOW, so that no test depends on the date of the machine.

    That begins before the tests are collected, as some work out a date while they are imported. Other processes (the
    browser, a server that a proof starts) keep the machine's date; `make evidence` repeats the run at other dates.
    """
    from tests.cast import NOW

    travel = time_machine.travel(NOW)
    config.stash[CLOCK] = travel.start()
    config.add_cleanup(travel.stop)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin each test at NOW, before its fixtures; from there time goes on, so that what happens later is later."""
    from tests.cast import NOW

    item.config.stash[CLOCK].move_to(NOW)


@pytest.fixture
def clock(pytestconfig: pytest.Config) -> time_machine.Traveller:
    """The clock of the test, to be moved."""
    return pytestconfig.stash[CLOCK]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, quiet on the network."""
    quiet = ["gpu", "quic", "background-networking", "component-update", "sync", "dev-shm-usage"]
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM")
        or shutil.which("chromium-headless-shell")
        or shutil.which("chromium"),
        "args": ["--no-sandbox", "--no-first-run", *(f"--disable-{name}" for name in quiet)],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Europe/London"}


@pytest.fixture(autouse=True)
def fresh_rate_limits() -> None:
    """Everyone in the tests comes from one address: what one test has tried does not count against the next."""
    cache.clear()


@pytest.fixture(autouse=True)
def server_keys_of_their_own(settings: Any, tmp_path: Path) -> None:
    """A bucket that one test destroys is whole in the next."""
    settings.SERVER_KEYS = str(tmp_path / "server-keys.json")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests that empty the database last, so that the others find the rows that the migrations wrote.

    pytest-django sees to that, but pytest then groups the tests of one browser and undoes it. Among them the walks come
    first: they take longest, and no process should wait for the other at the end.
    """

    def place(item: pytest.Item) -> tuple[bool, bool]:
        marker = item.get_closest_marker("django_db")
        return bool(marker and marker.kwargs.get("transaction")), "tests/walks/" not in item.nodeid

    items.sort(key=place)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Let every connection know the rows that the migrations wrote.

    Playwright's loop has a connection object of its own, and `serialized_rollback` looks for those rows on the object:
    without this the home page is gone after the first test in a browser, whenever a test without one came first.
    """
    from django.db import connections

    made = connections["default"]
    if hasattr(made, "_test_serialized_contents"):
        type(made)._test_serialized_contents = made._test_serialized_contents
