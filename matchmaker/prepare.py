"""Compiling before anyone waits for it: run once where the software is installed."""

from datetime import date

from matchmaker.explain import explain
from matchmaker.generate import SMALL
from matchmaker.match import match
from matchmaker.people import Mentee, Mentor
from matchmaker.policy import Policy
from matchmaker.roster import Roster

DAY = date(2026, 1, 1)


def prepare() -> None:
    """Match a made-up pool just large enough to need every compiled loop. The compiler stores its work on disk."""
    people = range(2 * int(SMALL**0.5))
    codes = [frozenset({f"code{k % 5}", f"code{k % 7}"}) for k in people]
    mentees = tuple(
        Mentee(id=f"e{k}", member=f"e{k}", scheme="", profession="", asked_on=DAY, topics=codes[k]) for k in people
    )
    mentors = tuple(
        Mentor(id=f"m{k}", member=f"m{k}", scheme="", profession="", topics=codes[k], capacity=k % 3) for k in people
    )
    found = match(Roster(mentees, mentors), Policy(), DAY)
    list(explain(found, [mentees[0].id]))
