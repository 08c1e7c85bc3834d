"""The agreement of a room: reading, changing, agreeing, printing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.access import gate
from ithaca.access.gate import Opened
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.agreement_forms import WordingForm, sent_again
from ithaca.journeys.meeting.agreement_paper import paper_of
from ithaca.journeys.meeting.forms import SeenForm
from ithaca.journeys.meeting.views.showing import kept_for_you, press, show, unreadable
from ithaca.records import times
from ithaca.records.mentorships.models import Agreement, Mentorship
from ithaca.records.mentorships.room.actions import agreements as agreements_actions
from ithaca.records.mentorships.room.queries import agreements
from ithaca.records.mentorships.room.queries import sides as sides_queries
from ithaca.records.mentorships.room.queries.rooms import partner_of
from ithaca.records.stages import Impossible
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.design.forms import Form
from ithaca.tools.design.paper import pdf
from ithaca.tools.vault.errors import NotGranted


def agreement(request: Request, pk: UUID) -> HttpResponse:
    """The agreement in full, what differs in it, and the button to say yes. One conversation has none."""
    opened = gate.mentorship(request.actor, pk, "read")
    return redirect("meeting:room", pk) if opened.row.one_off else _page(request, opened)


def printed(request: Request, pk: UUID) -> HttpResponse:
    """The agreement on one page for paper: the one in force, or the words that wait."""
    opened = gate.mentorship(request.actor, pk, "read")
    if opened.row.one_off:
        return redirect("meeting:room", pk)
    standing = agreements.state_of(opened.row, opened.party)
    row = standing.in_force or standing.waiting or agreements.last_of(opened.row)
    try:
        found = agreements.shown(row, None, request.actor.keyring)
    except NotGranted:
        return unreadable(request, opened)
    return show(request, "agreement_print", opened.row, opened.party, agreement=found, standing=standing)


def paper(request: Request, pk: UUID) -> HttpResponse:
    """The same as a PDF, set in memory for this one answer."""
    opened = gate.mentorship(request.actor, pk, "read")
    standing = agreements.state_of(opened.row, opened.party)
    row = standing.in_force or standing.waiting or agreements.last_of(opened.row)
    try:
        found = agreements.shown(row, None, request.actor.keyring)
    except NotGranted:
        return unreadable(request, opened)
    names = {
        "mine": request.actor.user.name if request.actor.user else "",
        "theirs": partner_of(opened.row, opened.party).name,
    }
    words = paper_of(found, opened.row, over=opened.row.stage == "ended", **names)
    return HttpResponse(
        pdf(words.title, words.lead, words.sections),
        content_type="application/pdf",
        headers={
            "Content-Disposition": 'attachment; filename="agreement.pdf"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def change(request: Request, pk: UUID) -> HttpResponse:
    """Change the words of any clause."""
    opened = gate.agreement(request.actor, pk, "edit")
    room = Opened(opened.row.mentorship, opened.party, opened.actor)
    if request.method != "POST" and room.row.stage == "ended":
        return redirect("meeting:closing", room.row.pk)
    try:
        return _change(request, opened, room)
    except NotGranted:
        return unreadable(request, room)


def _change(request: Request, opened: Opened[Agreement], room: Opened[Mentorship]) -> HttpResponse:
    keyring, at = request.actor.keyring, timezone.now()
    found, today = agreements.shown(opened.row, None, keyring), times.london_date(at)
    if request.method != "POST":
        return _ask(request, room, WordingForm(agreement=found, today=today))
    form = WordingForm(request.POST, agreement=found, today=today)
    if not form.is_valid():
        return _ask(request, room, form, status=422)
    if form.cautions():
        return _ask(request, room, form, caution=True)
    try:
        agreements_actions.change(
            opened.row,
            form.texts,
            form.cleaned_data["version"],
            opened.party,
            keyring=keyring,
            at=at,
            form=form.form_id,
            review_on=form.cleaned_data["review_on"],
        )
    except ChangedMeanwhile as why:
        return _changed_meanwhile(request, room, form, why)
    except Impossible as why:
        return kept_for_you(request, room, form.written(), why)
    other = partner_of(room.row, room.party).first_name
    messages.success(request, _("Saved. We’ve told %(name)s that there are changes to read.") % {"name": other})
    return redirect("meeting:agreement", room.row.pk)


def _ask(
    request: Request, room: Opened[Mentorship], form: WordingForm, status: int = 200, **more: bool
) -> HttpResponse:
    in_force = form.agreement.stage == "in_force"
    return show(
        request,
        "agreement_form",
        room.row,
        room.party,
        status=status,
        form=form,
        in_force=in_force,
        to=form.agreement.pk,
        **more,
    )


def _changed_meanwhile(
    request: Request, room: Opened[Mentorship], form: WordingForm, why: ChangedMeanwhile
) -> HttpResponse:
    """Show the words that stand now beside what this person typed, ready to be sent over them."""
    standing = agreements.state_of(room.row, room.party)
    newest = standing.newest
    if newest is None:
        return kept_for_you(request, room, form.written(), why)
    found = agreements.shown(newest, None, request.actor.keyring)
    again = WordingForm(sent_again(request.POST, found), agreement=found, today=form.today)
    return _ask(request, room, again, status=409, meanwhile=True)


def agree(request: Request, pk: UUID) -> HttpResponse:
    """Say yes to the words on the page."""
    opened = gate.agreement(request.actor, pk, "edit")
    room = Opened(opened.row.mentorship, opened.party, opened.actor)
    form = SeenForm(request.POST)
    if request.method != "POST":
        return redirect("meeting:agreement", room.row.pk)
    try:
        version = form.cleaned_data["version"] if form.is_valid() else -1
        agreements_actions.agree(
            opened.row,
            version,
            opened.party,
            actor=request.actor.id,
            keyring=request.actor.keyring,
            at=timezone.now(),
            form=form.form_id,
        )
    except ChangedMeanwhile:
        return _page(request, room, status=409, meanwhile=True)
    messages.success(request, _("Saved. You’ve agreed."))
    return redirect("meeting:agreement", room.row.pk)


def seen(request: Request, pk: UUID) -> HttpResponse:
    """Say that one has seen these words: from now on what is new is what differs from them."""
    opened = gate.agreement(request.actor, pk, "edit")
    if request.method == "POST":
        agreements_actions.see(opened.row, keyring=request.actor.keyring, at=timezone.now())
    return redirect("meeting:agreement", opened.row.mentorship_id)


def set_aside(request: Request, pk: UUID) -> HttpResponse:
    """Leave the agreement as it is."""
    opened = gate.agreement(request.actor, pk, "edit")
    room = Opened(opened.row.mentorship, opened.party, opened.actor)
    form = Form(request.POST)
    if request.method == "POST" and form.is_valid():
        try:
            agreements_actions.set_aside(
                opened.row, opened.party, actor=request.actor.id, at=timezone.now(), form=form.form_id
            )
        except ChangedMeanwhile:
            return _page(request, room, status=409, meanwhile=True)
        messages.success(request, _("The agreement stays as it was."))
    return redirect("meeting:agreement", room.row.pk)


def _page(request: Request, opened: Opened[Mentorship], status: int = 200, meanwhile: bool = False) -> HttpResponse:
    standing = agreements.state_of(opened.row, opened.party)
    row = standing.newest or agreements.last_of(opened.row)
    before = standing.in_force if standing.waiting else None
    sides = sides_queries.sides_of(opened.row, request.actor.id)
    try:
        found = agreements.shown(row, before, request.actor.keyring, sides.mine)
    except NotGranted:
        return unreadable(request, opened)
    return show(
        request,
        "agreement",
        opened.row,
        opened.party,
        status=status,
        agreement=found,
        standing=standing,
        mine=found.changed_by == request.actor.id,
        meanwhile=meanwhile,
        seen=press("seen"),
        yes=press("yes", SeenForm, version=found.version),
        aside=press("aside"),
    )
