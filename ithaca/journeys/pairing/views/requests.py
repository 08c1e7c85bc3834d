"""Asking for a mentor: page by page, to be changed and withdrawn at any time."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.pairing.forms import answers as pages
from ithaca.journeys.pairing.forms.buttons import ButtonForm, pressed
from ithaca.journeys.pairing.forms.requests import KindForm, StartForm
from ithaca.journeys.pairing.views.answers import answer_rows
from ithaca.journeys.pairing.views.enquiries import sent_from
from ithaca.journeys.pairing.views.own import own_request
from ithaca.records.members.models import Membership
from ithaca.records.members.queries.absences import notes
from ithaca.records.members.stages import MAY_ASK
from ithaca.records.mentorships.pairing.actions import requests
from ithaca.records.mentorships.pairing.queries import findings, introductions, request_cards
from ithaca.records.mentorships.pairing.queries import requests as requests_queries
from ithaca.records.mentorships.pairing.queries.requests import open_request_of, signposts_of
from ithaca.records.mentorships.pairing.queries.waits import in_words, ranges_of, supply_of
from ithaca.records.mentorships.rules.stages.pairing import EDITABLE, UNPLACED, RequestAct, RequestStage
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.queries.schemes import by_slug
from ithaca.records.stages import Party
from ithaca.records.versions import ChangedMeanwhile


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, slug: str) -> HttpResponse:
    """Ask at once, with the one answer that is needed, or begin to say more; or go on with what was begun."""
    scheme = by_slug(slug)
    if scheme is None:
        raise Http404
    membership = request.actor.membership_of(scheme.pk)
    if membership is None:
        return redirect(f"{reverse('joining:join', args=[slug])}?{urlencode({'next': request.path})}")
    if membership.stage not in MAY_ASK:
        return render(request, "pairing/request_not_yet.html", {"scheme": scheme})
    under_way = open_request_of(membership)
    if under_way:
        return redirect("pairing:request", pk=under_way.pk)
    form = StartForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _begin_request(request, membership, form)
    context = {"scheme": scheme, "form": form}
    return render(request, "pairing/request_new.html", context, status=422 if form.is_bound else 200)


def _begin_request(request: Request, membership: Membership, form: StartForm) -> HttpResponse:
    """Keep the first answer, and send it or ask the next question."""
    at, said = timezone.now(), form.cleaned_data
    one_off = said["kind"] == "one_off"
    made = requests.begin(membership, at=at, form=form.form_id, enquiry_seen=sent_from(request), one_off=one_off)
    if made.stage == RequestStage.DRAFT:
        requests.change_answers(made, made.version, reasons=tuple(said["reasons"]))
        if "send" not in request.POST:
            return redirect("pairing:request_edit", pk=made.pk, page=pages.ORDER[1])
        requests.submit(made, actor=request.actor.id, at=at, form=None)
    chooses = membership.scheme.proposing == Scheme.Proposing.MENTEE
    return redirect("pairing:mentors" if chooses else "pairing:request", pk=made.pk)


@require_safe
def request(request: Request, pk: UUID) -> HttpResponse:
    """Show the stage of the request, what happens next, who acts and by when."""
    opened = gate.request(request.actor, pk, Access.READ)
    if opened.party is not Party.MENTEE:
        return redirect("coordinating:request_desk", pk=pk)
    row = opened.row
    if row.stage == RequestStage.DRAFT:
        return redirect("pairing:request_check", pk=pk)
    live, unplaced = introductions.live_introduction_of(row), row.stage in UNPLACED
    heard = requests_queries.last_heard([row])[row.pk]
    card = request_cards.card(row, live, heard) if row.stage in request_cards.SHOWN else None
    context = {
        "scheme": row.membership.scheme,
        "row": row,
        "card": card,
        "away": notes([row.membership.scheme_id]) if card and card.who == _("The coordinator") else [],
        "onward": card.url if card and card.url != request.path else "",
        "answers": answer_rows(request, row) if row.stage in EDITABLE else [],
        "mentorship": introductions.mentorship_of(row) if row.stage == RequestStage.MATCHED else None,
        "wait": in_words(ranges_of(row.membership.scheme).get(row.membership.profession)) if unplaced else "",
        "supply": supply_of(row.membership.scheme) if unplaced else None,
        "found": findings.finding_of(row) if row.stage in findings.OPEN else None,
        "in_queue": row.stage in EDITABLE,
        "may_find": row.stage in findings.OPEN,
        "signs": signposts_of(row, timezone.localdate()),
        "past": introductions.past_introductions(row),
        "may_withdraw": opened.may(RequestAct.WITHDRAW),
        "may_reopen": opened.may(RequestAct.REOPEN),
        "form": ButtonForm(),
    }
    return render(request, "pairing/request.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Request, pk: UUID) -> HttpResponse:
    """Check the answers, and send them."""
    row = gate.request(request.actor, pk, Access.EDIT).row
    form = ButtonForm(request.POST) if request.method == "POST" else ButtonForm()
    status = 200
    if form.is_bound and form.is_valid():
        try:
            requests.submit(row, actor=request.actor.id, at=timezone.now(), form=form.form_id)
            return redirect("pairing:request", pk=pk)
        except requests.Incomplete:
            form.add_error(None, _("Choose what brings you here, then send your request"))
        except requests.CannotAsk:
            form.add_error(None, _("Your membership has lapsed. Renew it, then send your request."))
        status = 422
    elif row.stage != RequestStage.DRAFT:
        return redirect("pairing:request", pk=pk)
    context = {"scheme": row.membership.scheme, "row": row, "form": form, "answers": answer_rows(request, row)}
    context["found"] = findings.finding_of(row)
    return render(request, "pairing/request_check.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def kind(request: Request, pk: UUID) -> HttpResponse:
    """Choose between a mentor and one conversation; it may be changed until two people are introduced."""
    row = gate.request(request.actor, pk, Access.EDIT).row
    if row.stage not in EDITABLE or (row.stage == RequestStage.INTRODUCING and request.method != "POST"):
        return redirect("pairing:request", pk=pk)
    initial = {"kind": "one_off" if row.one_off else "mentor", "version": row.version}
    form = KindForm(request.POST) if request.method == "POST" else KindForm(initial=initial)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            requests.change_kind(row, said["version"] or 0, one_off=said["kind"] == "one_off")
            return redirect("pairing:request", pk=pk)
        except ChangedMeanwhile:
            form, status = KindForm(initial={**initial, "kind": said["kind"], "version": row.version}), 409
            messages.info(request, _("This was changed in another window. To keep your choice, save again."))
    return render(
        request, "pairing/request_kind.html", {"scheme": row.membership.scheme, "row": row, "form": form}, status=status
    )


@require_POST
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """Stop, in one step."""
    opened = own_request(request, pk)
    form = pressed(request)
    requests.withdraw(opened.row, actor=request.actor.id, at=timezone.now(), form=form.form_id)
    messages.success(request, _("You've withdrawn your request. We've deleted what you wrote."))
    return redirect("pairing:request", pk=pk)


@require_POST
def reopen(request: Request, pk: UUID) -> HttpResponse:
    """Go back to the queue, at the old date."""
    opened = own_request(request, pk)
    form = pressed(request)
    requests.reopen(opened.row, opened.party, actor=request.actor.id, at=timezone.now(), form=form.form_id)
    return redirect("pairing:request", pk=pk)
