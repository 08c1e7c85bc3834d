"""Asking for a mentor: page by page, to be changed and withdrawn at any time."""

from typing import Any
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
from ithaca.journeys.http import Request
from ithaca.journeys.pairing import asking_pages as pages
from ithaca.journeys.pairing.forms import ASKED_FOR, PressForm, StartForm, pressed, typed_over
from ithaca.journeys.pairing.opening import own_request
from ithaca.journeys.pairing.views.enquiries import seen
from ithaca.records.members.models import Membership
from ithaca.records.members.queries.absences import notes
from ithaca.records.members.stages import MAY_ASK
from ithaca.records.mentorships.models import MentoringRequest
from ithaca.records.mentorships.pairing.actions import requests
from ithaca.records.mentorships.pairing.queries import findings, introductions, request_cards
from ithaca.records.mentorships.pairing.queries import requests as requests_queries
from ithaca.records.mentorships.pairing.queries.introductions import mentor_called
from ithaca.records.mentorships.pairing.queries.requests import answers_of, open_request_of, signposts_of, story_of
from ithaca.records.mentorships.pairing.queries.waits import in_words, ranges_of, supply_of
from ithaca.records.mentorships.rules.stages.pairing import EDITABLE, UNPLACED
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.queries import by_slug
from ithaca.records.stages import Party
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.design.forms import Form


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
        return _begin(request, membership, form)
    context = {"scheme": scheme, "form": form}
    return render(request, "pairing/request_new.html", context, status=422 if form.is_bound else 200)


def _begin(request: Request, membership: Membership, form: StartForm) -> HttpResponse:
    """Keep the first answer, and send it or ask the next question."""
    at, said = timezone.now(), form.cleaned_data
    one_off = said["kind"] == "one_off"
    made = requests.begin(membership, at=at, form=form.form_id, enquiry_seen=seen(request), one_off=one_off)
    if made.stage == "draft":
        requests.change_answers(made, made.version, reasons=tuple(said["reasons"]))
        if "send" not in request.POST:
            return redirect("pairing:request_edit", pk=made.pk, page=pages.ORDER[1])
        requests.submit(made, actor=request.actor.id, at=at, form=None)
    chooses = membership.scheme.proposing == Scheme.Proposing.MENTEE
    return redirect("pairing:request_mentors" if chooses else "pairing:request", pk=made.pk)


@require_safe
def show(request: Request, pk: UUID) -> HttpResponse:
    """Where the request stands, what happens next, who acts and by when."""
    opened = gate.request(request.actor, pk, "read")
    if opened.party is not Party.MENTEE:
        return redirect("coordinating:request_desk", pk=pk)
    row = opened.row
    if row.stage == "draft":
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
        "answers": _answers(request, row) if row.stage in EDITABLE else [],
        "mentorship": introductions.mentorship_of(row) if row.stage == "matched" else None,
        "wait": in_words(ranges_of(row.membership.scheme).get(row.membership.profession)) if unplaced else "",
        "supply": supply_of(row.membership.scheme) if unplaced else None,
        "found": findings.finding_of(row) if row.stage in findings.OPEN else None,
        "in_queue": row.stage in EDITABLE,
        "may_find": row.stage in findings.OPEN,
        "signs": signposts_of(row, timezone.localdate()),
        "past": introductions.past_introductions(row),
        "may_withdraw": opened.may("withdraw"),
        "may_reopen": opened.may("reopen"),
        "form": PressForm(),
    }
    return render(request, "pairing/request.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: UUID, page: str) -> HttpResponse:
    """One page of the request. A draft goes on to the next page; later, back to the request."""
    row = gate.request(request.actor, pk, "edit").row
    if page not in pages.ORDER:
        raise Http404
    if row.stage not in EDITABLE:
        return redirect("pairing:request", pk=pk)
    if page == pages.STORY:
        return _edit_story(request, row)
    if page == pages.AWAY:
        return _page(request, row, page, None, {"done": _onward(request, row, page)})
    asked = pages.page_called(page)
    if asked is None:
        raise Http404
    kind = pages.form_of(asked, row.membership.scheme)
    if request.method != "POST":
        form = kind(initial={**pages.initial(answers_of(row)), "version": row.version})
        return _page(request, row, page, form, {"page": asked})
    form = kind(request.POST)
    if not form.is_valid():
        return _page(request, row, page, form, {"page": asked}, 422)
    try:
        requests.change_answers(row, form.cleaned_data["version"] or 0, **pages.changes(form.cleaned_data))
    except ChangedMeanwhile:
        now = asked.shown(answers_of(row))
        return _page(request, row, page, kind(typed_over(request, row.version)), {"page": asked, "meanwhile": now}, 409)
    return _saved(request, row, page)


def _edit_story(request: Request, row: MentoringRequest) -> HttpResponse:
    keyring = request.actor.keyring
    if request.method != "POST":
        form = pages.StoryForm(initial={"story": story_of(row, keyring), "version": row.version})
        return _page(request, row, pages.STORY, form)
    form = pages.StoryForm(request.POST)
    if not form.is_valid():
        return _page(request, row, pages.STORY, form, status=422)
    said = form.cleaned_data
    try:
        requests.change_story(row, said["version"] or 0, said["story"], keyring=keyring)
    except ChangedMeanwhile:
        now = story_of(row, keyring).splitlines()
        typed = pages.StoryForm(typed_over(request, row.version))
        return _page(request, row, pages.STORY, typed, {"meanwhile": now}, 409)
    return _saved(request, row, pages.STORY)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Request, pk: UUID) -> HttpResponse:
    """Check the answers, and send them."""
    row = gate.request(request.actor, pk, "edit").row
    form = PressForm(request.POST) if request.method == "POST" else PressForm()
    status = 200
    if form.is_bound and form.is_valid():
        try:
            requests.submit(row, actor=request.actor.id, at=timezone.now(), form=form.form_id)
            return redirect("pairing:request", pk=pk)
        except requests.Incomplete:
            form.add_error(None, _("Say what brings you before you send your request"))
        except requests.CannotAsk:
            form.add_error(None, _("Your membership has lapsed. Renew it, then send your request."))
        status = 422
    elif row.stage != "draft":
        return redirect("pairing:request", pk=pk)
    context = {"scheme": row.membership.scheme, "row": row, "form": form, "answers": _answers(request, row)}
    context["found"] = findings.finding_of(row)
    return render(request, "pairing/request_check.html", context, status=status)


