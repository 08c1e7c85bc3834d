"""The review of an agreement on its day: keep it, or change it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.forms.agreement_reviews import AgreementReviewForm
from ithaca.journeys.meeting.views.pages import show
from ithaca.records import times
from ithaca.records.mentorships.room.actions import agreement_reviews
from ithaca.records.mentorships.room.queries import agreements
from ithaca.records.mentorships.rules.stages.room import MentorshipStage
from ithaca.tools.design.templatetags.design import day


def review(request: Request, pk: UUID) -> HttpResponse:
    """Review how the two work together: keep the agreement, and say when to review it next, or go on to change it."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    at = timezone.now()
    today = times.london_date(at)
    agreement = agreements.in_force(room.row)
    if agreement is None or room.row.stage == MentorshipStage.ENDED:
        return redirect("meeting:agreement", pk)
    form = AgreementReviewForm(initial={"day": agreement_reviews.next_day(agreement, today)}, today=today)
    if request.method == "POST":
        form = AgreementReviewForm(request.POST, today=today)
        if form.is_valid():
            review_on = form.cleaned_data["day"]
            saved = agreement_reviews.keep(pk, review_on, room.party, actor=request.actor.id, at=at, form=form.form_id)
            if not saved:
                messages.info(request, _("Another date was chosen just before yours, so we've kept that one."))
            elif review_on:
                done = _("Saved. You're keeping it as it is, and you'll review it on %(day)s.")
                messages.success(request, done % {"day": day(review_on)})
            else:
                messages.success(request, _("Saved. You're keeping it as it is."))
            return redirect("meeting:room", pk)
    return show(
        request,
        room,
        "agreement_review",
        status=422 if form.is_bound else 200,
        form=form,
        agreement=agreement,
        review_on=agreement.review_on,
        due=agreement_reviews.is_due(agreement, today),
    )
