"""Steps: what the mentee means to do, and says of afterwards. The code calls them actions."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.access import gate
from ithaca.access.gate import Opened
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.views.goals import closed, kept, room_of, step, test, using_goals
from ithaca.journeys.meeting.views.saving import save
from ithaca.journeys.meeting.views.showing import show, unreadable
from ithaca.journeys.meeting.working_forms import LearnedForm, StepChangeForm, StepForm
from ithaca.records.mentorships.models import GoalStep, Mentorship
from ithaca.records.mentorships.writing.actions import goal_steps
from ithaca.records.mentorships.writing.queries import goals
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.design.templatetags.design import day
from ithaca.tools.vault.errors import Locked, NotGranted
from ithaca.tools.vault.keyring import unlocked


def new(request: Request, pk: UUID) -> HttpResponse:
    """Write a step, for a goal or for itself."""
    room = using_goals(gate.mentorship(request.actor, pk, "set_goals"))
    if request.method != "POST":
        if closed(room.row):
            return redirect("meeting:goals", pk)
        form = StepForm(initial={"goal": request.GET.get("goal", "")})
        return show(request, "step_form", room.row, room.party, form=form)
    form = StepForm(request.POST)

    def keep() -> None:
        goal, keyring, at = form.cleaned_data["goal"], request.actor.keyring, timezone.now()
        goal_steps.write(pk, form.intent, goal, room.party, keyring=keyring, at=at, form=form.form_id)

    return save(request, room, "step_form", form, keep) or kept(request, pk, f"action-{form.form_id}")


def change(request: Request, pk: UUID) -> HttpResponse:
    """Say a step otherwise, or by another day."""
    opened = gate.goal_step(request.actor, pk, "edit")
    room = using_goals(room_of(opened))
    if request.method != "POST":
        if closed(room.row) or opened.row.stage not in GoalStep.OPEN:
            return redirect("meeting:goals", room.row.pk)
        return _ask_change(request, opened, room, None)
    form = StepChangeForm(request.POST)

    def keep() -> None:
        version = form.cleaned_data["version"]
        goal_steps.change(opened.row, form.intent, version, room.party, keyring=request.actor.keyring)

    try:
        answer = save(request, room, "step_form", form, keep, step=opened.row)
    except ChangedMeanwhile:
        return _ask_change(request, opened, room, form)
    return answer or kept(request, room.row.pk, f"action-{pk}")


def _ask_change(
    request: Request, opened: Opened[GoalStep], room: Opened[Mentorship], typed: StepChangeForm | None
) -> HttpResponse:
    """The step as it stands, or what was `typed` over words that have changed meanwhile, ready to be sent again."""
    opened.row.refresh_from_db(fields=["words", "by_when", "version"])
    try:
        intent = goals.plan_of(opened.row, unlocked(request.actor.keyring))
    except NotGranted:
        return unreadable(request, room)
    version = opened.row.version
    if typed is None:
        form = StepChangeForm(initial={"words": intent.words, "by_when": intent.by_when, "version": version})
        return show(request, "step_form", room.row, room.party, form=form, step=opened.row)
    again = request.POST.copy()
    again["version"] = str(version)
    stands = "\n\n".join(filter(None, (intent.words, day(intent.by_when))))
    context = {"form": StepChangeForm(again), "step": opened.row, "stands": stands}
    return show(request, "step_form", room.row, room.party, status=409, **context)


def commitment(request: Request, pk: UUID) -> HttpResponse:
    """Decide on a step, or say again how much one wants it."""
    return test(request, gate.goal_step(request.actor, pk, "edit"))


def done(request: Request, pk: UUID) -> HttpResponse:
    """Say that it is done."""
    return _close(request, pk, done=True)


def not_done(request: Request, pk: UUID) -> HttpResponse:
    """Say that it was not done."""
    return _close(request, pk, done=False)


def _close(request: Request, pk: UUID, *, done: bool) -> HttpResponse:
    """What was learned is optional, so this works locked and without a record, as long as nothing is written."""
    opened = gate.goal_step(request.actor, pk, "edit")
    room = using_goals(room_of(opened))
    words = _words_if_open(request, opened)
    context: dict[str, Any] = {"step": opened.row, "step_words": words, "done": done, "silent": closed(room.row)}
    if request.method != "POST":
        if room.row.stage == "ended" or opened.row.stage != "committed":
            return redirect("meeting:goals", room.row.pk)
        return show(request, "step_close", room.row, room.party, form=LearnedForm(), **context)
    form = LearnedForm(request.POST)

    def keep() -> None:
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

    return save(request, room, "step_close", form, keep, **context) or kept(request, room.row.pk, f"action-{pk}")


def _words_if_open(request: Request, opened: Opened[GoalStep]) -> str:
    """What the step says; nothing while this person cannot read it."""
    try:
        return goals.plan_of(opened.row, unlocked(request.actor.keyring)).words
    except (Locked, NotGranted):
        return ""


def drop(request: Request, pk: UUID) -> HttpResponse:
    """Do it not after all."""
    done = _("You’ve dropped this step. You don’t need to give a reason.")
    return step(request, gate.goal_step(request.actor, pk, "edit"), "drop", done)
