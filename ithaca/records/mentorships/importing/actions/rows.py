"""Doing what a row says, by the acts that its own pages use. Letters are held back by whoever calls."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID, uuid4

from ithaca.records.members.actions import accounts, arrivals, memberships, standings
from ithaca.records.members.models import Membership
from ithaca.records.members.stages import MembershipStage
from ithaca.records.mentorships.importing.actions import pairs
from ithaca.records.mentorships.importing.entries import Entry
from ithaca.records.mentorships.importing.known import Known
from ithaca.records.mentorships.importing.verdicts import Judgement
from ithaca.records.mentorships.models import MentoringRequest
from ithaca.records.mentorships.pairing.actions import places, requests
from ithaca.records.mentorships.rules.stages.pairing import RequestStage


def take(kind: str, entry: Entry, found: Judgement, known: Known, *, coordinator: UUID, at: datetime) -> None:
    """Write what a good row says, within the caller's transaction.

    Raises what the acts raise when somebody was quicker: Impossible, Incomplete, Unready, NoPlace, CannotAsk.
    """
    if kind == "pairs":
        _pair(entry, found, known, coordinator=coordinator, at=at)
        return
    member = _member(entry, found, known, coordinator=coordinator, at=at)
    if kind == "mentors" and found.offer is not None:
        _mentor(member, entry, found, known, coordinator=coordinator, at=at)
    elif kind == "waiting" and found.answers is not None:
        _waiting(member, entry, found, known, coordinator=coordinator, at=at)


def _member(entry: Entry, found: Judgement, known: Known, *, coordinator: UUID, at: datetime) -> Membership:
    if found.member is None:
        user = accounts.find_or_make(entry.values["email"], found.own, at)
        return arrivals.bring_in(known.scheme, user, found.facts, vouched=found.vouched, coordinator=coordinator, at=at)
    member = found.member
    if found.own:
        accounts.correct_unclaimed(member.user, found.own)
    if found.facts:
        memberships.amend(member, found.facts, coordinator=coordinator, at=at)
    if found.vouched and member.stage == MembershipStage.GRACE:
        memberships.renew(member, at=at, form=None)
    if found.vouched:
        memberships.vouch(member, None, coordinator=coordinator, at=at)
    return member


def _mentor(
    member: Membership, entry: Entry, found: Judgement, known: Known, *, coordinator: UUID, at: datetime
) -> None:
    assert found.offer is not None  # noqa: S101 - narrows a type
    assert found.capacity is not None  # noqa: S101 - narrows a type
    standing = known.standings.get(member.pk)
    if standing is None:
        since = entry.get("approved_on") or known.today
        standings.vouch(member, found.offer, found.capacity, since, coordinator=coordinator, at=at)
        return
    standings.revise(standing, found.offer, found.capacity)
    places.resettle(standing.pk, at)


def _waiting(
    member: Membership, entry: Entry, found: Judgement, known: Known, *, coordinator: UUID, at: datetime
) -> None:
    """Make a request as the mentee would have sent it, take it in, and date it on the day they asked."""
    assert found.answers is not None  # noqa: S101 - narrows a type
    answers = asdict(found.answers)
    request = known.requests.get(member.pk)
    if request is not None:
        requests.change_answers(request, request.version, **answers)
        return
    request = requests.begin(member, at=at, form=uuid4())
    requests.change_answers(request, request.version, **answers)
    requests.submit(request, actor=coordinator, at=at, form=None)
    if request.stage == RequestStage.SUBMITTED:
        requests.take_in(request, actor=coordinator, at=at, form=None)
    MentoringRequest.objects.filter(pk=request.pk).update(asked_on=entry.values["asked_on"])


def _pair(entry: Entry, found: Judgement, known: Known, *, coordinator: UUID, at: datetime) -> None:
    if "pk" in found.pair:
        pk, changes = found.pair["pk"], {name: value for name, value in found.pair.items() if name != "pk"}
        pairs.correct(pk, changes, coordinator=coordinator, at=at)
        return
    mentee, mentor = known.members[entry.values["mentee"]], known.members[entry.values["mentor"]]
    standing = known.standings[mentor.pk]
    pairs.bring_in(mentee, standing, coordinator=coordinator, at=at, **found.pair)
