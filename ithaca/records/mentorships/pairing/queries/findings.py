"""Reading whom a mentee has found for themselves."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ithaca.records.members.models import PersonalInvitation, User
from ithaca.records.mentorships.models import Finding, MentoringRequest
from ithaca.records.mentorships.rules.stages.pairing import RequestStage
from ithaca.records.schemes.models import Scheme

OPEN = (RequestStage.DRAFT, RequestStage.SUBMITTED, RequestStage.TRIAGED, RequestStage.WAITING)
"""The stages of a request in which a mentor may be named, and is waited for."""


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """Whom the mentee named and when; `lost` when that came to nothing. Never whether the address is anyone's."""

    address: str
    on: date
    lost: bool


@dataclass(frozen=True, slots=True)
class FindingAtDesk:
    """The same for a coordinator: the mentor's name once there is a mentor, else how far the invitation is."""

    mentor: str
    taken_up: bool
    lost: bool


def finding_of(request: MentoringRequest) -> ShownFinding | None:
    """Whom this mentee has found, for the mentee."""
    finding = Finding.objects.filter(request=request).first()
    if finding is None:
        return None
    return ShownFinding(
        Finding.address.unseal(finding), finding.found_on, finding.invitation is None and finding.standing_id is None
    )


def finding_at_desk(request: MentoringRequest) -> FindingAtDesk | None:
    """Whom this mentee has found, for a coordinator; the address itself stays between the two."""
    finding = Finding.objects.filter(request=request).select_related("standing__membership__user").first()
    if finding is None:
        return None
    mentor = finding.standing.membership.user.name if finding.standing else ""
    used = PersonalInvitation.objects.exclude(used_by=None)
    taken_up = finding.invitation is not None and used.filter(pk=finding.invitation).exists()
    return FindingAtDesk(mentor, taken_up, not mentor and finding.invitation is None)


def is_lost(finding: Finding, at: datetime) -> bool:
    """Say whether the link that was sent was declined, or has run out unused."""
    if finding.standing_id is not None or finding.invitation is None:
        return False
    row = PersonalInvitation.objects.filter(pk=finding.invitation, used_by=None).first()
    return row is not None and (row.declined_at is not None or row.expires_at < at)


def open_findings() -> list[UUID]:
    """Return the open requests whose mentee has found somebody, by when they asked."""
    rows = Finding.objects.filter(request__stage__in=OPEN).order_by("request__asked_on", "found_on", "pk")
    return list(rows.values_list("request", flat=True))


def open_findings_with(person: UUID, scheme: Scheme) -> list[UUID]:
    """Return the open requests of a scheme in which this person has found somebody, or was found; in order."""
    rows = Finding.objects.filter(request__stage__in=OPEN, request__membership__scheme=scheme)
    rows = rows.select_related("request__membership", "standing__membership")
    used = set(PersonalInvitation.objects.filter(used_by=person).values_list("pk", flat=True))
    address = User.objects.values_list("email", flat=True).get(pk=person)

    def concerns(row: Finding) -> bool:
        if row.request.membership.user_id == person or row.invitation in used:
            return True
        return row.standing.membership.user_id == person if row.standing else Finding.address.unseal(row) == address

    ordered = rows.order_by("request__asked_on", "found_on", "pk")
    return [row.request_id for row in ordered if concerns(row)]
