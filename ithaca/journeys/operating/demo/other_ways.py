"""The other ways to ask, in the demonstration: one conversation, a mentor one found, other help, a long wait."""

from datetime import timedelta
from uuid import uuid4

from ithaca.journeys.operating.demo.people import Cast, Person, confirm, join
from ithaca.records.members.actions import standings
from ithaca.records.members.models import MentorStanding
from ithaca.records.mentorships.models import MentoringRequest
from ithaca.records.mentorships.pairing.actions import alternatives, findings, requests, waits
from ithaca.records.mentorships.pairing.queries.waits import to_tell
from ithaca.records.mentorships.rules.stages.pairing import RequestAct
from ithaca.records.schemes.actions.signposts import review
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.queries.signposts import signposts_for, signposts_of

STILL_TO_LOOK_AT = ("Lifeline", "Institute of General Practice Management")


def show(cast: Cast, scheme: Scheme, coordinator: Person, mentors: list[MentorStanding]) -> None:
    """Add three requests made in other ways, and let every other mentor be found by name."""
    for standing in mentors[::2]:
        standings.be_listed(standing, True)
    one, two = (_asked(cast, scheme, coordinator, days) for days in (3, 5))
    requests.change_kind(one, one.version, one_off=True)
    findings.find(two, f"old.colleague@{scheme.slug}.example", at=cast.ago(2), form=uuid4())
    if scheme.proposing == Scheme.Proposing.COORDINATOR:
        for request in (one, two):
            requests.take_in(request, actor=coordinator.id, at=cast.ago(2), form=None)
        three = _asked(cast, scheme, coordinator, 8)
        signs = signposts_for(three.membership.profession, "england", scheme, cast.at.date())
        chosen = [sign.pk for sign in signs if sign.kind in ("talk_now", "own_doctor")]
        who = coordinator.id
        requests.answer_otherwise(three, RequestAct.SIGNPOST, signposts=chosen, actor=who, at=cast.ago(6), form=None)


def settle(cast: Cast, scheme: Scheme, coordinator: Person) -> None:
    """Finish the scheme: work out waits, tell those unlikely to be matched, and review signposts."""
    for signpost in signposts_of(scheme):
        if signpost.name not in STILL_TO_LOOK_AT and signpost.review_on < cast.at.date() + timedelta(days=90):
            review(signpost, actor=coordinator.id, at=cast.ago(30), form=None)
    waits.look_at_waits(scheme, cast.at)
    lines = to_tell(scheme, coordinator.id, 0, 9).lines
    if len(lines) > 1:
        request = MentoringRequest.objects.get(pk=lines[0].pk)
        alternatives.say_unlikely(request, actor=coordinator.id, at=cast.ago(0.5), form=None)


def _asked(cast: Cast, scheme: Scheme, coordinator: Person, days: float) -> MentoringRequest:
    """Add a member who asked `days` ago, and return the request."""
    person = cast.anyone()
    membership = join(cast, scheme, person, days + 6)
    confirm(cast, membership, coordinator, days + 4)
    request = requests.begin(membership, at=cast.ago(days), form=uuid4())
    requests.change_answers(request, request.version, **cast.wishes(scheme))
    requests.submit(request, actor=person.id, at=cast.ago(days), form=None)
    return request
