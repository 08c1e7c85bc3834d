"""Booking a session, and what becomes of it."""

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
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.forms.sessions import (
    ProposedTimesForm,
    SessionForm,
    SessionMoveForm,
    as_last_time,
    as_typed,
)
from ithaca.journeys.meeting.views.pages import press, room_of, show
from ithaca.records.mentorships.models import Mentorship, Session
from ithaca.records.mentorships.room.actions import sessions as sessions_actions
from ithaca.records.mentorships.room.actions.sessions import AgreementFirst, AllowanceUsed, Clash, NotYet, Plan
from ithaca.records.mentorships.room.queries import free_times
from ithaca.records.mentorships.room.queries import sessions as sessions_queries
from ithaca.records.mentorships.room.queries.free_times import Proposal
from ithaca.records.mentorships.room.queries.sessions import ShownSession
from ithaca.records.mentorships.rules.stages.room import MentorshipStage, SessionStage
from ithaca.records.schemes.vocabulary import WAYS
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.design.forms import Form


def schedule(request: Request, pk: UUID) -> HttpResponse:
    """Choose a time; it is set at once."""
    room = gate.mentorship(request.actor, pk, Access.SCHEDULE_SESSION)
    if room.row.stage == MentorshipStage.ENDED:
        return redirect("meeting:ending", pk)
    at = timezone.now()
    sessions = sessions_queries.sessions_of(pk)
    proposal = free_times.proposal(room.row, sessions, at)
    if request.method != "POST":
        if room.row.stage == MentorshipStage.PAUSED or not sessions_actions.may_schedule(room.row):
            return _show_not_now(request, room)
        if sessions_actions.allowance_of(room.row).forbids:
            return _show_used_up(request, room, sessions)
        form = SessionForm(at=at, initial=as_last_time(sessions))
        return _show_form(request, room, form, _proposed(proposal))
    if "when" in request.POST:
        chosen = _proposed(proposal, request.POST)
        if chosen.is_valid():
            return _schedule(request, room, chosen, chosen.plan, at)
        if sessions_queries.is_set(chosen.form_id, pk):  # sent twice: the time is taken by this very form
            return redirect("meeting:session", chosen.form_id)
        return _show_form(request, room, SessionForm(at=at, initial=as_last_time(sessions)), chosen, status=422)
    form = SessionForm(request.POST, at=at)
    if not form.is_valid():
        return _show_form(request, room, form, status=422)
    if form.cautions():
        return _show_form(request, room, form)
    return _schedule(request, room, form, form.plan, at)


def _schedule(
    request: Request, room: Opened[Mentorship], form: SessionForm | ProposedTimesForm, plan: Plan, at: datetime
) -> HttpResponse:
    pk = room.row.pk
    try:
        session = sessions_actions.schedule(pk, plan, room.party, actor=request.actor.id, at=at, form=form.form_id)
    except AgreementFirst:
        return _show_not_now(request, room, status=409)
    except AllowanceUsed:
        return _show_used_up(request, room, sessions_queries.sessions_of(pk), status=409)
    except Clash:
        if isinstance(form, ProposedTimesForm):  # booked a moment ago: the page proposes other times
            return redirect(request.path)
        form.add_error("clock", _("You're already meeting at that time. Choose another."))
        return _show_form(request, room, form, status=422)
    messages.success(request, _("Your session is booked. We're sending each of you a calendar invitation."))
    return redirect("meeting:session", session.pk)


def _proposed(proposal: Proposal, *data: QueryDict) -> ProposedTimesForm:
    return ProposedTimesForm(*data, proposal=proposal, auto_id="times-%s")


def _show_form(
    request: Request,
    room: Opened[Mentorship],
    form: SessionForm,
    proposed: ProposedTimesForm | None = None,
    status: int = 200,
) -> HttpResponse:
    return show(
        request,
        room,
        "session_form",
        status=status,
        form=form,
        proposed=proposed,
        proposed_way=WAYS.get(proposed.proposal.way, "") if proposed else "",
        cautions=form.cautions() if status == 200 and form.is_bound else [],
        allowance=sessions_actions.allowance_of(room.row),
    )


def _show_used_up(
    request: Request, room: Opened[Mentorship], sessions: Sequence[ShownSession], status: int = 200
) -> HttpResponse:
    """Show what both can do when the funded sessions are used up and the scheme stops there."""
    allowance, booked = sessions_actions.allowance_of(room.row), [one for one in sessions if one.booked]
    return show(request, room, "allowance_used", status=status, allowance=allowance, booked=booked)


def _show_not_now(request: Request, room: Opened[Mentorship], status: int = 200) -> HttpResponse:
    """Show why no session can be booked now: the agreement comes first, they've paused, or have one conversation."""
    booked = [one for one in sessions_queries.sessions_of(room.row.pk) if one.booked]
    return show(
        request, room, "agreement_first", status=status, booked=booked, paused=room.row.stage == MentorshipStage.PAUSED
    )


