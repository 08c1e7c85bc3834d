"""People at the desk: every member by name, and a mentor with what they offer and whether it is on hold."""

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ithaca.access import gate
from ithaca.access.policy import STAFF_READ
from ithaca.journeys.coordinating.acting import button, carry_out, pressed
from ithaca.journeys.coordinating.forms import FindMember, Hold
from ithaca.journeys.coordinating.paging import A_PAGE, first_line, foot
from ithaca.journeys.coordinating.words import MEMBERSHIP_STAGES, STANDING_STAGES, answers_in_words
from ithaca.journeys.http import Request
from ithaca.records.members.actions import mentoring
from ithaca.records.members.models import MentorStanding
from ithaca.records.members.queries.members import initials, members_named
from ithaca.records.members.queries.members import members as read_members
from ithaca.records.members.queries.offers import offer_of
from ithaca.records.members.queries.people import telephone_of
from ithaca.records.members.words import NOTICES
from ithaca.records.mentorships.overview.queries.phone_answers import phone_answers_of
from ithaca.records.mentorships.pairing.actions import places
from ithaca.records.mentorships.pairing.queries import places as places_queries
from ithaca.tools.design.forms import Form

HOLDS: dict[str, type[Form]] = {"pause": Hold, "suspend": Hold, "resume": Form, "reinstate": Form}
Opened = gate.Opened[MentorStanding]


@require_http_methods(["GET", "HEAD", "POST"])
def members(request: Request, slug: str) -> HttpResponse:
    """Every member, by name; a letter shows those whose names begin with it, and a form those it is filled in for."""
    scheme = gate.scheme(request.actor, slug, "read_desk").row
    find = FindMember(request.POST if request.method == "POST" else None, auto_id="find-%s")
    letters = initials(scheme, request.actor.id)
    initial = request.GET.get("letter", "")
    if initial and initial not in letters:
        raise Http404
    called = find.cleaned_data["called"].strip() if find.is_valid() else ""
    start = 0 if called else first_line(request)
    found = (
        members_named(scheme, request.actor.id, called, A_PAGE)
        if called
        else read_members(scheme, request.actor.id, initial, start, start + A_PAGE)
    )
    page = {
        "scheme": scheme,
        "lines": [(line, MEMBERSHIP_STAGES[line.stage]) for line in found.lines],
        "letters": letters,
        "initial": initial,
        "find": find,
        "called": called,
        "more": found.total - len(found.lines) if called else 0,
    }
    page |= {"total": found.total} if called else foot(request, found)
    status = 422 if find.errors else 200
    return render(request, "coordinating/members.html", page | {"faulty": find if find.errors else None}, status=status)


@require_safe
def mentor(request: Request, pk: UUID) -> HttpResponse:
    """Show a mentor: what they offer, their places, and what can be done."""
    return _page(request, gate.standing(request.actor, pk, "read_desk"))


@require_POST
def hold(request: Request, pk: UUID, act: str) -> HttpResponse:
    """Pause or suspend an offer, or open it again."""
    if act not in HOLDS:
        raise Http404
    opened, at = gate.standing(request.actor, pk, "read_desk"), timezone.now()

    @transaction.atomic
    def carry(form: Form) -> None:
        notice = form.cleaned_data.get("notice", "")
        mentoring.hold(opened.row, act, notice, coordinator=request.actor.id, at=at, form=form.form_id)
        places.resettle(pk, at)

    name = {"name": opened.row.membership.user.name}
    stops = HOLDS[act] is Hold
    return carry_out(
        request,
        pressed(request, act, HOLDS[act]),
        carry,
        done=_("You've put the offer from %(name)s on hold.") % name
        if stops
        else _("You've reopened the offer from %(name)s.") % name,
        to=reverse("coordinating:standing", args=[pk]),
        page=lambda form: _page(request, opened, **{act: form}),
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