@require_POST
def withdraw(request: Request, pk: UUID) -> HttpResponse:
    """Stop, in one step."""
    opened = own_request(request, pk)
    form = pressed(request)
    requests.withdraw(opened.row, actor=request.actor.id, at=timezone.now(), form=form.form_id)
    messages.success(request, _("Your request is withdrawn. What you wrote is deleted."))
    return redirect("pairing:request", pk=pk)


@require_POST
def reopen(request: Request, pk: UUID) -> HttpResponse:
    """Go back to the queue, at the old date."""
    opened = own_request(request, pk)
    form = pressed(request)
    requests.reopen(opened.row, opened.party, actor=request.actor.id, at=timezone.now(), form=form.form_id)
    return redirect("pairing:request", pk=pk)


def _answers(request: Request, row: MentoringRequest) -> list[dict[str, Any]]:
    """The rows of a summary list, each with the way to change it."""
    said = answers_of(row)
    back = "?back=check" if row.stage == "draft" else ""

    def line(slug: str, title: object, value: object) -> dict[str, Any]:
        return {"key": str(title), "value": value, "href": reverse("pairing:request_edit", args=[row.pk, slug]) + back}

    rows = [line(page.slug, page.title, page.shown(said) or _("Not said")) for page in pages.PAGES]
    if row.story is None:
        story = _("You wrote nothing")
    elif request.actor.keyring is None:
        story = _("It is locked. Sign in again to read it.")
    else:
        story = story_of(row, request.actor.keyring)
    kind = {
        "key": _("What you ask for"),
        "value": ASKED_FOR["one_off" if row.one_off else "mentor"][0],
        "href": reverse("pairing:request_kind", args=[row.pk]) if row.stage != "introducing" else "",
    }
    heard_of = {
        "key": _("Someone you have heard of"),
        "value": said.prefers_address or (mentor_called(said.prefers) if said.prefers else _("Nobody")),
        "href": reverse("pairing:request_prefers", args=[row.pk]),
    }
    return [kind, *rows, heard_of, line(pages.STORY, _("What you would like your mentor to know"), story)]


def _page(
    request: Request,
    row: MentoringRequest,
    slug: str,
    form: Form | None,
    more: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    before = pages.before(slug) if row.stage == "draft" and "back" not in request.GET else None
    context = {
        "scheme": row.membership.scheme,
        "row": row,
        "form": form,
        "slug": slug,
        "number": pages.ORDER.index(slug) + 1,
        "count": len(pages.ORDER),
        "back": reverse("pairing:request_edit", args=[row.pk, before]) if before else _home(request, row),
    }
    name = {pages.STORY: "story", pages.AWAY: "away"}.get(slug, "page")
    return render(request, f"pairing/asking_{name}.html", context | (more or {}), status=status)


def _home(request: Request, row: MentoringRequest) -> str:
    if row.stage != "draft":
        return reverse("pairing:request", args=[row.pk])
    return reverse("pairing:request_check", args=[row.pk]) if "back" in request.GET else reverse("joining:home")


def _onward(request: Request, row: MentoringRequest, slug: str) -> str:
    """Where a page leads when it is saved."""
    if row.stage != "draft":
        return reverse("pairing:request", args=[row.pk])
    following = None if "back" in request.GET else pages.after(slug)
    if following is None:
        return reverse("pairing:request_check", args=[row.pk])
    return reverse("pairing:request_edit", args=[row.pk, following])


def _saved(request: Request, row: MentoringRequest, slug: str) -> HttpResponse:
    if "later" in request.POST:
        messages.success(request, _("Your answers are saved. Come back when you like."))
        return redirect("joining:home")
    if row.stage != "draft":
        messages.success(request, _("Your change is saved."))
    return redirect(_onward(request, row, slug))
