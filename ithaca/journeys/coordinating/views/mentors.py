"""One mentor as the desk sees them: what they offer, their places, and what can be done."""

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ithaca.access import gate
from ithaca.access.policy import STAFF_READ, Access
from ithaca.journeys.acts import button, carry_out, pressed
from ithaca.journeys.coordinating.forms import Hold
from ithaca.journeys.coordinating.words import STANDING_STAGES, answers_in_words
from ithaca.journeys.http import Request
from ithaca.records.members.actions import standings
from ithaca.records.members.choices import NOTICES
from ithaca.records.members.models import MentorStanding
from ithaca.records.members.queries.accounts import telephone_of
from ithaca.records.members.queries.offers import offer_of
from ithaca.records.members.stages import StandingAct
from ithaca.records.mentorships.overview.queries.phone_answers import phone_answers_of
from ithaca.records.mentorships.pairing.actions import places
from ithaca.records.mentorships.pairing.queries import places as places_queries
from ithaca.tools.design.forms import Form

HOLDS: dict[StandingAct, type[Form]] = {
    StandingAct.PAUSE: Hold,
    StandingAct.SUSPEND: Hold,
    StandingAct.RESUME: Form,
    StandingAct.REINSTATE: Form,
}
Opened = gate.Opened[MentorStanding]


@require_safe
def mentor(request: Request, pk: UUID) -> HttpResponse:
    """Show a mentor: what they offer, their places, and what can be done."""
    return _page(request, gate.standing(request.actor, pk, Access.READ_DESK))


@require_POST
def hold(request: Request, pk: UUID, act: str) -> HttpResponse:
    """Pause or suspend an offer, or open it again."""
    wished = next((each for each in HOLDS if each == act), None)
    if wished is None:
        raise Http404
    opened, at = gate.standing(request.actor, pk, Access.READ_DESK), timezone.now()

    @transaction.atomic
    def carry(form: Form) -> None:
        notice = form.cleaned_data.get("notice", "")
        standings.hold(opened.row, wished, notice, coordinator=request.actor.id, at=at, form=form.form_id)
        places.resettle(pk, at)

    name = {"name": opened.row.membership.user.name}
    stops = HOLDS[wished] is Hold
    return carry_out(
        request,
        pressed(request, wished, HOLDS[wished]),
        carry,
        done=_("You've put the offer from %(name)s on hold.") % name
        if stops
        else _("You've reopened the offer from %(name)s.") % name,
        to=reverse("coordinating:standing", args=[pk]),
        page=lambda form: _page(request, opened, **{wished: form}),
    )


def _page(request: Request, opened: Opened, **faulty: Form) -> HttpResponse:
    row = opened.row
    membership, offer = row.membership, offer_of(row)
    page = {
        "scheme": membership.scheme,
        "standing": row,
        "person": membership.user,
        "telephone": telephone_of(membership.user),
        "stage_words": STANDING_STAGES[row.stage],
        "notice": NOTICES.get(row.notice, ""),
        "offer": offer,
        "said": answers_in_words(offer, STAFF_READ["application"]),
        "taken": places_queries.taken([row])[row.pk],
        "forms": {act: button(act, form) for act, form in HOLDS.items() if opened.may(act)} | faulty,
        "noted": phone_answers_of("standing", row.pk),
        "faulty": next(iter(faulty.values()), None),
    }
    return render(request, "coordinating/mentor.html", page)
