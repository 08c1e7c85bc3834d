"""Taking in two-minute requests from people without an account."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from ithaca.records import moves
from ithaca.records.members.emails.addressing import coordinators
from ithaca.records.mentorships.models import Enquiry
from ithaca.records.mentorships.pairing.emails import requests as emails
from ithaca.records.mentorships.pairing.queries.requests import answer_due
from ithaca.records.mentorships.rules.answers import EnquiryText
from ithaca.records.mentorships.rules.stages.pairing import EnquiryAct
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox
from ithaca.tools.vault import errors


class NoMailbox(Exception):
    """The scheme's coordinators have no key yet, so nothing can be sealed to them; nothing was kept."""


@transaction.atomic
def receive(scheme: Scheme, asking: EnquiryText, *, at: datetime, form: UUID) -> Enquiry:
    """Keep a two-minute request, sealed to the scheme's coordinators, and tell them that there is one.

    Raises `NoMailbox` when nothing can be sealed to them yet.
    """
    made = Enquiry.objects.filter(pk=form, scheme=scheme).first()
    if made:
        return made
    key = uuid4() if Enquiry.objects.filter(pk=form).exists() else form
    today = timezone.localdate(at)
    enquiry = Enquiry(id=key, scheme=scheme, asked_on=today, stage_since=at)
    try:
        enquiry.letter = Enquiry.letter.seal(enquiry, asking.to_json())
    except errors.NotEnrolled:
        raise NoMailbox from None
    enquiry.save(force_insert=True)
    ledger.record("enquiry", key, "ask", by=Party.VISITOR, at=at, to=enquiry.stage)
    for to in coordinators(scheme):
        outbox.put(emails.enquiry_to_answer(to, scheme, answer_due(today)), at)
    return enquiry


def answer(enquiry: Enquiry, *, actor: UUID, at: datetime, form: UUID | None) -> bool:
    """Record that a coordinator has reached the writer."""
    return moves.move(enquiry, EnquiryAct.ANSWER, Party.COORDINATOR, at=at, actor=actor, form=form)


def close(enquiry: Enquiry, *, actor: UUID, at: datetime, form: UUID | None) -> bool:
    """Nothing more is to be done."""
    return moves.move(enquiry, EnquiryAct.CLOSE, Party.COORDINATOR, at=at, actor=actor, form=form)
