"""A form with words in it, on its way to be kept: nothing that was typed is lost, and nothing is kept twice."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from ithaca.access.gate import Opened
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.views.messages import anew
from ithaca.journeys.meeting.views.showing import NOT_KEPT, kept_for_you, show
from ithaca.journeys.meeting.working_forms import WrittenForm
from ithaca.records.mentorships.models import Mentorship
from ithaca.records.mentorships.writing.actions.messages import OtherWords


def save(
    request: Request,
    room: Opened[Mentorship],
    template: str,
    form: WrittenForm,
    keep: Callable[[], object],
    **context: Any,
) -> HttpResponse | None:
    """Call `keep`, and return None when all is kept; otherwise the page that says why not, with what was typed.

    Raises ChangedMeanwhile as `keep` does: what stands now is the caller's to show.
    """

    def ask(again: WrittenForm, status: int, **more: Any) -> HttpResponse:
        return show(request, template, room.row, room.party, status=status, form=again, **context, **more)

    if not form.is_valid():
        return ask(form, 422)
    if form.cautions():
        return ask(form, 200, caution=True)
    try:
        keep()
    except OtherWords:
        return ask(anew(type(form), request), 409, twice=True)
    except NOT_KEPT as why:
        return kept_for_you(request, room, form.written(), why)
    return None
