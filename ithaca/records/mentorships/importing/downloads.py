"""What we have, in the columns of a sheet: what staff may read, and no content. Uploaded again it changes nothing.

`but` is the coordinator who asks: their own records are left out, because nobody handles their own.
"""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from ithaca.records.members.models import Membership, MentorStanding
from ithaca.records.members.queries.accounts import telephone_of
from ithaca.records.members.queries.offers import offer_of
from ithaca.records.members.stages import MembershipStage, StandingStage
from ithaca.records.mentorships.importing.cells import in_words
from ithaca.records.mentorships.importing.columns import written
from ithaca.records.mentorships.importing.verdicts import OFFER
from ithaca.records.mentorships.models import MentoringRequest, Mentorship
from ithaca.records.mentorships.pairing.queries.requests import answers_of
from ithaca.records.mentorships.rules.stages.pairing import RequestStage
from ithaca.records.mentorships.rules.stages.room import RUNNING, SessionStage
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.vocabulary import PROFESSIONS
from ithaca.tools.sheets.writing import Cell

IN = (MembershipStage.APPLIED, MembershipStage.VERIFYING, MembershipStage.ACTIVE, MembershipStage.GRACE)
_VOCABULARIES = {name: name.upper() for name in OFFER}


def headings(kind: str, scheme: Scheme) -> list[str]:
    return [str(column.title) for column in written(kind, scheme)]


def rows(kind: str, scheme: Scheme, but: UUID) -> Iterator[list[Cell]]:
    """Each row, its cells in the order of the columns."""
    names = [column.name for column in written(kind, scheme)]
    for found in _READERS[kind](scheme, but):
        yield [found.get(name) for name in names]


def _members(scheme: Scheme, but: UUID) -> Iterator[dict[str, Any]]:
    found = Membership.objects.filter(scheme=scheme, stage__in=IN).exclude(user=but)
    for member in found.select_related("user", "organisation").order_by("user__name", "pk"):
        yield _person(member)


def _mentors(scheme: Scheme, but: UUID) -> Iterator[dict[str, Any]]:
    found = MentorStanding.objects.filter(membership__scheme=scheme, membership__stage__in=IN).exclude(
        stage=StandingStage.RETIRED
    )
    found = found.exclude(membership__user=but).select_related("membership__user", "membership__organisation")
    for standing in found.order_by("membership__user__name", "pk"):
        offer = asdict(offer_of(standing))
        said = {name: in_words(vocabulary, offer[name]) for name, vocabulary in _VOCABULARIES.items()}
        more = {"capacity": standing.capacity, "approved_on": standing.approved_on}
        yield _person(standing.membership) | said | more


def _waiting(scheme: Scheme, but: UUID) -> Iterator[dict[str, Any]]:
    found = MentoringRequest.objects.filter(
        membership__scheme=scheme, stage__in=[RequestStage.SUBMITTED, RequestStage.TRIAGED, RequestStage.WAITING]
    )
    found = found.filter(membership__stage__in=IN).exclude(membership__user=but)
    found = found.select_related("membership__user", "membership__organisation")
    near = {True: "close by", False: "further away", None: ""}
    for request in found.order_by("asked_on", "pk"):
        answers = asdict(answers_of(request))
        said = {name: in_words(vocabulary, answers[name]) for name, vocabulary in _VOCABULARIES.items()}
        more = {"asked_on": request.asked_on, "wants_near": near[answers["wants_near"]]}
        yield _person(request.membership) | said | more


def _pairs(scheme: Scheme, but: UUID) -> Iterator[dict[str, Any]]:
    found = (
        Mentorship.objects.filter(scheme=scheme, stage__in=RUNNING).exclude(mentee__user=but).exclude(mentor__user=but)
    )
    found = found.annotate(held=Count("sessions", filter=Q(sessions__stage=SessionStage.HELD)))
    for pair in found.select_related("mentee__user", "mentor__user", "introduction__request").order_by(
        "began_on", "pk"
    ):
        asked_on = pair.introduction.request.asked_on if pair.introduction else pair.asked_on
        yield {
            "mentee": pair.mentee.user.email,
            "mentor": pair.mentor.user.email,
            "began_on": pair.began_on,
            "sessions": pair.held_before + pair.held,
            "asked_on": asked_on,
        }


def _person(member: Membership) -> dict[str, Any]:
    user = member.user
    return {
        "email": user.email,
        "name": user.name,
        "telephone": telephone_of(user),
        "profession": str(PROFESSIONS.get(member.profession, member.profession)),
        "organisation": member.organisation_id,
        "practice": member.organisation.name if member.organisation else member.unlisted_practice,
        "took_up_post_on": member.took_up_post_on,
        "subscriber_number": member.subscriber_number,
        "subscriber_name": member.subscriber_name,
        "valid_until": member.valid_until,
        "registration_number": member.registration_number,
        "registration_checked_on": member.registration_checked_on,
        "status": "active" if member.stage in (MembershipStage.ACTIVE, MembershipStage.GRACE) else "applied",
    }


_READERS = {"members": _members, "mentors": _mentors, "waiting": _waiting, "pairs": _pairs}
