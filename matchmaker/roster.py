"""A roster: everyone who waits, everyone who offers, and what is already settled between particular people."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from matchmaker.eligibility import Reason, verdict
from matchmaker.people import Mentee, Mentor
from matchmaker.policy import Policy
from matchmaker.suitability import suitability

Pair = tuple[str, str]
"""A mentee's id and a mentor's."""


class RosterError(ValueError):
    """A roster that contradicts itself; `errors` says everything that is wrong."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("; ".join(errors))
        self.errors = tuple(errors)


@dataclass(frozen=True, slots=True)
class Roster:
    """Everyone who waits and everyone who offers, and what is already settled between particular people.

    `kept`: pairs an earlier answer brought together, which the policy's bonus holds. `fixed`: pairs that are to be,
    even below the floor; each takes one of the mentor's places. `forbidden`: pairs that are not to be.
    """

    mentees: tuple[Mentee, ...]
    mentors: tuple[Mentor, ...]
    kept: frozenset[Pair] = frozenset()
    fixed: frozenset[Pair] = frozenset()
    forbidden: frozenset[Pair] = frozenset()


def by_id(roster: Roster) -> tuple[dict[str, Mentee], dict[str, Mentor]]:
    """Return everyone, by id."""
    return {e.id: e for e in roster.mentees}, {r.id: r for r in roster.mentors}


def open_people(roster: Roster) -> tuple[list[Mentee], list[Mentor]]:
    """Return everyone whose match is open: mentees who aren't fixed, and mentors with the places left to them."""
    fixed = dict(roster.fixed)
    taken = Counter(fixed.values())
    left = [replace(mentor, capacity=max(0, mentor.capacity - taken[mentor.id])) for mentor in roster.mentors]
    return [mentee for mentee in roster.mentees if mentee.id not in fixed], [one for one in left if one.available]


def worth(mentee: Mentee, mentor: Mentor, policy: Policy, today: date, kept: Collection[Pair] = ()) -> int:
    """Return the value of a pair that may be made: matched, waiting, suitability, and a bonus if it is kept."""
    waited = policy.matched + policy.waiting((today - mentee.asked_on).days)
    return waited + suitability(mentee, mentor, policy).total + policy.keep * ((mentee.id, mentor.id) in kept)


def refuse_unless_sound(roster: Roster, policy: Policy) -> None:
    """Raise RosterError unless ids are unique and the fixed pairs can all be made together."""
    mentees, mentors = by_id(roster)
    errors = _repeated("mentee", [e.id for e in roster.mentees]) + _repeated("mentor", [r.id for r in roster.mentors])
    errors += _repeated("fixed mentee", [e for e, _ in roster.fixed])
    for e, r in sorted(roster.fixed):
        if e not in mentees or r not in mentors:
            errors.append(f"fixed pair {e} and {r}: not in the roster")
            continue
        against = [
            reason.shown_to_coordinator
            for reason in verdict(mentees[e], mentors[r], policy).reasons
            if reason is not Reason.BELOW_FLOOR
        ]
        if against:
            errors.append(f"fixed pair {e} and {r}: {', '.join(against)}")
        if (e, r) in roster.forbidden:
            errors.append(f"fixed pair {e} and {r}: also forbidden")
    for ident, times in sorted(Counter(r for _, r in roster.fixed).items()):
        if ident in mentors and times > mentors[ident].capacity > 0:
            errors.append(f"mentor {ident}: more fixed pairs than places")
    if errors:
        raise RosterError(errors)


def _repeated(kind: str, ids: list[str]) -> list[str]:
    return [f"{kind} {ident}: appears more than once" for ident, times in sorted(Counter(ids).items()) if times > 1]
