"""Registering together: a mentee who has found a mentor of their own."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from ithaca.records.members.actions import invitations
from ithaca.records.members.emails.addressing import member
from ithaca.records.members.models import MentorStanding, PersonalInvitation
from ithaca.records.members.queries.standings import standing_at
from ithaca.records.members.stages import INTRODUCIBLE
from ithaca.records.mentorships.models import Finding, Introduction, MentoringRequest
from ithaca.records.mentorships.pairing.actions import introductions
from ithaca.records.mentorships.pairing.actions.clear_candidate import NotPossible
from ithaca.records.mentorships.pairing.emails import requests as emails
from ithaca.records.mentorships.pairing.queries import requests
from ithaca.records.mentorships.pairing.queries.findings import OPEN, is_lost, open_findings_with
from ithaca.records.mentorships.pairing.queries.requests import requests_of
from ithaca.records.mentorships.rules.stages.pairing import IntroductionStage, RequestStage
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Impossible, Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.ledger.queries import steps_of
from ithaca.tools.post import outbox
from ithaca.tools.post.outbox import Recipient

MOST_A_DAY = 3
"""Letters to strangers that one person can cause in a day, in however many requests."""


class OwnAddress(Exception):
    """Nobody is their own mentor."""


class TooMany(Exception):
    """Enough addresses for one day."""


@transaction.atomic
def find(request: MentoringRequest, address: str, *, at: datetime, form: UUID) -> None:
    """Name the mentor one has found. They are asked as a mentor of the scheme, or invited to offer to become one.

    Nothing tells which of the two it was. Naming somebody else takes back the link that was sent before.
    Raises OwnAddress, TooMany, and Impossible once an introduction is under way.
    """
    request.refresh_from_db(from_queryset=requests.whole_request().select_for_update(of=("self",)))
    if ledger.handled(form, "request", request.pk, "find"):
        return
    scheme, asker, address = request.membership.scheme, request.membership.user, address.strip().lower()
    if request.stage not in OPEN:
        raise Impossible("request", request.stage, "find", Party.MENTEE)
    if address == asker.email:
        raise OwnAddress
    today = timezone.localdate(at)
    steps = steps_of("request", (each.pk for each in requests_of(asker.pk)))
    if sum(step.act == "find" and timezone.localdate(step.at) == today for step in steps) >= MOST_A_DAY:
        raise TooMany
    forget_found(request, at)
    ledger.record("request", request.pk, "find", by=Party.MENTEE, at=at, actor=asker.pk, form=form)
    finding = Finding(
        request=request,
        standing=standing_at(scheme, address),
        found_on=today,
    )
    finding.address = Finding.address.seal(finding, address)
    if finding.standing is None:
        purpose = PersonalInvitation.Purpose.MENTOR
        row, token = invitations.make(scheme, purpose, by=asker.pk, at=at)
        finding.invitation = row.pk
        until = timezone.localdate(row.expires_at)
        outbox.put(emails.wanted_as_mentor(Recipient(None, address), scheme, token, until), at)
    finding.save(force_insert=True)


@transaction.atomic
def settle(request: UUID, at: datetime) -> bool:
    """Take a finding one step, if there is one to take, and return whether there was.

    Whoever was named and is a mentor by now is introduced, as soon as both are in order and the rules allow it. When
    the link was declined or has run out, the mentee hears that; the place in the queue is the same.
    """
    found = requests.whole_request().select_for_update(of=("self",)).get(pk=request)
    finding = Finding.objects.filter(request=found).first()
    if finding is None or found.stage not in OPEN:
        return False
    if is_lost(finding, at):
        finding.invitation = None
        finding.save(update_fields=["invitation"])
        ledger.record("request", found.pk, "lose_found", by=Party.SCHEDULE, at=at)
        outbox.put(emails.found_did_not_answer(member(found.membership), found), at)
        return True
    if finding.standing is None:
        finding.standing = _who_came(finding, found)
        finding.save(update_fields=["standing"])
    return finding.standing is not None and _introduce(found, finding.standing, at)


def settle_with(person: UUID, scheme: Scheme, at: datetime) -> int:
    """Settle at once what has waited for this person: their membership, their approval, their taking up of a link.

    Returns for how many. What the rules do not allow yet is left to the schedule, which looks again by itself.
    """
    return sum(settle(pk, at) for pk in open_findings_with(person, scheme))


def _who_came(finding: Finding, request: MentoringRequest) -> MentorStanding | None:
    """Return the mentor who came by the link, or by the address, and has been approved."""
    scheme = request.membership.scheme
    used = PersonalInvitation.objects.exclude(used_by=None)
    came = used.filter(pk=finding.invitation).first() if finding.invitation else None
    if came is not None:
        return MentorStanding.objects.filter(membership__scheme=scheme, membership__user=came.used_by).first()
    return standing_at(scheme, Finding.address.unseal(finding))


def _introduce(request: MentoringRequest, standing: MentorStanding, at: datetime) -> bool:
    """Offer the mentor to the mentee, once: what has failed between the two is not tried again."""
    if request.stage != RequestStage.WAITING or request.membership.stage not in INTRODUCIBLE:
        return False
    if (
        Introduction.objects.filter(request=request, standing=standing)
        .exclude(stage=IntroductionStage.SUGGESTED)
        .exists()
    ):
        return False
    try:
        introductions.propose(request, standing, Party.SCHEDULE, actor=None, at=at, form=uuid4())
    except NotPossible:
        return False
    return True


def forget_found(request: MentoringRequest, at: datetime) -> None:
    """Delete the address; a link that was sent and not used works no longer. Within the caller's transaction."""
    for finding in Finding.objects.filter(request=request):
        if finding.invitation is not None:
            invitations.take_back(finding.invitation, at=at)
        finding.delete()
