"""Goals: what the mentee works towards. Both see them; every step is the mentee's."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.access import gate
from ithaca.access.gate import NotFound, Opened
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.forms.goals import GoalChangeForm, GoalForm
from ithaca.journeys.meeting.views.pages import room_of, show, unreadable
from ithaca.journeys.meeting.views.saving import save
from ithaca.records.mentorships.models import Goal, GoalStep, Mentorship
from ithaca.records.mentorships.room.queries import sides as sides_queries
from ithaca.records.mentorships.rules.stages.room import GoalAct, GoalStage, GoalStepAct, MentorshipStage
from ithaca.records.mentorships.writing.actions import goals as goals_actions
from ithaca.records.mentorships.writing.queries import goals as goals_queries
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.vault.errors import NotGranted
from ithaca.tools.vault.keyring import unlocked


def goals(request: Request, pk: UUID) -> HttpResponse:
    """Show every goal with its steps, those that are over below."""
    room = using_goals(gate.mentorship(request.actor, pk, Access.READ))
    try:
        found = goals_queries.goals_of(room.row, request.actor.keyring)
    except NotGranted:
        return unreadable(request, room)
    sides = sides_queries.sides_of(room.row, request.actor.id)
    own = room.party == "mentee" and room.row.stage != MentorshipStage.ENDED
    return show(request, room, "goals", found=found, sides=sides, own=own)


def new(request: Request, pk: UUID) -> HttpResponse:
    """Write a goal."""
    room = using_goals(gate.mentorship(request.actor, pk, Access.SET_GOALS))
    if request.method != "POST":
        return redirect("meeting:goals", pk) if closed(room.row) else show(request, room, "goal_form", form=GoalForm())
    form = GoalForm(request.POST)

    def write() -> None:
        words, measure = form.cleaned_data["words"], form.cleaned_data["measure"]
        keyring, at = request.actor.keyring, timezone.now()
        goals_actions.write(pk, words, measure, room.party, keyring=keyring, at=at, form=form.form_id)

    return save(request, room, "goal_form", form, write) or saved(request, pk, f"goal-{form.form_id}")


def change(request: Request, pk: UUID) -> HttpResponse:
    """Reword a draft."""
    opened = gate.goal(request.actor, pk, Access.EDIT)
    room = using_goals(room_of(opened))
    if request.method != "POST":
        if closed(room.row) or opened.row.stage != GoalStage.DRAFTED:
            return redirect("meeting:goals", room.row.pk)
        return _show_change(request, opened, room)
    form = GoalChangeForm(request.POST)

    def change_it() -> None:
        words, measure = form.cleaned_data["words"], form.cleaned_data["measure"]
        version = form.cleaned_data["version"]
        keyring, at = request.actor.keyring, timezone.now()
        goals_actions.change(opened.row, words, measure, version, room.party, keyring=keyring, at=at)

    try:
        answer = save(request, room, "goal_form", form, change_it, goal=opened.row)
    except ChangedMeanwhile:
        return _show_change(request, opened, room, meanwhile=True)
    return answer or saved(request, room.row.pk, f"goal-{pk}")


def _show_change(
    request: Request, opened: Opened[Goal], room: Opened[Mentorship], *, meanwhile: bool = False
) -> HttpResponse:
    """Show the draft in its boxes; or, changed meanwhile, above what was typed, ready to be sent over it."""
    opened.row.refresh_from_db(fields=["words", "measure", "version"])
    try:
        words, measure = goals_queries.words_of_goal(opened.row, unlocked(request.actor.keyring))
    except NotGranted:
        return unreadable(request, room)
    version = opened.row.version
    if not meanwhile:
        form = GoalChangeForm(initial={"words": words, "measure": measure, "version": version})
        return show(request, room, "goal_form", form=form, goal=opened.row)
    typed = request.POST.copy()
    typed["version"] = str(version)
    saved_words = "\n\n".join(filter(None, (words, measure)))
    form = GoalChangeForm(typed)
    return show(request, room, "goal_form", status=409, form=form, goal=opened.row, saved_words=saved_words)


def revise(request: Request, pk: UUID) -> HttpResponse:
    """Reword a goal that was set: another follows it."""
    opened = gate.goal(request.actor, pk, Access.EDIT)
    room = using_goals(room_of(opened))
    if request.method != "POST":
        if closed(room.row) or not opened.row.may(GoalAct.REVISE, room.party):
            return redirect("meeting:goals", room.row.pk)
        try:
            words, measure = goals_queries.words_of_goal(opened.row, unlocked(request.actor.keyring))
        except NotGranted:
            return unreadable(request, room)
        form = GoalForm(initial={"words": words, "measure": measure})
        return show(request, room, "goal_form", form=form, before=opened.row)
    form = GoalForm(request.POST)

    def revise_it() -> None:
        words, measure = form.cleaned_data["words"], form.cleaned_data["measure"]
        keyring, at = request.actor.keyring, timezone.now()
        goals_actions.revise(opened.row, words, measure, room.party, keyring=keyring, at=at, form=form.form_id)

    answer = save(request, room, "goal_form", form, revise_it, before=opened.row)
    return answer or saved(request, room.row.pk, f"goal-{form.form_id}")


def agree(request: Request, pk: UUID) -> HttpResponse:
    """Say of a draft that this is the goal."""
    return move(request, gate.goal(request.actor, pk, Access.EDIT), GoalAct.AGREE, _("Saved. This is your goal."))


def begin(request: Request, pk: UUID) -> HttpResponse:
    """Say that one has begun."""
    return move(request, gate.goal(request.actor, pk, Access.EDIT), GoalAct.BEGIN, _("Saved. It's under way."))


def achieve(request: Request, pk: UUID) -> HttpResponse:
    """Say that it is reached."""
    return move(
        request, gate.goal(request.actor, pk, Access.EDIT), GoalAct.ACHIEVE, _("Well done. You've reached your goal.")
    )


def let_go(request: Request, pk: UUID) -> HttpResponse:
    """Let it go."""
    done = _("You've let this goal go. You don't need to give a reason.")
    return move(request, gate.goal(request.actor, pk, Access.EDIT), GoalAct.LET_GO, done)


def move(
    request: Request, opened: Opened[Goal] | Opened[GoalStep], act: GoalAct | GoalStepAct, done: str
) -> HttpResponse:
    """Take an act that is one button, with a goal or a step of one."""
    room = using_goals(room_of(opened))
    if request.method == "POST":
        goals_actions.move(opened.row, act, room.party, actor=request.actor.id, at=timezone.now())
        messages.success(request, done)
    return redirect(f"{reverse('meeting:goals', args=[room.row.pk])}#{anchor_of(opened.row)}")


def using_goals(room: Opened[Mentorship]) -> Opened[Mentorship]:
    """Return the same room; raise NotFound where its scheme has no goals."""
    if not room.row.scheme.goals:
        raise NotFound("goals")
    return room


def closed(room: Mentorship) -> bool:
    """Say whether nothing can be written here now."""
    return room.stage == MentorshipStage.ENDED or not sides_queries.record_wanted(room)


def anchor_of(subject: Goal | GoalStep) -> str:
    """Return where a goal or a step is on the page of goals."""
    return f"{'goal' if isinstance(subject, Goal) else 'goal-step'}-{subject.pk}"


def saved(request: Request, room: UUID, anchor: str) -> HttpResponse:
    """Go back to the goals, to the one that was written."""
    messages.success(request, _("Saved."))
    return redirect(f"{reverse('meeting:goals', args=[room])}#{anchor}")
