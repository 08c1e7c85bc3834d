"""Reading a match run: what lies under its seals, and whether what it was made from is still so."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ithaca.records.members.models import MentorStanding
from ithaca.records.members.stages import INTRODUCIBLE, StandingStage
from ithaca.records.mentorships.matching import run_contents
from ithaca.records.mentorships.matching.run_contents import Answer, Facts, MatchChange, Said
from ithaca.records.mentorships.models import MatchRun, MentoringRequest
from ithaca.records.mentorships.pairing.queries import places
from ithaca.records.mentorships.rules.stages.importing import MatchRunStage
from ithaca.records.mentorships.rules.stages.pairing import RequestStage
from ithaca.records.schemes.models import Scheme

Own = tuple[set[UUID], set[UUID]]
"""The requests and the standings that are somebody's own."""


@dataclass(frozen=True, slots=True)
class News:
    """What has changed since an answer was worked out, in numbers of people; nothing where all are 0."""

    joined: int = 0
    gone: int = 0
    altered: int = 0
    mentors: int = 0
    rules: bool = False

    def __bool__(self) -> bool:
        return bool(self.joined or self.gone or self.altered or self.mentors or self.rules)


def current_run(scheme: Scheme) -> MatchRun | None:
    """Return the one run of the scheme that counts."""
    return MatchRun.objects.filter(scheme=scheme).exclude(stage=MatchRunStage.SUPERSEDED).first()


def answer_of(run: MatchRun) -> Answer | None:
    """Return the answer, or None while there is none."""
    text = MatchRun.answer.unseal(run)
    return run_contents.answer_from_json(text) if text else None


def wishes_of(run: MatchRun) -> tuple[MatchChange, ...]:
    """Return the changes coordinators made, the oldest first."""
    text = MatchRun.changes.unseal(run)
    return run_contents.wishes_from_json(text) if text else ()


def outcome_of(run: MatchRun) -> tuple[Said, ...]:
    """Every pair that was ticked on this run, and what became of it, the earliest first."""
    text = MatchRun.outcome.unseal(run)
    return run_contents.outcome_from_json(text) if text else ()


def facts_of(scheme: Scheme) -> Facts:
    """Return marks of what a match of the scheme would be made from now; nothing sealed is opened for it.

    Private lists are left out: a mark of theirs would tell that somebody keeps one.
    """
    fields = ("pk", "stage_since", "version", "membership__organisation", "membership__profession")
    waiting = MentoringRequest.objects.filter(
        membership__scheme=scheme, stage=RequestStage.WAITING, membership__stage__in=INTRODUCIBLE
    )
    membership = ("membership__stage", "membership__organisation", "membership__profession")
    offering = MentorStanding.objects.filter(membership__scheme=scheme).select_related("membership")
    standings = list(offering.only("stage", "capacity", "offer", *membership))
    taken = places.taken(standings)
    return Facts(
        requests={str(pk): _mark(*rest) for pk, *rest in waiting.values_list(*fields)},
        standings={str(row.pk): _standing(row, taken[row.pk]) for row in standings},
        rules=_mark(json.dumps(scheme.matching_policy, sort_keys=True)),
    )


def news_of(answer: Answer, outcome: Iterable[Said], now: Facts) -> News:
    """Find what has changed since, except what was proposed from this answer: the rest stays the best without it."""
    made = [one for one in outcome if one.said == "made" and str(one.request) in answer.facts.requests]
    used = Counter(str(one.standing) for one in made)
    then = {pk: mark for pk, mark in answer.facts.requests.items() if pk not in {str(one.request) for one in made}}
    mentors = {pk: (max(0, free - used[pk]), mark) for pk, (free, mark) in answer.facts.standings.items()}
    return News(
        joined=len(now.requests.keys() - then.keys()),
        gone=len(then.keys() - now.requests.keys()),
        altered=sum(now.requests.get(pk, mark) != mark for pk, mark in then.items()),
        mentors=sum(mentors.get(pk) != now.standings.get(pk) for pk in mentors.keys() | now.standings.keys()),
        rules=answer.facts.rules != now.rules,
    )


def own_of(run: MatchRun, person: UUID) -> Own:
    """Return this person's own requests and standings in the scheme of a run: nobody handles their own match."""
    requests = MentoringRequest.objects.filter(membership__scheme=run.scheme_id, membership__user=person)
    standings = MentorStanding.objects.filter(membership__scheme=run.scheme_id, membership__user=person)
    return set(requests.values_list("pk", flat=True)), set(standings.values_list("pk", flat=True))


def _standing(row: MentorStanding, taken: int) -> tuple[int, str]:
    """Free places, none for those away, and the mark of what they offer and where."""
    here = row.stage in (StandingStage.AVAILABLE, StandingStage.FULL) and row.membership.stage in INTRODUCIBLE
    mark = _mark(bytes(row.offer), row.membership.organisation_id, row.membership.profession)
    return (max(0, row.capacity - taken) if here else 0), mark


def _mark(*parts: Any) -> str:
    return hashlib.blake2b(repr(parts).encode(), digest_size=6).hexdigest()
