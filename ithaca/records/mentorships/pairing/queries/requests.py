"""Reading requests."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import MentoringRequest
from ithaca.records.mentorships.rules.answers import Answers
from ithaca.records.mentorships.rules.stages.pairing import CLOSED
from ithaca.records.queues import WORKING_DAYS_TO_ANSWER
from ithaca.records.schemes.queries.signposts import ShownSignpost, signposts_named
from ithaca.records.times import working_days_after
from ithaca.tools.ledger import queries as ledger_queries
from ithaca.tools.vault.keyring import Keyring


def whole_request() -> Any:
    """Return requests with the people they belong to."""
    return MentoringRequest.objects.select_related("membership__scheme", "membership__user", "enquiry")


def last_heard(requests: Iterable[MentoringRequest]) -> dict[UUID, date]:
    """Return the day on which each of these people last heard from us."""
    heard = {row.pk: timezone.localdate(row.stage_since) for row in requests}
    for step in ledger_queries.steps_of("request", heard):
        if step.act == "send_word":
            heard[step.subject] = max(heard[step.subject], timezone.localdate(step.at))
    return heard


def answers_of(request: MentoringRequest) -> Answers:
    """Return what the request says, except the story."""
    text = MentoringRequest.answers.unseal(request)
    return Answers.from_json(text) if text else Answers()


def story_of(request: MentoringRequest, keyring: Keyring | None) -> str:
    """Return the story in the mentee's own words, for the mentee; empty when there is none. Raises `Locked`."""
    return MentoringRequest.story.unseal(request, keyring)


def signposts_of(request: MentoringRequest, on: date) -> list[ShownSignpost]:
    """Return the signposts that the coordinator's answer names, except any taken down since."""
    text = MentoringRequest.signposts.unseal(request)
    return signposts_named((UUID(pk) for pk in json.loads(text)), on) if text else []


def requests_of(person: UUID) -> list[MentoringRequest]:
    """Every request of this person's, with as much as a card needs, by the date they asked."""
    found = MentoringRequest.objects.filter(membership__user=person).select_related("membership__scheme")
    shown = ("stage", "stage_since", "asked_on", "story", "one_off", "membership__stage", "membership__profession")
    return list(found.only(*shown, "membership__scheme__proposing", "membership__scheme__name").order_by("asked_on"))


def open_request_of(membership: Membership) -> MentoringRequest | None:
    """Return the request that this member has under way, a draft too."""
    return MentoringRequest.objects.filter(membership=membership).exclude(stage__in=CLOSED).first()


def answer_due(asked_on: date) -> date:
    """By when a person answers someone who asked on this day."""
    return working_days_after(asked_on, WORKING_DAYS_TO_ANSWER)
