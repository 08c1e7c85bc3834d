"""What a coordinator sees of one enquiry, request or introduction. The story is never among it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from ithaca.records.members.models import MentorStanding
from ithaca.records.mentorships.answers import Asking
from ithaca.records.mentorships.models import Enquiry, Introduction, MentoringRequest
from ithaca.records.mentorships.queries.requests import open_enquiry
from ithaca.tools.ledger.queries import steps_of
from ithaca.tools.vault.errors import NotGranted
from ithaca.tools.vault.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an introduction: the stage it led to, when, and by which party. Nobody is named."""

    to: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """An introduction of the same request: with whom, where it stands, when it was made."""

    pk: UUID
    mentor: str
    stage: str
    since: date


def letter_of(enquiry: Enquiry, keyring: Keyring | None) -> Asking | None:
    """Open a two-minute request with a coordinator's keys; None for one who has not been given the scheme's key yet.

    Raises Locked when no key is open in this browser.
    """
    try:
        return open_enquiry(enquiry, keyring)
    except NotGranted:
        return None


def introductions_of(request: MentoringRequest) -> list[Earlier]:
    """Every introduction made for this request, the newest first."""
    rows = Introduction.objects.filter(request=request).order_by("-stage_since", "pk")
    found = rows.values_list("pk", "standing__membership__user__name", "stage", "stage_since")
    return [Earlier(pk, mentor, stage, timezone.localdate(since)) for pk, mentor, stage, since in found]


def steps_so_far(introduction: Introduction) -> list[Step]:
    """The steps an introduction has taken since it was offered, oldest first, from the ledger."""
    taken = steps_of("introduction", [introduction.pk])
    return [Step(step.to, step.at, step.by) for step in taken if step.to and step.to != introduction.TABLE.first]


def mentor_called(standing: UUID) -> str:
    """The name of the mentor behind a standing; empty when there is none."""
    found = MentorStanding.objects.filter(pk=standing).values_list("membership__user__name", flat=True)
    return found.first() or ""
