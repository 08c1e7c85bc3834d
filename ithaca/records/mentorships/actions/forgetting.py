"""Forgetting whom a mentee had found, when they name another or withdraw."""

from datetime import datetime

from ithaca.records.members.actions import invitations
from ithaca.records.mentorships.models import Finding, MentoringRequest


def forget_found(request: MentoringRequest, at: datetime) -> None:
    """Delete the address; a link that was sent and not used works no longer. Within the caller's transaction."""
    for finding in Finding.objects.filter(request=request):
        if finding.invitation is not None:
            invitations.take_back(finding.invitation, at=at)
        finding.delete()
