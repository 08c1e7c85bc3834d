"""A match in words and columns, for a coordinator at a terminal."""

from collections.abc import Iterator
from itertools import islice

from matchmaker.explain import BAND, Alternative, Explanation, explain, explain_pair, refusals
from matchmaker.fairness import Blocking, blocking_pairs, fairness
from matchmaker.match import Match
from matchmaker.people import Mentee, Mentor
from matchmaker.suitability import Suitability

SHOWN = 2
HEADINGS = ("Mentee", "Mentor", "Suits", "Why", "Instead")


def report(match: Match) -> Iterator[str]:
    """Report the whole match: who goes with whom and why, the alternatives, who waits and why, and the proof."""
    told = list(explain(match, most=SHOWN, limit=BAND))
    rows = [
        (
            one.mentee,
            one.mentor,
            str(one.suits.total),
            why(one.suits) + (" (fixed)" if one.mentee in dict(match.roster.fixed) else ""),
            "; ".join(map(instead, one.alternatives)) or f"nobody within {BAND} points",
        )
        for one in told
        if one.mentor and one.suits
    ]
    if rows:
        yield from _table([HEADINGS, *rows])
        yield ""
    people = {mentee.id: mentee for mentee in match.roster.mentees}
    waiting = sorted((one for one in told if not one.mentor), key=lambda one: people[one.mentee].asked_on)
    for one in waiting:
        days = (match.today - people[one.mentee].asked_on).days
        yield f"{one.mentee} waits, since {days} days: {_why_waiting(match, people[one.mentee], one)}"
    if waiting:
        yield ""
    yield from _summary(match)


def report_mentee(match: Match, mentee: Mentee) -> Iterator[str]:
    """Report one mentee: their mentor and why, the alternatives, and why other mentors aren't among them."""
    one = next(explain(match, [mentee.id], most=10))
    if one.mentor and one.suits:
        yield f"{one.mentee} goes with {one.mentor}."
        yield from _parts(one.suits)
    else:
        yield f"{one.mentee} waits: {_why_waiting(match, mentee, one)}"
    yield f"{one.possible} mentors with a place may be matched with {one.mentee}."
    for alternative in one.alternatives:
        yield f"  instead {instead(alternative)}"
    for reason, times in refusals(match, mentee).items():
        yield f"  {times} may not: {reason.replace('_', ' ')}"


def report_pair(match: Match, mentee: Mentee, mentor: Mentor) -> Iterator[str]:
    """Report one pair: whether it may be made, how the two suit, and what making it would cost everyone together."""
    one = explain_pair(match, mentee, mentor)
    if not one.verdict.eligible:
        reasons = ", ".join(reason.replace("_", " ") for reason in one.verdict.shown_to_coordinator)
        yield f"{mentee.id} and {mentor.id} may not be matched: {reasons}."
        return
    if one.made:
        yield f"{mentee.id} goes with {mentor.id}."
    elif one.cost is None:
        yield f"{mentee.id} and {mentor.id} could be matched, but for what is already fixed or forbidden."
    elif one.cost == 0:
        yield f"{mentee.id} and {mentor.id} could be matched as well: the total would be the same."
    else:
        yield f"{mentee.id} and {mentor.id} could be matched; all together would lose {one.cost} points."
    yield from _parts(one.suits)


def why(suits: Suitability) -> str:
    """Name the parts that earned anything, the greatest first."""
    parts = sorted((part for part in suits.parts if part.points), key=lambda part: -part.points)
    return ", ".join(f"{part.name} {part.points}/{part.of}" for part in parts) or "nothing in common"


def instead(one: Alternative) -> str:
    """Describe an alternative and its cost: in all, to the mentee and to the others."""
    if not one.cost:
        return f"{one.mentor} (the same in all)"
    return f"{one.mentor} ({-one.cost:+} in all: {one.others - one.cost:+} for them, {-one.others:+} for the others)"


def _why_waiting(match: Match, mentee: Mentee, one: Explanation) -> str:
    if not one.possible:
        reasons = islice(refusals(match, mentee).items(), 3)
        told = ", ".join(f"{reason.replace('_', ' ')} ({times})" for reason, times in reasons)
        return f"no mentor may be matched with them: {told or 'there is none'}"
    nearest = f"; the nearest is {instead(one.alternatives[0])}" if one.alternatives else ""
    return f"the places of the {one.possible} possible mentors are worth more to others{nearest}"


def _parts(suits: Suitability) -> Iterator[str]:
    for part in suits.parts:
        if part.of:
            found = f": {', '.join(sorted(part.matched))}" if part.matched else ""
            yield f"  {part.name} {part.points} of {part.of}{found}"


def _summary(match: Match) -> Iterator[str]:
    """Set out the fairness of the match as a table, and its proof in one line."""
    found, blocking = fairness(match), list(blocking_pairs(match))
    share = f" ({found.matched / found.mentees:.0%})" if found.mentees else ""
    yield f"How fair this is, under policy {match.policy.version}:"
    rows = {
        "Matched": f"{found.matched} of {found.mentees} mentees have a mentor{share}",
        "Floor": _points(found.floor, f"every pair suits by as much or more; the policy asks for {match.policy.floor}"),
        "5th percentile": _points(found.fifth_percentile, "nineteen pairs in twenty suit by as much or more"),
        "Longest wait left out": "nobody waits" if found.longest_wait is None else f"{found.longest_wait} days",
        "Blocking pairs": f"{len(blocking)}{_for_instance(blocking)}",
    }
    for name, told in rows.items():
        yield f"  {name:<21}  {told}"
    looked = match.columns.base.size * match.columns.places.size
    yield (
        f"Proof: this match is worth {match.total} points, and the prices, held against all {looked} pairs, show that "
        f"none is worth more than {match.bound}."
    )


def _points(points: int | None, meaning: str) -> str:
    return "no pairs" if points is None else f"{points} points: {meaning}"


def _for_instance(blocking: list[Blocking]) -> str:
    """List the blocking pairs that suit best, and say what the word means."""
    if not blocking:
        return ": no two would rather have each other"
    first = sorted(blocking, key=lambda one: (-one.suits, one.mentee, one.mentor))[:SHOWN]
    told = ", ".join(f"{one.mentee} and {one.mentor} ({one.suits})" for one in first)
    return f", who would suit one another better than those they have; first {told}"


def _table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