def session(request: Request, pk: UUID) -> HttpResponse:
    """Show one session: when, how to join, and what can be done about it."""
    return _show_session(request, gate.session(request.actor, pk, Access.READ))


def _show_session(request: Request, opened: Opened[Session], status: int = 200, notice: str = "") -> HttpResponse:
    room, at = room_of(opened), timezone.now()
    found = sessions_queries.shown(opened.row)
    over, scheme = room.row.stage == MentorshipStage.ENDED, room.row.scheme
    return show(
        request,
        room,
        "session",
        status=status,
        session=found,
        notice=notice,
        maps_at_hand=scheme.maps and found.is_on(at),
        to_come=found.booked and found.ends_at > at,
        may_be_said=not over and found.may_be_said(at),
        correctable_until=None if over else found.correctable_until(at),
        feedback_open=scheme.feedback and found.stage == SessionStage.HELD,
        met=press("met"),
        missed=press("missed"),
    )


def move(request: Request, pk: UUID) -> HttpResponse:
    """Change the time, the length, the way or the place."""
    opened = gate.session(request.actor, pk, Access.EDIT)
    at, now = timezone.now(), sessions_queries.shown(opened.row)
    if opened.row.mentorship.stage == MentorshipStage.ENDED or not now.booked:
        return redirect("meeting:session", pk)
    if request.method != "POST":
        return _show_move(request, opened, SessionMoveForm(at=at, set_for=now.starts_at, initial=as_typed(now)))
    form = SessionMoveForm(request.POST, at=at, set_for=now.starts_at)
    if not form.is_valid():
        return _show_move(request, opened, form, status=422)
    if form.cautions():
        return _show_move(request, opened, form, cautions=form.cautions())
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
        form.add_error("clock", _("You're already meeting at that time. Choose another."))
        return _show_move(request, opened, form, status=422)
    except ChangedMeanwhile:  # the session as it is now comes above what was typed, ready to be sent over it
        opened.row.refresh_from_db(fields=["stage", "starts_at", "minutes", "way", "place", "version"])
        typed = request.POST.copy()
        typed["version"] = str(opened.row.version)
        typed.pop("once", None)
        return _show_move(request, opened, SessionMoveForm(typed, at=timezone.now()), status=409, meanwhile=True)
    messages.success(request, _("Saved. We're sending each of you a calendar update."))
    return redirect("meeting:session", pk)


def _show_move(
    request: Request,
    opened: Opened[Session],
    form: SessionMoveForm,
    status: int = 200,
    cautions: Sequence[str] = (),
    meanwhile: bool = False,
) -> HttpResponse:
    return show(
        request,
        room_of(opened),
        "session_form",
        status=status,
        form=form,
        cautions=cautions,
        session=sessions_queries.shown(opened.row),
        meanwhile=meanwhile,
    )


def cancel(request: Request, pk: UUID) -> HttpResponse:
    """Cancel it, after being asked once."""
    opened = gate.session(request.actor, pk, Access.EDIT)
    now, form = sessions_queries.shown(opened.row), Form(request.POST)
    if request.method == "POST" and form.is_valid():
        sessions_actions.cancel(opened.row, opened.party, actor=request.actor.id, at=timezone.now(), form=form.form_id)
        messages.success(request, _("Your session is cancelled. We're sending each of you a calendar update."))
        return redirect("meeting:room", opened.row.mentorship_id)
    if not now.booked:
        return redirect("meeting:session", pk)
    return show(request, room_of(opened), "session_cancel", session=now, form=press("cancel"))


def held(request: Request, pk: UUID) -> HttpResponse:
    """Record that they met."""
    return _say(request, pk, met=True)


def missed(request: Request, pk: UUID) -> HttpResponse:
    """Record that they did not meet."""
    return _say(request, pk, met=False)


def _say(request: Request, pk: UUID, *, met: bool) -> HttpResponse:
    opened = gate.session(request.actor, pk, Access.EDIT)
    form = Form(request.POST)
    if request.method != "POST" or not form.is_valid():
        return redirect("meeting:session", pk)
    actor, at = request.actor.id, timezone.now()
    try:
        sessions_actions.say(opened.row, met, opened.party, actor=actor, at=at, form=form.form_id)
    except NotYet:
        return _show_session(request, opened, 409, _("You can say this from the day of the session onwards."))
    done = _("Thanks. We've recorded that you met.") if met else _("Thanks. You can choose another time.")
    messages.success(request, done)
    return redirect("meeting:room", opened.row.mentorship_id)


def calendar(request: Request, pk: UUID) -> HttpResponse:
    """Hand over the calendar file of this session, for the one who asks."""
    opened = gate.session(request.actor, pk, Access.READ)
    file = sessions_queries.file_for(opened.row, opened.party, timezone.now())
    return HttpResponse(
        file.text,
        content_type=f"text/calendar; charset=utf-8; method={file.method}",
        headers={"Content-Disposition": 'attachment; filename="appointment.ics"', "Cache-Control": "no-store"},
    )
