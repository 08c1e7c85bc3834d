"""Requests and introductions of the person who asks.

An answer that is sent twice must not be refused the second time, so these open for reading; the stage table still
decides in the action whether the step is open.
"""

from uuid import UUID

from ithaca.access import gate, policy
from ithaca.access.gate import Opened
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.records.mentorships.models import Introduction, MentoringRequest
from ithaca.records.stages import Party


def own_request(request: Request, pk: UUID) -> Opened[MentoringRequest]:
    """Open a request, for its mentee alone."""
    opened = gate.request(request.actor, pk, Access.READ)
    if opened.party is not Party.MENTEE:
        raise gate.Refused(policy.NOT_YOURS)
    return opened


def own_introduction(request: Request, pk: UUID) -> Opened[Introduction]:
    """Open an introduction, for its mentee or its mentor."""
    opened = gate.introduction(request.actor, pk, Access.READ)
    if opened.party is Party.COORDINATOR:
        raise gate.Refused(policy.NOT_YOURS)
    return opened
