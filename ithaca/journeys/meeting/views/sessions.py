"""Setting a time to meet, and what becomes of it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.access import gate
from ithaca.access.gate import Opened
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.forms import MoveForm, SessionForm, TimesForm, as_last_time, as_typed
from ithaca.journeys.meeting.views.showing import press, show
from ithaca.records.mentorships.models import Mentorship, Session
from ithaca.records.mentorships.room.actions import sessions as sessions_actions
from ithaca.records.mentorships.room.actions.sessions import AgreementFirst, AllowanceUsed, Clash, NotYet, Plan
from ithaca.records.mentorships.room.queries import free_times
from ithaca.records.mentorships.room.queries import sessions as sessions_queries
from ithaca.records.mentorships.room.queries.free_times import Proposal
from ithaca.records.mentorships.room.queries.sessions import ShownSession
from ithaca.records.schemes.vocabulary import WAYS
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.design.forms import Form


def schedule(request: Request, pk: UUID) -> HttpResponse:
    """Choose a time; it is set at once."""
    opened = gate.mentorship(request.actor, pk, "schedule_session")
    if opened.row.stage == "ended":
        return redirect("meeting:closing", pk)
    at = timezone.now()
    meetings = sessions_queries.sessions_of(pk)
    proposal = free_times.proposal(opened.row, meetings, at)
    if request.method != "POST":
        if opened.row.stage == "paused" or not sessions_actions.may_schedule(opened.row):
            return _not_now(request, opened)
        if sessions_actions.allowance_of(opened.row).forbids:
            return _used_up(request, opened, meetings)
        return _ask(request, opened, SessionForm(at=at, initial=as_last_time(meetings)), _times(proposal))
    if "when" in request.POST:
        chosen = _times(proposal, request.POST)
        if chosen.is_valid():
            return _set(request, opened, chosen, chosen.plan, at)
        if sessions_queries.is_set(chosen.form_id, pk):  # pressed twice: the time is taken by this very form
            return redirect("meeting:session", chosen.form_id)
        return _ask(request, opened, SessionForm(at=at, initial=as_last_time(meetings)), chosen, status=422)
    form = SessionForm(request.POST, at=at)
    if not form.is_valid():
        return _ask(request, opened, form, status=422)
    if form.cautions():
        return _ask(request, opened, form)
    return _set(request, opened, form, form.plan, at)


def _times(proposal: Proposal, *data: QueryDict) -> TimesForm:
    return TimesForm(*data, proposal=proposal, auto_id="times-%s")


def _set(
    request: Request, opened: Opened[Mentorship], form: SessionForm | TimesForm, plan: Plan, at: datetime
) -> HttpResponse:
    try:
        session = sessions_actions.schedule(
            opened.row.pk, plan, opened.party, actor=request.actor.id, at=at, form=form.form_id
        )
    except AgreementFirst:
        return _not_now(request, opened, status=409)
    except AllowanceUsed:
        return _used_up(request, opened, sessions_queries.sessions_of(opened.row.pk), status=409)
    except Clash:
        if isinstance(form, TimesForm):  # booked a moment ago: the page proposes other times
            return redirect(request.path)
        form.add_error("clock", _("You’re already meeting at that time. Choose another."))
        return _ask(request, opened, form, status=422)
    messages.success(request, _("Your session is booked. We’re sending each of you a calendar invitation."))
    return redirect("meeting:session", session.pk)


def _ask(
    request: Request,
    opened: Opened[Mentorship],
    form: SessionForm,
    proposed: TimesForm | None = None,
    status: int = 200,
) -> HttpResponse:
    cautions = form.cautions() if status == 200 and form.is_bound else []
    allowance = sessions_actions.allowance_of(opened.row)
    return show(
        request,
        "session_form",
        opened.row,
        opened.party,
        status=status,
        form=form,
        proposed=proposed,
        proposed_way=WAYS.get(proposed.proposal.way, "") if proposed else "",
        cautions=cautions,
        allowance=allowance,
    )


def _used_up(
    request: Request, opened: Opened[Mentorship], meetings: Sequence[ShownSession], status: int = 200
) -> HttpResponse:
    """The funded sessions are used up, and the scheme stops there: what the two can do."""
    allowance = sessions_actions.allowance_of(opened.row)
    booked = [found for found in meetings if found.booked]
    return show(request, "allowance_used", opened.row, opened.party, status=status, allowance=allowance, booked=booked)


def _not_now(request: Request, opened: Opened[Mentorship], status: int = 200) -> HttpResponse:
    booked = [found for found in sessions_queries.sessions_of(opened.row.pk) if found.booked]
    paused = opened.row.stage == "paused"
    return show(request, "agreement_first", opened.row, opened.party, status=status, booked=booked, paused=paused)


def session(request: Request, pk: UUID) -> HttpResponse:
    """One session: when, how to join, and what can be done about it."""
    return _session(request, gate.session(request.actor, pk, "read"))


def _session(request: Request, opened: Opened[Session], status: int = 200, notice: str = "") -> HttpResponse:
    at = timezone.now()
    found = sessions_queries.shown(opened.row)
    over = opened.row.mentorship.stage == "ended"
    return show(
        request,
        "session",
        opened.row.mentorship,
        opened.party,
        status=status,
        meeting=found,
        notice=notice,
        maps_at_hand=opened.row.mentorship.scheme.maps and found.is_on(at),
        to_come=found.booked and found.ends_at > at,
        may_be_said=not over and found.may_be_said(at),
        correctable_until=None if over else found.correctable_until(at),
        feedback_open=opened.row.mentorship.scheme.feedback and found.stage == "held",
        met=press("met"),
        missed=press("missed"),
    )


def move(request: Request, pk: UUID) -> HttpResponse:
    """Change the time, the length, the way or the place."""
    opened = gate.session(request.actor, pk, "edit")
    if opened.row.mentorship.stage == "ended" or not sessions_queries.shown(opened.row).booked:
        return redirect("meeting:session", pk)
    at, found = timezone.now(), sessions_queries.shown(opened.row)
    if request.method != "POST":
        return _ask_move(request, opened, MoveForm(at=at, set_for=found.starts_at, initial=as_typed(found)))
    form = MoveForm(request.POST, at=at, set_for=found.starts_at)
    if not form.is_valid():
        return _ask_move(request, opened, form, status=422)
    if form.cautions():
        return _ask_move(request, opened, form, cautions=form.cautions())
    try:
        sessions_actions.reschedule(
            opened.row,
            form.plan,
            form.cleaned_data["version"],
            opened.party,
            actor=request.actor.id,
            at=at,
            form=form.form_id,
        )
    except Clash:
        form.add_error("clock", _("You’re already meeting at that time. Choose another."))
        return _ask_move(request, opened, form, status=422)
    except ChangedMeanwhile:
        return _changed_meanwhile(request, opened)
    messages.success(request, _("Saved. We’re sending each of you a calendar update."))
    return redirect("meeting:session", pk)


def _ask_move(
    request: Request,
    opened: Opened[Session],
    form: MoveForm,
    status: int = 200,
    cautions: list[str] | None = None,
    meanwhile: bool = False,
) -> HttpResponse:
    return show(
        request,
        "session_form",
        opened.row.mentorship,
        opened.party,
        status=status,
        form=form,
        cautions=cautions or [],
        meeting=sessions_queries.shown(opened.row),
        meanwhile=meanwhile,
    )


def _changed_meanwhile(request: Request, opened: Opened[Session]) -> HttpResponse:
    """Show what stands now, with what this person typed in the boxes, ready to be sent over it."""
    opened.row.refresh_from_db(fields=["stage", "starts_at", "minutes", "way", "place", "version"])
    again = request.POST.copy()
    again["version"] = str(opened.row.version)
    again.pop("once", None)
    return _ask_move(request, opened, MoveForm(again, at=timezone.now()), status=409, meanwhile=True)


def cancel(request: Request, pk: UUID) -> HttpResponse:
    """Call it off."""
    opened = gate.session(request.actor, pk, "edit")
    found = sessions_queries.shown(opened.row)
    form = Form(request.POST)
    if request.method == "POST" and form.is_valid():
        sessions_actions.cancel(opened.row, opened.party, actor=request.actor.id, at=timezone.now(), form=form.form_id)
        messages.success(request, _("Your session is cancelled. We’re sending each of you a calendar update."))
        return redirect("meeting:room", opened.row.mentorship_id)
    if not found.booked:
        return redirect("meeting:session", pk)
    return show(request, "session_cancel", opened.row.mentorship, opened.party, meeting=found, form=press("cancel"))


def held(request: Request, pk: UUID) -> HttpResponse:
    """Say that the two met."""
    return _say(request, pk, met=True)


def missed(request: Request, pk: UUID) -> HttpResponse:
    """Say that the two did not meet."""
    return _say(request, pk, met=False)


def _say(request: Request, pk: UUID, met: bool) -> HttpResponse:
    opened = gate.session(request.actor, pk, "edit")
    form = Form(request.POST)
    if request.method != "POST" or not form.is_valid():
        return redirect("meeting:session", pk)
    try:
        sessions_actions.say(
            opened.row, met, opened.party, actor=request.actor.id, at=timezone.now(), form=form.form_id
        )
    except NotYet:
        return _session(request, opened, 409, _("You can say this from the day of the session onwards."))
    done = _("Thanks. We’ve recorded that you met.") if met else _("Thanks. You can choose another time.")
    messages.success(request, done)
    return redirect("meeting:room", opened.row.mentorship_id)


def calendar(request: Request, pk: UUID) -> HttpResponse:
    """The calendar file of this session, for the one who asks."""
    opened = gate.session(request.actor, pk, "read")
    file = sessions_queries.file_for(opened.row, opened.party, timezone.now())
    return HttpResponse(
        file.text,
        content_type=f"text/calendar; charset=utf-8; method={file.method}",
        headers={"Content-Disposition": 'attachment; filename="appointment.ics"', "Cache-Control": "no-store"},
    )
