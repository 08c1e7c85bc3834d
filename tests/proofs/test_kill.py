"""Processes are killed outright at moments of a walk: nothing that was acknowledged is lost or done twice."""

import random
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from ithaca.journeys.operating.demo import words
from ithaca.records.schemes.presets import PRACTICE_MANAGERS
from tests.proofs.installation import Installation
from tests.proofs.visitor import UNSURE, Visitor

pytestmark = pytest.mark.proof
SEED = 20261121
VICTIMS = (("granian", False), ("granian", True), ("granian", True), ("ithaca work", False))
Sent = tuple[Visitor, str, dict[str, str]]

ROOM = """SELECT m.id FROM mentorships_mentorship m
    JOIN members_membership a ON a.id = m.mentee_id JOIN members_user x ON x.id = a.user_id
    JOIN schemes_scheme s ON s.id = m.scheme_id WHERE x.email = ? AND s.slug = ?"""
WORDING = """SELECT id FROM mentorships_contract
    WHERE mentorship_id = ? AND stage NOT IN ('superseded', 'ended') ORDER BY number DESC"""
SESSION = "SELECT id FROM mentorships_session WHERE mentorship_id = ? AND stage IN ('scheduled', 'rescheduled')"
STEPS = "SELECT count(*) FROM ledger_step WHERE act = ? AND noun = ?"
LETTERS = "SELECT count(*) FROM post_outboxletter WHERE kind = ?"
PAIRED = {("reschedule", "session"): ("session_moved", 2), ("change", "contract"): ("agreement_changed", 1)}
"""For each such step so many letters of this kind, written in the same transaction."""


class Walk:
    """Two who meet and a visitor, who do five things over and over."""

    def __init__(self, site: Installation) -> None:
        self.site = site
        self.mentee, self.mentor, self.stranger = (Visitor(site.root) for _ in range(3))
        self.mentee.signs_in(words.MENTEE.email, words.MENTEE.password)
        self.mentor.signs_in(words.MENTOR.email, words.MENTOR.password)
        self.room = site.rows(ROOM, words.MENTEE.email, PRACTICE_MANAGERS.slug)[0][0]

    def steps(self) -> list[Callable[[int], Sent]]:
        return [self.change, self.agree_as_mentor, self.agree_as_mentee, self.move, self.ask]

    def change(self, turn: int) -> Sent:
        agreement = UUID(self.site.rows(WORDING, self.room)[0][0])
        path, values = self.mentee.form(f"/agreements/{agreement}/change/", "/change/")
        return self.mentee, path, values | {"clause-rhythm": f"Every {turn + 3} weeks, and never in August."}

    def agree_as_mentor(self, turn: int) -> Sent:
        return self.mentor, *self.mentor.form(f"/mentorships/{UUID(self.room)}/agreement/", "/agree/")

    def agree_as_mentee(self, turn: int) -> Sent:
        return self.mentee, *self.mentee.form(f"/mentorships/{UUID(self.room)}/agreement/", "/agree/")

    def move(self, turn: int) -> Sent:
        session = UUID(self.site.rows(SESSION, self.room)[0][0])
        path, values = self.mentee.form(f"/sessions/{session}/move/", "/move/")
        return self.mentee, path, values | {"clock": f"{10 + turn % 6}:15"}

    def ask(self, turn: int) -> Sent:
        path, values = self.stranger.form(f"/schemes/{PRACTICE_MANAGERS.slug}/ask/", "/ask/")
        said = {"first_name": "Ada", "way": "phone", "reach_at": "01632 960123", "good_time": f"Day {turn}"}
        return self.stranger, path, values | said


@pytest.mark.parametrize("moments", [5, pytest.param(20, marks=pytest.mark.evidence)])
def test_nothing_acknowledged_is_lost_and_the_walk_goes_on(moments: int, tmp_path: Path) -> None:
    dice = random.Random(SEED)
    site = Installation(tmp_path)
    try:
        site.until_ready()
        walk = Walk(site)
        before = {step: (site.number(STEPS, *step), site.number(LETTERS, PAIRED[step][0])) for step in PAIRED}
        unsure = 0
        forms: list[str] = []
        for moment in range(moments):
            who, path, values = walk.steps()[moment % 5](moment)
            blow = threading.Thread(target=strike, args=(site, dice.uniform(0, 0.08), *dice.choice(VICTIMS)))
            blow.start()
            try:
                who.send(path, values)
            except UNSURE:
                unsure += 1
                blow.join()
                site.until_ready()
                who.send(path, values)
            forms.append(UUID(values["once"]).hex)
            blow.join()
            site.until_ready()
            assert acknowledged(site, forms[-1]) == 1, path
        assert [acknowledged(site, form) for form in forms] == [1] * moments
        for step, (kind, each) in PAIRED.items():
            steps, letters = site.number(STEPS, *step) - before[step][0], site.number(LETTERS, kind) - before[step][1]
            assert (steps, letters) == (moments // 5, each * steps)
        assert site.rows("PRAGMA integrity_check") == [("ok",)]
        assert site.rows("PRAGMA foreign_key_check") == []
        sys.stdout.write(f"{moments} kills, {unsure} left a form in doubt\n")
    finally:
        status = site.stop()
    assert status == 0


def strike(site: Installation, after: float, words: str, deep: bool) -> None:
    """Kill a process in so many seconds. (A `threading.Timer` waits for ever under faketime.)"""
    time.sleep(after)
    site.kill(words, deep)


def acknowledged(site: Installation, form: str) -> int:
    """How often a form was carried out, by the ledger, or by the enquiry that bears its uuid."""
    steps = site.number("SELECT count(*) FROM ledger_step WHERE form = ?", form)
    return steps + site.number("SELECT count(*) FROM mentorships_enquiry WHERE id = ?", form)
