"""From rows to the matchmaker's people, and back: the one adapter."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

import matchmaker
from ithaca.records.members.models import Membership, MentorStanding, Placement
from ithaca.records.members.offers import Offer
from ithaca.records.members.queries.exclusions import shunned_pairs
from ithaca.records.members.queries.offers import offer_of
from ithaca.records.members.stages import INTRODUCIBLE
from ithaca.records.mentorships.models import Introduction, MentoringRequest
from ithaca.records.mentorships.pairing.queries import places
from ithaca.records.mentorships.pairing.queries.conflicts import declared_by
from ithaca.records.mentorships.pairing.queries.requests import answers_of
from ithaca.records.mentorships.rules.stages.pairing import IntroductionStage, RequestStage
from ithaca.records.schemes.models import Scheme
from ithaca.tools.vault import directory

Part: TypeAlias = matchmaker.Part
Reason: TypeAlias = matchmaker.Reason
PolicyError = matchmaker.PolicyError
"""The matchmaker's words that its answers are read with; nobody else of ours imports it."""

Offering: TypeAlias = tuple[MentorStanding, Offer]


@dataclass(frozen=True, slots=True)
class Pool:
    """Everyone of a scheme who waits and everyone who offers, and the rules that decide between them."""

    mentees: tuple[matchmaker.Mentee, ...]
    mentors: tuple[matchmaker.Mentor, ...]
    policy: matchmaker.Policy


@dataclass(frozen=True, slots=True)
class Candidate:
    """One mentor for one request. `reasons`, as a coordinator may read them, is empty where the pair may be made.

    `unknown` names what independence could not be checked on. `enrolled`: the mentor has signed in at least once, so
    that something can be sealed to them.
    """

    standing: MentorStanding
    offer: Offer
    suitability: matchmaker.Suitability
    reasons: tuple[Reason, ...]
    unknown: tuple[str, ...]
    enrolled: bool

    @property
    def name(self) -> str:
        return self.standing.membership.user.name


@dataclass(frozen=True, slots=True)
class Candidates:
    """Everyone in the scheme for one request: the best suited first, then those refused, with every reason."""

    eligible: tuple[Candidate, ...]
    refused: tuple[Candidate, ...]
    rules_version: str


def policy_of(scheme: Scheme) -> matchmaker.Policy:
    """Return the scheme's rules; raises `matchmaker.PolicyError` if they can't be used."""
    return matchmaker.Policy.from_mapping(scheme.matching_policy)


def pool_for(scheme: Scheme, at: datetime) -> Pool:
    """All who wait and all who offer in a scheme, in a number of queries that does not grow with them."""
    waiting = _requests().filter(
        membership__scheme=scheme, stage=RequestStage.WAITING, membership__stage__in=INTRODUCIBLE
    )
    return _pool(scheme, waiting, _offering(standings_of(scheme)), at)


def standings_of(scheme: Scheme) -> list[MentorStanding]:
    """Every mentor of the scheme, away or not, with their membership and account."""
    found = MentorStanding.objects.filter(membership__scheme=scheme).select_related("membership__user")
    return list(found.order_by("pk"))


def standing_in(scheme: Scheme, pk: UUID) -> MentorStanding | None:
    """One mentor of the scheme."""
    return MentorStanding.objects.filter(membership__scheme=scheme, pk=pk).select_related("membership__user").first()


def candidates(request: MentoringRequest, at: datetime) -> Candidates:
    """Every mentor of the scheme for this request: the eligible by suitability, the refused with every reason."""
    return _candidates(request, standings_of(request.membership.scheme), at)


def candidate(request: MentoringRequest, standing: MentorStanding, at: datetime) -> Candidate | None:
    """One mentor for this request; None when they belong to another scheme."""
    if standing.membership.scheme_id != request.membership.scheme_id:
        return None
    found = _candidates(request, [standing], at)
    return (*found.eligible, *found.refused)[0]


def kept_apart(request: MentoringRequest, standing: MentorStanding, at: datetime) -> bool:
    """Say whether they must not be introduced.

    That is so by a private list on either side, or by the rules on working too close.
    """
    found = _pool(request.membership.scheme, _requests().filter(pk=request.pk), _offering([standing]), at)
    (mentee,), (mentor,) = found.mentees, found.mentors
    return bool(matchmaker.independence(mentee, mentor, found.policy))


def _candidates(request: MentoringRequest, standings: list[MentorStanding], at: datetime) -> Candidates:
    offering = _offering(standings)
    found = _pool(request.membership.scheme, _requests().filter(pk=request.pk), offering, at)
    enrolled = directory.enrolled_among(standing.membership.user_id for standing in standings)
    (mentee,) = found.mentees
    rows = [
        _candidate(mentee, mentor, each, each[0].membership.user_id in enrolled, found.policy)
        for mentor, each in zip(found.mentors, offering, strict=True)
    ]
    rows.sort(key=lambda row: (-row.suitability.total, str(row.standing.pk)))
    return Candidates(
        eligible=tuple(row for row in rows if not row.reasons),
        refused=tuple(row for row in rows if row.reasons),
        rules_version=found.policy.version,
    )


def _candidate(
    mentee: matchmaker.Mentee,
    mentor: matchmaker.Mentor,
    offering: Offering,
    enrolled: bool,
    policy: matchmaker.Policy,
) -> Candidate:
    verdict = matchmaker.verdict(mentee, mentor, policy)
    return Candidate(
        standing=offering[0],
        offer=offering[1],
        suitability=matchmaker.suitability(mentee, mentor, policy),
        reasons=verdict.shown_to_coordinator,
        unknown=verdict.unknown,
        enrolled=enrolled,
    )


