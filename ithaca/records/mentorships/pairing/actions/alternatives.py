"""When nobody is likely by the stated day: a person says so, and the mentee chooses what to do instead."""

from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from ithaca.records.members.actions import memberships
from ithaca.records.members.emails.addressing import member
from ithaca.records.members.stages import MAY_ASK
from ithaca.records.mentorships.models import MentoringRequest
from ithaca.records.mentorships.pairing.actions import requests
from ithaca.records.mentorships.pairing.emails import requests as emails
from ithaca.records.mentorships.pairing.queries import requests as requests_queries
from ithaca.records.mentorships.pairing.queries.requests import answers_of
from ithaca.records.mentorships.rules.stages.pairing import RequestStage
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.queries.schemes import open_schemes
from ithaca.records.stages import Impossible, Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox

CODES = ("wait", "one_off", "neighbour", "groups", "networks")
"""Waiting; one conversation; another scheme; local groups; business networks."""


@transaction.atomic
def say_unlikely(request: MentoringRequest, *, actor: UUID, at: datetime, form: UUID | None) -> bool:
    """Record that a coordinator says nobody is likely soon.

    Keeps the place in the queue. Raises Impossible unless waiting.
    """
    request.refresh_from_db(from_queryset=requests_queries.whole_request().select_for_update(of=("self",)))
    if ledger.handled(form, "request", request.pk, "say_unlikely"):
        return False
    if request.stage != RequestStage.WAITING:
        raise Impossible("request", request.stage, "say_unlikely", Party.COORDINATOR)
    ledger.record("request", request.pk, "say_unlikely", by=Party.COORDINATOR, at=at, actor=actor, form=form)
    request.escalated_on, request.alternative = timezone.localdate(at), ""
    request.save(update_fields=["escalated_on", "alternative"])
    outbox.put(emails.nobody_likely(member(request.membership), request), at)
    return True


@transaction.atomic
def choose(request: MentoringRequest, code: str, *, actor: UUID, at: datetime, form: UUID | None) -> bool:
    """Take one of the other ways. The place in the queue stays whichever it is. Raises Impossible unless waiting."""
    if code not in CODES:
        raise ValueError(code)
    request.refresh_from_db(from_queryset=requests_queries.whole_request().select_for_update(of=("self",)))
    if ledger.handled(form, "request", request.pk, "choose_alternative"):
        return False
    if request.stage != RequestStage.WAITING:
        raise Impossible("request", request.stage, "choose_alternative", Party.MENTEE)
    ledger.record("request", request.pk, "choose_alternative", by=Party.MENTEE, at=at, actor=actor, form=form)
    request.alternative, request.one_off = code, request.one_off or code == "one_off"
    request.save(update_fields=["alternative", "one_off"])
    return True


def neighbours(scheme: Scheme, profession: str) -> list[Scheme]:
    """Return the other open schemes that take in people of this profession."""
    return [other for other in open_schemes() if other.pk != scheme.pk and profession in other.professions]


@transaction.atomic
def ask_elsewhere(request: MentoringRequest, scheme: Scheme, *, at: datetime, form: UUID) -> MentoringRequest:
    """Begin a request in a neighbouring scheme, with the consent of its author, and with the same structured answers.

    The story stays behind: it is sealed, and its author alone can write it again. The first request goes on waiting.
    Raises `asking.CannotAsk` when the person's place in that scheme is closed to them; then nothing is kept.
    """
    member_here = request.membership
    if scheme not in neighbours(member_here.scheme, member_here.profession):
        raise ValueError("not a neighbour")
    choose(request, "neighbour", actor=member_here.user_id, at=at, form=form)
    there, pk = memberships.start(scheme, member_here.user, at=at, form=uuid4()), uuid4()
    made = requests.begin(there, at=at, form=pk, may=(*MAY_ASK, *memberships.OPEN_TO_ANSWERS))
    if made.pk != pk:
        return made
    if not there.profession:
        memberships.answer(there, profession=member_here.profession)
    said = answers_of(request)
    known = tuple(topic for topic in said.topics if topic in scheme.topics)
    answers = replace(said, topics=known, prefers=None, prefers_address="")
    requests.change_answers(made, made.version, **asdict(answers))
    return made
