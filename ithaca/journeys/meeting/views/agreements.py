"""The agreement of a room: reading, changing, agreeing, printing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.access import gate
from ithaca.access.gate import Opened
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.agreement_paper import paper_of
from ithaca.journeys.meeting.forms.agreements import AgreementForm, sent_again
from ithaca.journeys.meeting.forms.versioned import VersionedForm
from ithaca.journeys.meeting.views.pages import not_saved, press, room_of, show, unreadable
from ithaca.records import times
from ithaca.records.mentorships.models import Agreement, Mentorship
from ithaca.records.mentorships.room.actions import agreements as agreements_actions
from ithaca.records.mentorships.room.queries import agreements as agreements_queries
from ithaca.records.mentorships.room.queries import sides as sides_queries
from ithaca.records.mentorships.room.queries.agreements import ShownAgreement
from ithaca.records.mentorships.room.queries.rooms import partner_of
from ithaca.records.mentorships.rules.stages.room import AgreementStage, MentorshipStage
from ithaca.records.stages import Impossible
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.design.forms import Form
from ithaca.tools.design.paper import pdf
from ithaca.tools.vault.errors import NotGranted


def agreement(request: Request, pk: UUID) -> HttpResponse:
    """Show the agreement in full, what differs in it, and the button to say yes. One conversation has none."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    return redirect("meeting:room", pk) if room.row.one_off else _show_agreement(request, room)


def printed(request: Request, pk: UUID) -> HttpResponse:
    """Show the agreement on one page for paper: the one in force, or the draft that waits."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    if room.row.one_off:
        return redirect("meeting:room", pk)
    try:
        found = _on_paper(room)
    except NotGranted:
        return unreadable(request, room)
    return show(request, room, "agreement_print", agreement=found)


def paper(request: Request, pk: UUID) -> HttpResponse:
    """Hand over the same as a PDF, set in memory for this one answer."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    try:
        found = _on_paper(room)
    except NotGranted:
        return unreadable(request, room)
    mine, theirs = request.actor.user.name if request.actor.user else "", partner_of(room.row, room.party).name
    text = paper_of(found, room.row, over=room.row.stage == MentorshipStage.ENDED, mine=mine, theirs=theirs)
    return HttpResponse(
        pdf(text.title, text.lead, text.sections),
        content_type="application/pdf",
        headers={
            "Content-Disposition": 'attachment; filename="agreement.pdf"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _on_paper(room: Opened[Mentorship]) -> ShownAgreement:
    state = agreements_queries.state_of(room.row, room.party)
    row = state.in_force or state.waiting or agreements_queries.last_of(room.row)
    return agreements_queries.shown(row, None, room.actor.keyring)


def change(request: Request, pk: UUID) -> HttpResponse:
    """Change any clause."""
    opened = gate.agreement(request.actor, pk, Access.EDIT)
    room = room_of(opened)
    if request.method != "POST" and room.row.stage == MentorshipStage.ENDED:
        return redirect("meeting:ending", room.row.pk)
    try:
        now = agreements_queries.shown(opened.row, None, request.actor.keyring)
        if request.method != "POST":
            return _show_form(request, room, AgreementForm(agreement=now, today=times.london_date(timezone.now())))
        return _change(request, opened, room, now)
    except NotGranted:
        return unreadable(request, room)


def _change(request: Request, opened: Opened[Agreement], room: Opened[Mentorship], now: ShownAgreement) -> HttpResponse:
    at = timezone.now()
    form = AgreementForm(request.POST, agreement=now, today=times.london_date(at))
    if not form.is_valid():
        return _show_form(request, room, form, status=422)
    if form.cautions():
        return _show_form(request, room, form, caution=True)
    try:
        agreements_actions.change(
            opened.row,
            form.texts,
            form.cleaned_data["version"],
            opened.party,
            keyring=request.actor.keyring,
            at=at,
            form=form.form_id,
            review_on=form.cleaned_data["review_on"],
        )
    except ChangedMeanwhile as why:
        return _show_changed_meanwhile(request, room, form, why)
    except Impossible as why:
        return not_saved(request, room, form.written(), why)
    other = partner_of(room.row, room.party).first_name
    messages.success(request, _("Saved. We've told %(name)s that there are changes to read.") % {"name": other})
    return redirect("meeting:agreement", room.row.pk)


def _show_form(
    request: Request, room: Opened[Mentorship], form: AgreementForm, status: int = 200, **more: bool
) -> HttpResponse:
    in_force, to = form.agreement.stage == AgreementStage.IN_FORCE, form.agreement.pk
    return show(request, room, "agreement_form", status=status, form=form, in_force=in_force, to=to, **more)


def _show_changed_meanwhile(
    request: Request, room: Opened[Mentorship], form: AgreementForm, why: ChangedMeanwhile
) -> HttpResponse:
    """Show the agreement as it is now beside what this person typed, ready to be sent over it."""
    newest = agreements_queries.state_of(room.row, room.party).newest
    if newest is None:
        return not_saved(request, room, form.written(), why)
    now = agreements_queries.shown(newest, None, request.actor.keyring)
    again = AgreementForm(sent_again(request.POST, now), agreement=now, today=form.today)
    return _show_form(request, room, again, status=409, meanwhile=True)


def agree(request: Request, pk: UUID) -> HttpResponse:
    """Say yes to the agreement on the page."""
    opened = gate.agreement(request.actor, pk, Access.EDIT)
    room, form = room_of(opened), VersionedForm(request.POST)
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
        return _show_agreement(request, room, status=409, meanwhile=True)
    messages.success(request, _("Saved. You've agreed."))
    return redirect("meeting:agreement", room.row.pk)


def seen(request: Request, pk: UUID) -> HttpResponse:
    """Say that one has seen this text: from now on what is new is what differs from it."""
    opened = gate.agreement(request.actor, pk, Access.EDIT)
    if request.method == "POST":
        agreements_actions.see(opened.row, keyring=request.actor.keyring, at=timezone.now())
    return redirect("meeting:agreement", opened.row.mentorship_id)


def set_aside(request: Request, pk: UUID) -> HttpResponse:
    """Keep the agreement as it was."""
    opened = gate.agreement(request.actor, pk, Access.EDIT)
    room, form = room_of(opened), Form(request.POST)
    if request.method == "POST" and form.is_valid():
        actor, at = request.actor.id, timezone.now()
        try:
            agreements_actions.set_aside(opened.row, opened.party, actor=actor, at=at, form=form.form_id)
        except ChangedMeanwhile:
            return _show_agreement(request, room, status=409, meanwhile=True)
        messages.success(request, _("The agreement stays as it was."))
    return redirect("meeting:agreement", room.row.pk)


def _show_agreement(
    request: Request, room: Opened[Mentorship], status: int = 200, meanwhile: bool = False
) -> HttpResponse:
    state = agreements_queries.state_of(room.row, room.party)
    row = state.newest or agreements_queries.last_of(room.row)
    before = state.in_force if state.waiting else None
    sides = sides_queries.sides_of(room.row, request.actor.id)
    try:
        found = agreements_queries.shown(row, before, request.actor.keyring, sides.mine)
    except NotGranted:
        return unreadable(request, room)
    return show(
        request,
        room,
        "agreement",
        status=status,
        agreement=found,
        state=state,
        mine=found.changed_by == request.actor.id,
        meanwhile=meanwhile,
        seen=press("seen"),
        yes=press("yes", VersionedForm, version=found.version),
        aside=press("aside"),
    )