def _requests() -> "QuerySet[MentoringRequest]":
    return MentoringRequest.objects.select_related("membership").order_by("asked_on", "pk")


def _offering(standings: Iterable[MentorStanding]) -> list[Offering]:
    """Mentors with their offers, each opened once."""
    return [(standing, offer_of(standing)) for standing in standings]


def _pool(scheme: Scheme, requests: Iterable[MentoringRequest], offering: list[Offering], at: datetime) -> Pool:
    requests, standings = list(requests), [standing for standing, _ in offering]
    areas = _areas(scheme, timezone.localdate(at))
    places_taken, failed, voided = places.taken(standings), _failed(scheme), _voided(scheme)
    apart = _tokens(
        shunned_pairs((row.membership.user_id for row in requests), (row.membership.user_id for row in standings))
    )
    members = [*(row.membership for row in requests), *(row.membership for row in standings)]
    declared = declared_by(member.user_id for member in members)

    def person(member: Membership) -> dict[str, Any]:
        return {
            "member": str(member.user_id),
            "scheme": str(member.scheme_id),
            "profession": member.profession,
            "organisation": member.organisation_id,
            "shuns": apart[member.user_id],
            "known_as": apart[member.user_id],
            **areas[member.organisation_id],
            **declared.get(member.user_id, {}),
        }

    return Pool(
        mentees=tuple(
            _mentee(row, person(row.membership), failed[row.membership_id], voided[row.membership_id])
            for row in requests
        ),
        mentors=tuple(_mentor(*each, person(each[0].membership), places_taken[each[0].pk]) for each in offering),
        policy=policy_of(scheme),
    )


def _mentee(
    request: MentoringRequest, person: dict[str, Any], declined: frozenset[str], voided: frozenset[str]
) -> matchmaker.Mentee:
    answers = answers_of(request)
    person["conflicts"] = person.get("conflicts", frozenset()) | voided
    return matchmaker.Mentee(
        id=str(request.pk),
        asked_on=request.asked_on or date.max,
        situations=frozenset(answers.reasons),
        wants=frozenset(answers.roles),
        topics=frozenset(answers.topics),
        slots=frozenset(answers.slots),
        ways=frozenset(answers.ways),
        languages=frozenset(answers.languages),
        wants_near=bool(answers.wants_near),
        prefers=(str(answers.prefers),) if answers.prefers else (),
        declined=declined,
        **person,
    )


def _mentor(standing: MentorStanding, offer: Offer, person: dict[str, Any], places_taken: int) -> matchmaker.Mentor:
    return matchmaker.Mentor(
        id=str(standing.pk),
        situations=frozenset(offer.reasons),
        offers=frozenset(offer.roles),
        topics=frozenset(offer.topics),
        slots=frozenset(offer.slots),
        ways=frozenset(offer.ways),
        languages=frozenset(offer.languages),
        capacity=max(0, standing.capacity - places_taken),
        away=_away(standing),
        **person,
    )


def _away(standing: MentorStanding) -> matchmaker.Away | None:
    """Return why a mentor takes nobody new, if so; one whose own membership has lapsed counts as paused."""
    if standing.stage in tuple(matchmaker.Away):
        return matchmaker.Away(standing.stage)
    return None if standing.membership.stage in INTRODUCIBLE else matchmaker.Away.PAUSED


def _tokens(pairs: set[tuple[UUID, UUID]]) -> dict[UUID, frozenset[str]]:
    """Give the two of each pair that must not be made a token in common, which tells nothing of whose list it is."""
    found: dict[UUID, set[str]] = defaultdict(set)
    for one, other in pairs:
        token = ":".join(sorted((str(one), str(other))))
        found[one].add(token)
        found[other].add(token)
    return defaultdict(frozenset, {person: frozenset(tokens) for person, tokens in found.items()})


def _areas(scheme: Scheme, day: date) -> dict[str | None, dict[str, str]]:
    """Return the areas of each organisation of the scheme's members, as of a day."""
    current = Q(until=None) | Q(until__gt=day)
    rows = Placement.objects.filter(current, since__lte=day, organisation__memberships__scheme=scheme).distinct()
    areas: dict[str | None, dict[str, str]] = defaultdict(dict)
    for organisation, kind, area in rows.order_by("since").values_list("organisation", "area__kind", "area"):
        areas[organisation][kind] = area
    return areas


def _failed(scheme: Scheme) -> dict[int | UUID, frozenset[str]]:
    """Return the mentors with whom an introduction has failed already, by the mentee's membership."""
    return _over(scheme, IntroductionStage.DECLINED_PRIVATELY, "standing")


def _voided(scheme: Scheme) -> dict[int | UUID, frozenset[str]]:
    """Return the people who said that they know the other too well, by the mentee's membership: a conflict for good.

    It is no failed introduction, for a coordinator sees of those that they failed, and of a conflict nothing.
    """
    return _over(scheme, IntroductionStage.VOID_CONFLICT, "standing__membership__user")


def _over(scheme: Scheme, stage: str, name: str) -> dict[int | UUID, frozenset[str]]:
    rows = Introduction.objects.filter(request__membership__scheme=scheme, stage=stage)
    found: dict[UUID, set[str]] = defaultdict(set)
    for member, other in rows.values_list("request__membership", name):
        found[member].add(str(other))
    return defaultdict(frozenset, {member: frozenset(others) for member, others in found.items()})
