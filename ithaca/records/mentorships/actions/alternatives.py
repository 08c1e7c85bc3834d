"""When nobody is likely by the stated day: a person says so, and the mentee chooses what to do instead."""

from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from ithaca.records.members.actions import joining
from ithaca.records.mentorships import waits
from ithaca.records.mentorships.actions import asking
from ithaca.records.mentorships.letters import asking as letters
from ithaca.records.mentorships.letters.recipients import member
from ithaca.records.mentorships.models import MentoringRequest
from ithaca.records.mentorships.queries.requests import answers_of
from ithaca.records.mentorships.queries.waits import comparable, range_of
from ithaca.records.schemes.actions import publish_wait
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.queries import open_schemes, waits_of
from ithaca.records.stages import Impossible, Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox

CODES = ("wait", "one_off", "neighbour", "groups", "networks")
"""Waiting; one conversation; another scheme; local groups; business networks."""


def look_at_waits(scheme: Scheme, at: datetime) -> int:
    """Work out afresh, once a day, how long people wait in a scheme; return for how many professions it changed."""
    said, today, changed = waits_of(scheme), timezone.localdate(at), 0
    for profession in scheme.professions:
        row = said.get(profession)
        if row is None or row.looked_on < today:
            found = waits.steadied(range_of(row), comparable(scheme, profession, at))
            changed += publish_wait(scheme, profession, (found.low, found.high) if found else None, today)
    return changed


@transaction.atomic
def say_unlikely(request: MentoringRequest, *, actor: UUID, at: datetime, form: UUID | None) -> bool:
    """A coordinator says that nobody is likely soon. The place in the queue stays. Raises Impossible unless waiting."""
    request.refresh_from_db(from_queryset=asking.whole().select_for_update(of=("self",)))
    if ledger.handled(form, "request", request.pk, "say_unlikely"):
        return False
    if request.stage != "waiting":
        raise Impossible("request", request.stage, "say_unlikely", Party.COORDINATOR)
    ledger.record("request", request.pk, "say_unlikely", by=Party.COORDINATOR, at=at, actor=actor, form=form)
    request.escalated_on, request.alternative = timezone.localdate(at), ""
    request.save(update_fields=["escalated_on", "alternative"])
    outbox.put(letters.nobody_likely(member(request.membership), request), at)
    return True


@transaction.atomic
def choose(request: MentoringRequest, code: str, *, actor: UUID, at: datetime, form: UUID | None) -> bool:
    """Take one of the other ways. The place in the queue stays whichever it is. Raises Impossible unless waiting."""
    if code not in CODES:
        raise ValueError(code)
    request.refresh_from_db(from_queryset=asking.whole().select_for_update(of=("self",)))
    if ledger.handled(form, "request", request.pk, "choose_alternative"):
        return False
    if request.stage != "waiting":
        raise Impossible("request", request.stage, "choose_alternative", Party.MENTEE)
    ledger.record("request", request.pk, "choose_alternative", by=Party.MENTEE, at=at, actor=actor, form=form)
    request.alternative, request.one_off = code, request.one_off or code == "one_off"
    request.save(update_fields=["alternative", "one_off"])
    return True


def neighbours(scheme: Scheme, profession: str) -> list[Scheme]:
    """The other open schemes that take in people of this profession."""
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
    there, pk = joining.start(scheme, member_here.user, at=at, form=uuid4()), uuid4()
    made = asking.begin_request(there, at=at, form=pk, may=(*asking.MAY_ASK, *joining.OPEN_TO_ANSWERS))
    if made.pk != pk:
        return made
    if not there.profession:
        joining.answer(there, profession=member_here.profession)
    said = answers_of(request)
    known = tuple(topic for topic in said.topics if topic in scheme.topics)
    answers = replace(said, topics=known, prefers=None, prefers_address="")
    asking.change_answers(made, made.version, **asdict(answers))
    return made
