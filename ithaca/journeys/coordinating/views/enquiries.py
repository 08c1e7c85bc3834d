"""Two-minute requests: read with the coordinator's own keys, answered, invited to join, closed."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.acts import button, carry_out, desk_of, pressed
from ithaca.journeys.coordinating.links import make
from ithaca.journeys.http import Request
from ithaca.records.members.queries.invitations import made_for
from ithaca.records.mentorships.models import Enquiry
from ithaca.records.mentorships.pairing.actions import enquiries
from ithaca.records.mentorships.pairing.queries.enquiries import letter_of
from ithaca.records.mentorships.rules.stages.pairing import EnquiryAct, EnquiryStage
from ithaca.records.schemes.vocabulary import REACHING
from ithaca.records.stages import Impossible
from ithaca.tools.design.forms import Form

ACTS = (EnquiryAct.ANSWER, EnquiryAct.CLOSE)
OPEN = (EnquiryStage.RECEIVED, EnquiryStage.ANSWERED)
Opened = gate.Opened[Enquiry]


@require_safe
def enquiry(request: Request, pk: UUID) -> HttpResponse:
    """Show the request, opened with the coordinator's keys; someone who is locked is asked to unlock first."""
    return _page(request, gate.enquiry(request.actor, pk, Access.READ))


@require_POST
def answer(request: Request, pk: UUID) -> HttpResponse:
    """Record that the writer has been spoken with."""
    opened, at = gate.enquiry(request.actor, pk, Access.READ), timezone.now()
    return carry_out(
        request,
        pressed(request, EnquiryAct.ANSWER, Form),
        lambda form: enquiries.answer(opened.row, actor=request.actor.id, at=at, form=form.form_id),
        done=_("We've recorded that you've answered."),
        to=reverse("coordinating:enquiry", args=[pk]),
        page=lambda form: _page(request, opened),
    )


@require_POST
def close(request: Request, pk: UUID) -> HttpResponse:
    opened, at = gate.enquiry(request.actor, pk, Access.READ), timezone.now()
    return carry_out(
        request,
        pressed(request, EnquiryAct.CLOSE, Form),
        lambda form: enquiries.close(opened.row, actor=request.actor.id, at=at, form=form.form_id),
        done=_("You've closed the request."),
        to=desk_of(opened.row.scheme),
        page=lambda form: _page(request, opened),
    )


@require_POST
def invite(request: Request, pk: UUID) -> HttpResponse:
    """Make a personal link for the writer. The answer shows it, and nothing keeps it: so there is no redirect."""
    opened, at = gate.enquiry(request.actor, pk, Access.INVITE), timezone.now()
    if opened.row.stage not in OPEN:
        raise Impossible("enquiry", opened.row.stage, "invite", opened.party)
    return _page(
        request, opened, **make(request, pressed(request, "invite", Form), opened.row.scheme, "mentee", at, pk)
    )


def _page(request: Request, opened: Opened, **more: str) -> HttpResponse:
    row = opened.row
    letter = letter_of(row, request.actor.keyring)
    forms: dict[str, Form] = {act: button(act) for act in ACTS if opened.may(act)}
    if row.stage in OPEN:
        forms["invite"] = button("invite")
    return render(
        request,
        "coordinating/enquiry.html",
        {
            "scheme": row.scheme,
            "enquiry": row,
            "letter": letter,
            "way": REACHING.get(letter.way, letter.way) if letter else "",
            "forms": forms,
            "link_made": made_for(row.pk, timezone.now()),
        }
        | more,
    )
