"""Two who found each other are introduced in the request that completes them; the clock is the net beneath."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ithaca.records.members.models import Membership, MentorStanding
from ithaca.records.mentorships.models import Introduction, MentoringRequest
from ithaca.records.mentorships.pairing import jobs
from ithaca.records.mentorships.pairing.actions import findings, requests
from ithaca.tools.post.models import OutboxLetter
from tests.cast import sign_in
from tests.journeys.coordinating.world import DESK, Desk, once
from tests.records.mentorships.pairs import fresh


def at(name: str, *args: object) -> str:
    return reverse(DESK[name], args=args)


def find(request: MentoringRequest, address: str) -> None:
    findings.find(fresh(request), address, at=timezone.now(), form=uuid4())


def introduced(request: MentoringRequest) -> str:
    """The mentor whom this mentee has been offered, if any."""
    found = Introduction.objects.filter(request=request, stage="offered_to_mentee")
    return found.values_list("standing__membership__user__name", flat=True).first() or ""


def settled_already() -> bool:
    return jobs.settle_findings(timezone.now()) == 0


def test_reading_the_request_completes_them_and_naming_alone_does_not(desk: Desk, cora: Client) -> None:
    request = desk.new_request
    find(request, desk.cast.mentor.email)
    assert introduced(request) == "", "an address tells nobody at once whether it is a mentor's"
    form = once()
    for _press in range(2):
        assert cora.post(at("request_take_in", request.pk), form).status_code == 302
    assert introduced(request) == "Omar Reed"
    assert OutboxLetter.objects.filter(kind="answer_wanted", address=request.membership.user.email).count() == 1
    assert settled_already()


def test_confirming_the_membership_completes_them(desk: Desk, cora: Client) -> None:
    request = desk.waiting
    Membership.objects.filter(pk=request.membership_id).update(stage="applied")
    find(request, desk.cast.mentor.email)
    assert settled_already()
    cora.post(at("membership_confirm", request.membership_id), once())
    assert introduced(request) == "Omar Reed"


def test_approving_the_one_who_was_found_completes_them(desk: Desk, cora: Client) -> None:
    """Named by address while still on the way through the checks; another waits for somebody else, and still does."""
    find(desk.waiting, desk.application.membership.user.email)
    find(desk.new_request, "somebody@elsewhere.example")
    for check in ("experience", "declaration", "conversation"):
        cora.post(at("application_begin_checks", desk.application.pk), once())
        cora.post(at("application_pass_check", desk.application.pk, check), once())
    cora.post(at("application_talk", desk.application.pk), once())
    assert cora.post(at("application_approve", desk.application.pk), once()).status_code == 302
    assert introduced(desk.waiting) == "Anna Offering"
    assert introduced(desk.new_request) == ""


@pytest.mark.parametrize("full", [False, True])
def test_taking_up_the_link_completes_them_when_a_mentor_does_so(desk: Desk, full: bool) -> None:
    """Omar was named by an address that is not the one of his account, and takes up the link that went there."""
    if full:
        MentorStanding.objects.filter(pk=desk.cast.standing.pk).update(capacity=0)
    find(desk.waiting, "omar.at.home@elsewhere.example")
    token = re.search(r"/invitations/([^/\s]+)/", OutboxLetter.objects.get(kind="wanted_as_mentor").text)
    assert token
    omar = sign_in(Client(), desk.cast.mentor)
    assert omar.post(reverse("joining:invitation", args=[token[1]]), once()).status_code == 302
    assert introduced(desk.waiting) == ("" if full else "Omar Reed")
    MentorStanding.objects.filter(pk=desk.cast.standing.pk).update(capacity=2)
    assert jobs.settle_findings(timezone.now()) == int(full), "what the rules did not allow is tried again by the clock"
    assert introduced(desk.waiting) == "Omar Reed"


def test_one_who_has_withdrawn_is_not_introduced_by_somebody_elses_step(desk: Desk, cora: Client) -> None:
    find(desk.new_request, desk.cast.mentor.email)
    requests.withdraw(
        fresh(desk.new_request), actor=desk.new_request.membership.user_id, at=timezone.now(), form=uuid4()
    )
    assert findings.settle_with(desk.cast.mentor.pk, desk.cast.scheme, timezone.now()) == 0
    assert introduced(desk.new_request) == ""
