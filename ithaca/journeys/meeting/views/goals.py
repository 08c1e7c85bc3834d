"""Goals: what the mentee works towards. Both see them; every step is the mentee's."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.access import gate
from ithaca.access.gate import NotFound, Opened
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.views.saving import save
from ithaca.journeys.meeting.views.showing import show, unreadable
from ithaca.journeys.meeting.working_forms import CommitmentForm, GoalChangeForm, GoalForm
from ithaca.records.mentorships.models import Goal, GoalStep, Mentorship
from ithaca.records.mentorships.room.queries import sides as sides_queries
from ithaca.records.mentorships.writing.actions import commitments
from ithaca.records.mentorships.writing.actions import goals as goals_actions
from ithaca.records.mentorships.writing.queries import goals as goals_queries
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.design.forms import Form
from ithaca.tools.vault.errors import NotGranted
from ithaca.tools.vault.keyring import unlocked


def goals(request: Request, pk: UUID) -> HttpResponse:
    """Every goal with its steps, those that are over below."""
    opened = using_goals(gate.mentorship(request.actor, pk, "read"))
    try:
        work = goals_queries.goals_of(opened.row, request.actor.keyring)
    except NotGranted:
        return unreadable(request, opened)
    sides = sides_queries.sides_of(opened.row, request.actor.id)
    own = opened.party == "mentee" and opened.row.stage != "ended"
    return show(request, "goals", opened.row, opened.party, work=work, sides=sides, own=own)


def new(request: Request, pk: UUID) -> HttpResponse:
    """Write a goal."""
    room = using_goals(gate.mentorship(request.actor, pk, "set_goals"))
    if request.method != "POST":
        if closed(room.row):
            return redirect("meeting:goals", pk)
        return show(request, "goal_form", room.row, room.party, form=GoalForm())
    form = GoalForm(request.POST)

    def keep() -> None:
        words, measure = form.cleaned_data["words"], form.cleaned_data["measure"]
        keyring, at = request.actor.keyring, timezone.now()
        goals_actions.write(pk, words, measure, room.party, keyring=keyring, at=at, form=form.form_id)

    return save(request, room, "goal_form", form, keep) or kept(request, pk, f"goal-{form.form_id}")


def change(request: Request, pk: UUID) -> HttpResponse:
    """Put other words in a draft."""
    opened = gate.goal(request.actor, pk, "edit")
    room = using_goals(room_of(opened))
    if request.method != "POST":
        if closed(room.row) or opened.row.stage != "drafted":
            return redirect("meeting:goals", room.row.pk)
        return _ask_change(request, opened, room, None)
    form = GoalChangeForm(request.POST)

    def keep() -> None:
        words, measure = form.cleaned_data["words"], form.cleaned_data["measure"]
        version = form.cleaned_data["version"]
        keyring, at = request.actor.keyring, timezone.now()
        goals_actions.change(opened.row, words, measure, version, room.party, keyring=keyring, at=at)

    try:
        return save(request, room, "goal_form", form, keep, goal=opened.row) or kept(request, room.row.pk, f"goal-{pk}")
    except ChangedMeanwhile:
        return _ask_change(request, opened, room, form)


def _ask_change(request: Request, opened: Opened[Goal], room: Opened[Mentorship], typed: Form | None) -> HttpResponse:
    """The draft as it stands, or what was `typed` over words that have changed meanwhile, ready to be sent again."""
    opened.row.refresh_from_db(fields=["words", "measure", "version"])
    try:
        words, measure = goals_queries.words_of_goal(opened.row, unlocked(request.actor.keyring))
    except NotGranted:
        return unreadable(request, room)
    version = opened.row.version
    if typed is None:
        form = GoalChangeForm(initial={"words": words, "measure": measure, "version": version})
        return show(request, "goal_form", room.row, room.party, form=form, goal=opened.row)
    again = request.POST.copy()
    again["version"] = str(version)
    stands = "\n\n".join(filter(None, (words, measure)))
    context = {"form": GoalChangeForm(again), "goal": opened.row, "stands": stands}
    return show(request, "goal_form", room.row, room.party, status=409, **context)


def revise(request: Request, pk: UUID) -> HttpResponse:
    """Put a goal that was set in other words: another follows it."""
    opened = gate.goal(request.actor, pk, "edit")
    room = using_goals(room_of(opened))
    if request.method != "POST":
        if closed(room.row) or not opened.row.may("revise", room.party):
            return redirect("meeting:goals", room.row.pk)
        try:
            words, measure = goals_queries.words_of_goal(opened.row, unlocked(request.actor.keyring))
        except NotGranted:
            return unreadable(request, room)
        form = GoalForm(initial={"words": words, "measure": measure})
        return show(request, "goal_form", room.row, room.party, form=form, before=opened.row)
    form = GoalForm(request.POST)

    def keep() -> None:
        words, measure = form.cleaned_data["words"], form.cleaned_data["measure"]
        keyring, at = request.actor.keyring, timezone.now()
        goals_actions.revise(opened.row, words, measure, room.party, keyring=keyring, at=at, form=form.form_id)

    answer = save(request, room, "goal_form", form, keep, before=opened.row)
    return answer or kept(request, room.row.pk, f"goal-{form.form_id}")


def agree(request: Request, pk: UUID) -> HttpResponse:
    """Say of a draft that this is the goal."""
    return step(request, gate.goal(request.actor, pk, "edit"), "agree", _("Saved. This is your goal."))


def begin(request: Request, pk: UUID) -> HttpResponse:
    """Say that one has begun."""
    return step(request, gate.goal(request.actor, pk, "edit"), "begin", _("Saved. It’s under way."))


def achieve(request: Request, pk: UUID) -> HttpResponse:
    """Say that it is reached."""
    return step(request, gate.goal(request.actor, pk, "edit"), "achieve", _("Well done. You’ve reached your goal."))


def let_go(request: Request, pk: UUID) -> HttpResponse:
    """Let it go."""
    return step(
        request,
        gate.goal(request.actor, pk, "edit"),
        "let_go",
        _("You’ve let this goal go. You don’t need to give a reason."),
    )


def step(request: Request, opened: Opened[Goal] | Opened[GoalStep], act: str, done: str) -> HttpResponse:
    """Take a step that is one press."""
    room = using_goals(room_of(opened))
    if request.method == "POST":
        goals_actions.move(opened.row, act, room.party, actor=request.actor.id, at=timezone.now())
        messages.success(request, done)
    return redirect(f"{reverse('meeting:goals', args=[room.row.pk])}#{opened.row.TABLE.noun}-{opened.row.pk}")


def commitment(request: Request, pk: UUID) -> HttpResponse:
    """Say how much one wants a goal."""
    return test(request, gate.goal(request.actor, pk, "edit"))


def test(request: Request, opened: Opened[Goal] | Opened[GoalStep]) -> HttpResponse:
    """Say how much one wants a goal or a step, now. Said of a step that was only thought of, it is the decision."""
    subject, room = opened.row, using_goals(room_of(opened))
    anchor = f"{subject.TABLE.noun}-{subject.pk}"
    if request.method != "POST":
        if closed(room.row) or subject.stage not in subject.OPEN:
            return redirect("meeting:goals", room.row.pk)
        try:
            words, tests = goals_queries.subject_of(subject, request.actor.keyring)
        except NotGranted:
            return unreadable(request, room)
        context: dict[str, Any] = {"subject": subject, "subject_words": words, "tests": tests}
        return show(request, "commitment", room.row, room.party, form=CommitmentForm(), **context)
    form = CommitmentForm(request.POST)

    def keep() -> None:
        score, better = int(form.cleaned_data["score"]), form.cleaned_data["better"]
        keyring, at = request.actor.keyring, timezone.now()
        commitments.record(subject, score, better, room.party, keyring=keyring, at=at, form=form.form_id)

    return save(request, room, "commitment", form, keep, subject=subject) or kept(request, room.row.pk, anchor)


def using_goals(room: Opened[Mentorship]) -> Opened[Mentorship]:
    """The same room; raises NotFound where its scheme has no goals."""
    if not room.row.scheme.goals:
        raise NotFound("goals")
    return room


def room_of(opened: Opened[Goal] | Opened[GoalStep]) -> Opened[Mentorship]:
    """The room of a goal or a step, as its reader has opened it."""
    return Opened(opened.row.mentorship, opened.party, opened.actor)


def closed(room: Mentorship) -> bool:
    """Can nothing be written here now?"""
    return room.stage == "ended" or not sides_queries.record_wanted(room)


def kept(request: Request, room: UUID, anchor: str) -> HttpResponse:
    """Back to the goals, at the one that was written."""
    messages.success(request, _("Saved."))
    return redirect(f"{reverse('meeting:goals', args=[room])}#{anchor}")
