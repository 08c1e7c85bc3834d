"""The locks of an introduction, in the one order: request, introduction, standing."""

from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Introduction, MentoringRequest


def locked(introduction: Introduction) -> MentoringRequest:
    """Hold the request's lock, then the introduction's; read both afresh, with the people they belong to."""
    requests = MentoringRequest.objects.select_related("membership__scheme", "membership__user")
    request = requests.select_for_update(of=("self",)).get(pk=introduction.request_id)
    rows = Introduction.objects.select_related("standing__membership__user").select_for_update(of=("self",))
    introduction.refresh_from_db(from_queryset=rows)
    introduction.request = request
    return request


def people(introduction: Introduction) -> tuple[Membership, Membership]:
    """Return both people, the mentee first."""
    return introduction.request.membership, introduction.standing.membership
