"""How much the mentee wants a goal or a step, from 1 to 10, now. Said of an idea for a step, it is the decision."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from ithaca.access import gate
from ithaca.access.gate import Opened
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.forms.commitments import CommitmentForm
from ithaca.journeys.meeting.views.goals import anchor_of, closed, saved, using_goals
from ithaca.journeys.meeting.views.pages import room_of, show, unreadable
from ithaca.journeys.meeting.views.saving import save
from ithaca.records.mentorships.models import Goal, GoalStep
from ithaca.records.mentorships.rules.stages.room import GoalStepStage
from ithaca.records.mentorships.writing.actions import commitments
from ithaca.records.mentorships.writing.queries import goals
from ithaca.tools.vault.errors import NotGranted


def goal(request: Request, pk: UUID) -> HttpResponse:
    """Say how much one wants a goal."""
    return _commitment(request, gate.goal(request.actor, pk, Access.EDIT), "meeting:goal_commitment")


def goal_step(request: Request, pk: UUID) -> HttpResponse:
    """Decide on a step, or say again how much one wants it."""
    return _commitment(request, gate.goal_step(request.actor, pk, Access.EDIT), "meeting:goal_step_commitment")


def _commitment(request: Request, opened: Opened[Goal] | Opened[GoalStep], route: str) -> HttpResponse:
    subject, room = opened.row, using_goals(room_of(opened))
    decides = isinstance(subject, GoalStep) and subject.stage == GoalStepStage.PROPOSED
    if request.method != "POST":
        if closed(room.row) or subject.stage not in subject.OPEN:
            return redirect("meeting:goals", room.row.pk)
        try:
            words, earlier = goals.subject_of(subject, request.actor.keyring)
        except NotGranted:
            return unreadable(request, room)
        return show(
            request,
            room,
            "commitment_form",
            form=CommitmentForm(),
            route=route,
            subject=subject,
            decides=decides,
            subject_words=words,
            commitments=earlier,
        )
    form = CommitmentForm(request.POST)

    def record() -> None:
        score, better = int(form.cleaned_data["score"]), form.cleaned_data["better"]
        keyring, at = request.actor.keyring, timezone.now()
        commitments.record(subject, score, better, room.party, keyring=keyring, at=at, form=form.form_id)

    context = {"route": route, "subject": subject, "decides": decides}
    answer = save(request, room, "commitment_form", form, record, **context)
    return answer or saved(request, room.row.pk, anchor_of(subject))
