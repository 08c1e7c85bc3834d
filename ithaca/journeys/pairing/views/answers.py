"""The answers of a request, page by page."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.pairing.forms import answers as pages
from ithaca.journeys.pairing.forms.buttons import typed_over
from ithaca.journeys.pairing.forms.requests import KINDS
from ithaca.records.mentorships.models import MentoringRequest
from ithaca.records.mentorships.pairing.actions import requests
from ithaca.records.mentorships.pairing.queries.introductions import mentor_called
from ithaca.records.mentorships.pairing.queries.requests import answers_of, story_of
from ithaca.records.mentorships.rules.stages.pairing import EDITABLE, RequestStage
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.design.forms import Form


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: UUID, page: str) -> HttpResponse:
    """One page of the request. A draft goes on to the next page; later, back to the request."""
    row = gate.request(request.actor, pk, Access.EDIT).row
    if page not in pages.ORDER:
        raise Http404
    if row.stage not in EDITABLE:
        return redirect("pairing:request", pk=pk)
    if page == pages.STORY:
        return _edit_story(request, row)
    if page == pages.PEOPLE:
        return _page(request, row, page, None, {"done": _next_page(request, row, page)})
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


def _page(
    request: Request,
    row: MentoringRequest,
    slug: str,
    form: Form | None,
    more: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    before = pages.before(slug) if row.stage == RequestStage.DRAFT and "back" not in request.GET else None
    context = {
        "scheme": row.membership.scheme,
        "row": row,
        "form": form,
        "slug": slug,
        "number": pages.ORDER.index(slug) + 1,
        "count": len(pages.ORDER),
        "back": reverse("pairing:request_edit", args=[row.pk, before]) if before else _previous_page(request, row),
    }
    name = {pages.STORY: "story", pages.PEOPLE: "people"}.get(slug, "page")
    return render(request, f"pairing/answers_{name}.html", context | (more or {}), status=status)


def _previous_page(request: Request, row: MentoringRequest) -> str:
    if row.stage != RequestStage.DRAFT:
        return reverse("pairing:request", args=[row.pk])
    return reverse("pairing:request_check", args=[row.pk]) if "back" in request.GET else reverse("joining:home")


def _next_page(request: Request, row: MentoringRequest, slug: str) -> str:
    """Where a page leads when it is saved."""
    if row.stage != RequestStage.DRAFT:
        return reverse("pairing:request", args=[row.pk])
    following = None if "back" in request.GET else pages.after(slug)
    if following is None:
        return reverse("pairing:request_check", args=[row.pk])
    return reverse("pairing:request_edit", args=[row.pk, following])


def _saved(request: Request, row: MentoringRequest, slug: str) -> HttpResponse:
    if "later" in request.POST:
        messages.success(request, _("Saved. Come back whenever you like."))
        return redirect("joining:home")
    if row.stage != RequestStage.DRAFT:
        messages.success(request, _("Saved."))
    return redirect(_next_page(request, row, slug))


def answer_rows(request: Request, row: MentoringRequest) -> list[dict[str, Any]]:
    """Return the rows of a summary list, each with the way to change it."""
    said = answers_of(row)
    back = "?back=check" if row.stage == RequestStage.DRAFT else ""

    def line(slug: str, title: object, value: object) -> dict[str, Any]:
        return {"key": str(title), "value": value, "href": reverse("pairing:request_edit", args=[row.pk, slug]) + back}

    rows = [line(page.slug, page.title, page.shown(said) or _("Not answered")) for page in pages.PAGES]
    if row.story is None:
        story = _("You haven't written anything")
    elif request.actor.keyring is None:
        story = _("It's locked. Sign in again to read it.")
    else:
        story = story_of(row, request.actor.keyring)
    kind = {
        "key": _("What you're asking for"),
        "value": KINDS["one_off" if row.one_off else "mentor"][0],
        "href": reverse("pairing:request_kind", args=[row.pk]) if row.stage != RequestStage.INTRODUCING else "",
    }
    heard_of = {
        "key": _("Someone you've heard of"),
        "value": said.prefers_address or (mentor_called(said.prefers) if said.prefers else _("Nobody")),
        "href": reverse("pairing:preference", args=[row.pk]),
    }
    return [kind, *rows, heard_of, line(pages.STORY, _("What you'd like your mentor to know"), story)]
