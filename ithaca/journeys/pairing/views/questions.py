"""A question before an answer: the mentor asks, the mentee answers. Nobody else can read either."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ithaca.journeys.http import Request
from ithaca.journeys.pairing.forms.questions import AnswerForm, QuestionForm
from ithaca.journeys.pairing.views.own import own_introduction
from ithaca.records.mentorships.pairing.actions import questions
from ithaca.records.mentorships.pairing.queries.introductions import exchanges_of
from ithaca.records.mentorships.rules.stages.pairing import IntroductionAct
from ithaca.records.stages import Party


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: Request, pk: UUID) -> HttpResponse:
    """Ask, or answer, and read what was asked before. A text that arrives locked is carried past the password."""
    opened = own_introduction(request, pk)
    row, actor = opened.row, request.actor
    asks = opened.party is Party.MENTOR
    kind = QuestionForm if asks else AnswerForm
    if request.method != "POST":
        if not opened.may(IntroductionAct.ASK if asks else IntroductionAct.ANSWER):
            return redirect("pairing:introduction", pk=pk)
        form = kind()
    else:
        form = kind(request.POST)
        if form.is_valid():
            say = questions.ask if asks else questions.answer
            text = form.cleaned_data["text"]
            if say(row, text, keyring=actor.keyring, actor=actor.id, at=timezone.now(), form=form.form_id):
                sent = (
                    _("We've sent your question.") if asks else _("We've sent your answer. Now it's the mentor's turn.")
                )
                messages.success(request, sent)
            return redirect("pairing:introduction", pk=pk)
    context = {
        "scheme": row.request.membership.scheme,
        "row": row,
        "form": form,
        "asks": asks,
        "mentor_name": row.standing.membership.user.name,
        "exchanges": exchanges_of(row, actor.keyring),
    }
    return render(request, "pairing/question_form.html", context, status=422 if form.is_bound else 200)
