"""The match board as one coordinator sees it: a line for everyone who waits, fifty at a time. Never content.

Whatever is a coordinator's `own`, by `runs.own_of`, is left out: nobody handles their own match.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any
from uuid import UUID

from ithaca.records.members.models import MentorStanding
from ithaca.records.members.stages import INTRODUCIBLE
from ithaca.records.mentorships.matching.queries.match_runs import Own
from ithaca.records.mentorships.matching.run_contents import Answer, MatchChange, Proposal, Waiter
from ithaca.records.mentorships.models import MatchRun, MentoringRequest
from ithaca.records.mentorships.pairing.queries.waits import ranges_of
from ithaca.records.mentorships.rules.stages.pairing import RequestStage
from ithaca.records.mentorships.rules.waits import Range

SHOWN = ("all", "matched", "waiting", "changed")
"""What the board can be narrowed to."""


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One who waits: the mentor proposed, or why there is none.

    `stage` is the request's own, now. `confirmed`: their membership is. `was`: the mentor they would have without the
    coordinators' changes, "" for none, None where it is the same. Neither proposal nor waiter: unchecked when it ran.
    """

    request: UUID
    name: str
    since: date
    stage: str
    confirmed: bool
    membership: UUID
    proposal: Proposal | None = None
    mentor: str = ""
    waiter: Waiter | None = None
    was: str | None = None

    @property
    def ready(self) -> bool:
        """Tell whether the mentor could be proposed now, as far as this line knows."""
        return self.proposal is not None and self.stage == RequestStage.WAITING and self.confirmed


@dataclass(frozen=True, slots=True)
class Board:
    """Some lines of the board, how many there are of each kind, and how many of all pairs could be proposed."""

    lines: tuple[BoardLine, ...]
    counts: dict[str, int]
    total: int


@dataclass(frozen=True, slots=True)
class _Entry:
    since: date
    request: UUID
    said: Proposal | Waiter | None


def board_of(
    run: MatchRun, answer: Answer, own: Own, start: int, stop: int, show: str = "all", called: str = ""
) -> Board:
    """Return the lines from `start` to `stop` of one kind, the longest waiting first; of those `called` so, if any."""
    own_requests, own_standings = own
    entries = [
        entry
        for entry in (*_worked_out(answer), *_unchecked(run, answer))
        if entry.request not in own_requests
        and not (isinstance(entry.said, Proposal) and entry.said.standing in own_standings)
    ]
    kinds = {name: [entry for entry in entries if _is(name, entry, answer)] for name in SHOWN}
    found = sorted(kinds[show], key=lambda entry: (entry.since, entry.request))
    if called:
        names = MentoringRequest.objects.filter(
            membership__scheme=run.scheme_id, membership__user__name__icontains=called
        )
        fitting = set(names.values_list("pk", flat=True))
        found = [entry for entry in found if entry.request in fitting]
    lines = _lines(found[start:stop], answer, own_standings)
    return Board(lines, {name: len(kind) for name, kind in kinds.items()}, len(found))


def line_of(run: MatchRun, answer: Answer, own: Own, request: UUID) -> BoardLine | None:
    """Return the line of a request that was matched or waits; None for one's own or someone not on the board."""
    own_requests, own_standings = own
    found = [entry for entry in _worked_out(answer) if entry.request == request and request not in own_requests]
    if not found or (isinstance(found[0].said, Proposal) and found[0].said.standing in own_standings):
        return None
    return next(iter(_lines(found, answer, own_standings)), None)


def names_of(requests: Iterable[UUID], standings: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of the people behind requests and standings, in two queries."""
    asked = MentoringRequest.objects.filter(pk__in=set(requests)).values_list("pk", "membership__user__name")
    offered = MentorStanding.objects.filter(pk__in=set(standings)).values_list("pk", "membership__user__name")
    return {**dict(asked), **dict(offered)}


def names_in(wishes: Iterable[MatchChange]) -> dict[UUID, str]:
    """Return the names of everyone in these changes."""
    pairs = [pair for wish in wishes for pair in wish.pairs]
    return names_of({request for request, _ in pairs}, {standing for _, standing in pairs})


def longer_of(run: MatchRun, requests: Iterable[UUID], today: date) -> dict[UUID, Range]:
    """How many weeks more those would probably wait who get no mentor now, by what is said of their profession.

    Whoever has waited longer than most is missing, and so is whoever nothing can be said of.
    """
    said = ranges_of(run.scheme)
    rows = MentoringRequest.objects.filter(pk__in=set(requests), asked_on__isnull=False)
    found = {}
    for pk, asked_on, profession in rows.values_list("pk", "asked_on", "membership__profession"):
        usual = said.get(profession)
        waited = (today - asked_on).days if asked_on else 0
        if usual and usual.high * 7 > waited:
            found[pk] = Range(max(0, ceil(usual.low - waited / 7)), ceil(usual.high - waited / 7))
    return found


def _worked_out(answer: Answer) -> list[_Entry]:
    said: tuple[Proposal | Waiter, ...] = (*answer.pairs, *answer.waiting)
    return [_Entry(one.since, one.request, one) for one in said]


def _unchecked(run: MatchRun, answer: Answer) -> list[_Entry]:
    """Those who wait for their membership to be confirmed: they can be seen, and not matched."""
    known = {entry.request for entry in _worked_out(answer)}
    rows = MentoringRequest.objects.filter(
        membership__scheme=run.scheme_id, stage=RequestStage.WAITING, asked_on__isnull=False
    )
    found = rows.exclude(membership__stage__in=INTRODUCIBLE).values_list("asked_on", "pk")
    return [_Entry(since, pk, None) for since, pk in found if since and pk not in known]


def _is(show: str, entry: _Entry, answer: Answer) -> bool:
    if show == "changed":
        return entry.request in answer.moved or (isinstance(entry.said, Proposal) and entry.said.wished)
    return show == "all" or (show == "matched") == isinstance(entry.said, Proposal)


def _lines(entries: list[_Entry], answer: Answer, own_standings: set[UUID]) -> tuple[BoardLine, ...]:
    fields = ("pk", "stage", "membership", "membership__stage", "membership__user__name")
    rows = {
        row["pk"]: row for row in MentoringRequest.objects.filter(pk__in=[e.request for e in entries]).values(*fields)
    }
    before = {request: standing for request, standing in answer.moved.items() if standing not in own_standings}
    wanted = {standing for entry in entries if (standing := before.get(entry.request))}
    wanted |= {entry.said.standing for entry in entries if isinstance(entry.said, Proposal)}
    mentors = dict(MentorStanding.objects.filter(pk__in=wanted).values_list("pk", "membership__user__name"))
    return tuple(_line(entry, rows[entry.request], mentors, before) for entry in entries if entry.request in rows)


def _line(entry: _Entry, row: dict[str, Any], mentors: dict[UUID, str], before: dict[UUID, UUID | None]) -> BoardLine:
    proposal = entry.said if isinstance(entry.said, Proposal) else None
    was = before.get(entry.request)
    return BoardLine(
        request=entry.request,
        name=row["membership__user__name"],
        since=entry.since,
        stage=row["stage"],
        confirmed=row["membership__stage"] in INTRODUCIBLE,
        membership=row["membership"],
        proposal=proposal,
        mentor=mentors.get(proposal.standing, "") if proposal else "",
        waiter=entry.said if isinstance(entry.said, Waiter) else None,
        was=(mentors.get(was, "") if was else "") if entry.request in before else None,
    )
