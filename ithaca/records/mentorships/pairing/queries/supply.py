"""What those who wait would like, against what mentors with free places offer."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from ithaca.records.members.models import MentorStanding, Placement
from ithaca.records.members.queries.offers import offer_of
from ithaca.records.members.stages import INTRODUCIBLE, StandingStage
from ithaca.records.mentorships.models import Introduction, MentoringRequest, Mentorship
from ithaca.records.mentorships.pairing.queries import places
from ithaca.records.mentorships.pairing.queries.requests import answers_of
from ithaca.records.mentorships.rules.stages.pairing import UNPLACED
from ithaca.records.mentorships.rules.stages.room import RUNNING
from ithaca.records.queues import Slice
from ithaca.records.schemes.models import Scheme


@dataclass(frozen=True, slots=True)
class MentorLine:
    """A mentor: places in all, places taken by live offers and mentorships, and why nobody new, if so."""

    pk: UUID
    who: str
    stage: str
    capacity: int
    taken: int
    person: UUID

    @property
    def room(self) -> int:
        return max(0, self.capacity - self.taken) if self.stage == StandingStage.AVAILABLE else 0


def mentor_lines(scheme: Scheme) -> list[MentorLine]:
    """Every mentor of the scheme who has not retired: those with most room first, then by name."""
    offers = Introduction.objects.filter(standing=OuterRef("pk"), stage__in=Introduction.OFFERS)
    live = Mentorship.objects.filter(mentor=OuterRef("membership"), stage__in=RUNNING)
    rows = (
        MentorStanding.objects.filter(membership__scheme=scheme)
        .exclude(stage=StandingStage.RETIRED)
        .annotate(taken=count_of(offers, "standing") + count_of(live, "mentor"))
        .order_by("membership__user__name", "pk")
    )
    fields = ("pk", "membership__user__name", "stage", "capacity", "taken", "membership__user")
    lines = [MentorLine(*row) for row in rows.values_list(*fields)]
    return sorted(lines, key=lambda line: -line.room)


def among(mentors: Iterable[MentorLine], but: UUID, start: int, stop: int) -> Slice[MentorLine]:
    """Return some of these mentors, and how many there are in all."""
    others = [line for line in mentors if line.person != but]
    return Slice(tuple(others[start:stop]), len(others))


def count_of(rows: "QuerySet[Any, Any]", by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


@dataclass(frozen=True, slots=True)
class Balance:
    """How many people who wait want one thing, and how many free places there are with mentors who offer it."""

    code: str
    wanted: int
    offered: int

    @property
    def short(self) -> int:
        """How many places are missing."""
        return max(0, self.wanted - self.offered)


@dataclass(frozen=True, slots=True)
class Supply:
    """Everyone in the queue, every free place, and the balance by role, topic, area and profession.

    An area is the integrated care board's code. Somebody who wants two roles is counted in both; so is a place with a
    mentor who offers both.
    """

    waiting: int
    free: int
    mentors: int
    roles: tuple[Balance, ...]
    topics: tuple[Balance, ...]
    areas: tuple[Balance, ...]
    professions: tuple[Balance, ...]
    area_names: dict[str, str]


def supply_of(scheme: Scheme, at: datetime) -> Supply:
    """Return the balance of a scheme now, in a number of queries that does not grow with it."""
    requests = list(
        MentoringRequest.objects.filter(membership__scheme=scheme, stage__in=UNPLACED).select_related("membership")
    )
    standings = list(MentorStanding.objects.filter(membership__scheme=scheme).select_related("membership"))
    taken = places.taken(standings)
    free = {
        row.pk: max(0, row.capacity - taken[row.pk])
        for row in standings
        if row.stage in (StandingStage.AVAILABLE, StandingStage.FULL) and row.membership.stage in INTRODUCIBLE
    }
    offering = [(row, free[row.pk], offer_of(row)) for row in standings if free.get(row.pk)]
    asking = [(row, answers_of(row)) for row in requests]
    area, names = _areas(scheme, at)
    return Supply(
        waiting=len(requests),
        free=sum(free.values()),
        mentors=len(offering),
        roles=_balance((said.roles for _, said in asking), ((offer.roles, n) for _, n, offer in offering)),
        topics=_balance((said.topics for _, said in asking), ((offer.topics, n) for _, n, offer in offering)),
        areas=_balance(
            ([area.get(row.membership.organisation_id, "")] for row in requests),
            (([area.get(row.membership.organisation_id, "")], n) for row, n, _ in offering),
        ),
        professions=_balance(
            ([row.membership.profession] for row in requests),
            (([row.membership.profession], n) for row, n, _ in offering),
        ),
        area_names=names,
    )


def _balance(wanted: Iterable[Iterable[str]], offered: Iterable[tuple[Iterable[str], int]]) -> tuple[Balance, ...]:
    """Return the balance of each code that anybody wants or offers, the most wanted first."""
    want = Counter(code for codes in wanted for code in codes)
    offer: Counter[str] = Counter()
    for codes, count in offered:
        offer.update(dict.fromkeys(codes, count))
    return tuple(
        Balance(code, want[code], offer[code])
        for code in sorted(want.keys() | offer.keys(), key=lambda code: (-want[code], -offer[code], code))
    )


def _areas(scheme: Scheme, at: datetime) -> tuple[dict[Any, str], dict[str, str]]:
    """Return the integrated care board of each organisation of the scheme's members, and the boards' names."""
    day = timezone.localdate(at)
    current = Q(until=None) | Q(until__gt=day)
    rows = Placement.objects.filter(
        current, since__lte=day, area__kind="icb", organisation__memberships__scheme=scheme
    ).distinct()
    found = list(rows.values_list("organisation", "area", "area__name"))
    return {organisation: area for organisation, area, _ in found}, {area: name or area for _, area, name in found}
