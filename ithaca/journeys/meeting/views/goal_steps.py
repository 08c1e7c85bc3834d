"""Steps of a goal: what the mentee means to do, and says of afterwards."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.access import gate
from ithaca.access.gate import Opened
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.forms.goal_steps import GoalStepChangeForm, GoalStepCloseForm, GoalStepForm
from ithaca.journeys.meeting.views.goals import closed, move, saved, using_goals
from ithaca.journeys.meeting.views.pages import room_of, show, unreadable
from ithaca.journeys.meeting.views.saving import save
from ithaca.records.mentorships.models import GoalStep, Mentorship
from ithaca.records.mentorships.rules.stages.room import GoalStepAct, GoalStepStage, MentorshipStage
from ithaca.records.mentorships.writing.actions import goal_steps
from ithaca.records.mentorships.writing.queries import goals
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.design.templatetags.design import day
from ithaca.tools.vault.errors import Locked, NotGranted
from ithaca.tools.vault.keyring import unlocked


def new(request: Request, pk: UUID) -> HttpResponse:
    """Write a step, for a goal or for itself."""
    room = using_goals(gate.mentorship(request.actor, pk, Access.SET_GOALS))
    if request.method != "POST":
        if closed(room.row):
            return redirect("meeting:goals", pk)
        form = GoalStepForm(initial={"goal": request.GET.get("goal", "")})
        return show(request, room, "goal_step_form", form=form)
    form = GoalStepForm(request.POST)

    def write() -> None:
        goal, keyring, at = form.cleaned_data["goal"], request.actor.keyring, timezone.now()
        goal_steps.write(pk, form.plan, goal, room.party, keyring=keyring, at=at, form=form.form_id)

    return save(request, room, "goal_step_form", form, write) or saved(request, pk, f"goal-step-{form.form_id}")


def change(request: Request, pk: UUID) -> HttpResponse:
    """Reword a step, or choose another day."""
    opened = gate.goal_step(request.actor, pk, Access.EDIT)
    room = using_goals(room_of(opened))
    if request.method != "POST":
        if closed(room.row) or opened.row.stage not in GoalStep.OPEN:
            return redirect("meeting:goals", room.row.pk)
        return _show_change(request, opened, room)
    form = GoalStepChangeForm(request.POST)

    def change_it() -> None:
        version = form.cleaned_data["version"]
        goal_steps.change(opened.row, form.plan, version, room.party, keyring=request.actor.keyring)

    try:
        answer = save(request, room, "goal_step_form", form, change_it, step=opened.row)
    except ChangedMeanwhile:
        return _show_change(request, opened, room, meanwhile=True)
    return answer or saved(request, room.row.pk, f"goal-step-{pk}")


def _show_change(
    request: Request, opened: Opened[GoalStep], room: Opened[Mentorship], *, meanwhile: bool = False
) -> HttpResponse:
    """Show the step in its boxes; or, changed meanwhile, above what was typed, ready to be sent over it."""
    opened.row.refresh_from_db(fields=["words", "by_when", "version"])
    try:
        plan = goals.plan_of(opened.row, unlocked(request.actor.keyring))
    except NotGranted:
        return unreadable(request, room)
    version = opened.row.version
    if not meanwhile:
        form = GoalStepChangeForm(initial={"words": plan.words, "by_when": plan.by_when, "version": version})
        return show(request, room, "goal_step_form", form=form, step=opened.row)
    typed = request.POST.copy()
    typed["version"] = str(version)
    saved_words = "\n\n".join(filter(None, (plan.words, day(plan.by_when))))
    form = GoalStepChangeForm(typed)
    return show(request, room, "goal_step_form", status=409, form=form, step=opened.row, saved_words=saved_words)


def done(request: Request, pk: UUID) -> HttpResponse:
    """Say that it is done."""
    return _close(request, pk, done=True)


def not_done(request: Request, pk: UUID) -> HttpResponse:
    """Say that it was not done."""
    return _close(request, pk, done=False)


def _close(request: Request, pk: UUID, *, done: bool) -> HttpResponse:
    """Close a step. What was learned is optional, so this works locked and without a record if nothing is written."""
    opened = gate.goal_step(request.actor, pk, Access.EDIT)
    room = using_goals(room_of(opened))
    words = _words_if_open(request, opened)
    context: dict[str, Any] = {"step": opened.row, "step_words": words, "done": done, "silent": closed(room.row)}
    if request.method != "POST":
        if room.row.stage == MentorshipStage.ENDED or opened.row.stage != GoalStepStage.COMMITTED:
            return redirect("meeting:goals", room.row.pk)
        return show(request, room, "goal_step_close", form=GoalStepCloseForm(), **context)
    form = GoalStepCloseForm(request.POST)

    def close() -> None:
        goal_steps.close(
            opened.row,
            done,
            form.cleaned_data["learned"],
            room.party,
            actor=request.actor.id,
            keyring=request.actor.keyring,
            at=timezone.now(),
            form=form.form_id,
        )

    answer = save(request, room, "goal_step_close", form, close, **context)
    return answer or saved(request, room.row.pk, f"goal-step-{pk}")


def _words_if_open(request: Request, opened: Opened[GoalStep]) -> str:
    """Return what the step says; nothing while this person cannot read it."""
    try:
        return goals.plan_of(opened.row, unlocked(request.actor.keyring)).words
    except (Locked, NotGranted):
        return ""


def drop(request: Request, pk: UUID) -> HttpResponse:
    """Decide not to do it after all."""
    done = _("You've dropped this step. You don't need to give a reason.")
    return move(request, gate.goal_step(request.actor, pk, Access.EDIT), GoalStepAct.DROP, done)
