"""The one command: it starts, says where, refuses a busy port in words, starts again quickly and stops cleanly."""

import time
import urllib.request
from pathlib import Path

import pytest

from ithaca.journeys.operating.demo.words import SIGN_INS
from tests.proofs.installation import Installation

pytestmark = pytest.mark.proof


def test_it_starts_tells_stops_and_starts_again(tmp_path: Path) -> None:
    site = Installation(tmp_path)
    try:
        site.until_ready()
        with urllib.request.urlopen(f"{site.root}/") as page:
            assert page.status == 200
        until = time.monotonic() + 60
        while not all(one.email in site.said() for one in SIGN_INS) and time.monotonic() < until:
            time.sleep(0.2)
        assert all(one.email in site.said() for one in SIGN_INS)
        (tmp_path / "second").mkdir()
        second = Installation(tmp_path / "second", site.port)
        assert second.process.wait(120) == 2
        assert f"Port {site.port} is in use" in second.said()
        people = site.number("SELECT count(*) FROM members_user")
    finally:
        assert site.stop() == 0
    again = Installation(tmp_path)
    try:
        again.until_ready()
        assert again.number("SELECT count(*) FROM members_user") == people
    finally:
        assert again.stop() == 0


def test_the_site_answers_while_the_matchmaker_is_compiled_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "compiled"
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(cache))
    site = Installation(tmp_path)
    try:
        site.until_ready()
        assert not list(cache.rglob("scan._near-*.nbc"))
        until = time.monotonic() + 300
        while not list(cache.rglob("scan._near-*.nbc")) and time.monotonic() < until:
            time.sleep(0.2)
        assert list(cache.rglob("scan._near-*.nbc"))
    finally:
        assert site.stop() == 0
