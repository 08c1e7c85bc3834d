"""What a coordinator sees of one enquiry, request or introduction. The story is never among it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ithaca.records.members.models import MentorStanding
from ithaca.records.mentorships.answers import Asking
from ithaca.records.mentorships.models import Enquiry, Introduction, MentoringRequest
from ithaca.tools.ledger.queries import steps_of
from ithaca.tools.vault.keyring import Keyring, unlocked


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


def letter_of(enquiry: Enquiry, keyring: Keyring | None) -> Asking:
    """Open a two-minute request with a coordinator's keys.

    Raises:
        Locked: no key is open in this browser.
        NotGranted: this coordinator has not been given the scheme's key yet.
    """
    text = unlocked(keyring).open_t2(enquiry.scheme_id, "enquiry.letter", enquiry.pk, enquiry.letter)
    return Asking.from_json(text)


def introductions_of(request: MentoringRequest) -> list[Earlier]:
    """Every introduction made for this request, the newest first."""
    rows = Introduction.objects.filter(request=request).order_by("-stage_since", "pk")
    found = rows.values_list("pk", "standing__membership__user__name", "stage", "stage_since")
    return [Earlier(pk, mentor, stage, since.date()) for pk, mentor, stage, since in found]


def steps_so_far(introduction: Introduction) -> list[Step]:
    """The steps an introduction has taken, oldest first, from the ledger."""
    return [Step(step.to, step.at, step.by) for step in steps_of("introduction", [introduction.pk]) if step.to]


def mentor_called(standing: UUID) -> str:
    """The name of the mentor behind a standing; empty when there is none."""
    found = MentorStanding.objects.filter(pk=standing).values_list("membership__user__name", flat=True)
    return found.first() or ""
