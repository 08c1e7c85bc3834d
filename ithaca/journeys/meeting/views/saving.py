"""A form with text in it, on its way to be saved: nothing that was typed is lost, and nothing is saved twice."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.http import HttpResponse

from ithaca.access.gate import Opened
from ithaca.journeys.http import LEFT_BEHIND, Request
from ithaca.journeys.meeting.forms.attachments import left_behind
from ithaca.journeys.meeting.forms.cautious import WrittenForm
from ithaca.journeys.meeting.views.pages import NOT_SAVED, not_saved, show
from ithaca.records.mentorships.models import Mentorship
from ithaca.records.mentorships.writing.actions.messages import OtherWords


def save(
    request: Request,
    room: Opened[Mentorship],
    template: str,
    form: WrittenForm,
    act: Callable[[], object],
    **context: Any,
) -> HttpResponse | None:
    """Call `act`, and return None when all is saved; otherwise the page that says why not, with what was typed.

    Raises ChangedMeanwhile as `act` does: to show what is saved now is the caller's part.
    """

    def ask(again: WrittenForm, status: int, **more: Any) -> HttpResponse:
        return show(request, room, template, status=status, form=again, **context, **more)

    if not form.is_valid():
        return ask(form, 422)
    if form.cautions():
        return ask(form, 200, caution=True)
    try:
        act()
    except OtherWords:
        return ask(typed_again(type(form), request), 409, twice=True)
    except NOT_SAVED as why:
        return not_saved(request, room, form.written(), why)
    return None


def typed_again(form: type[Any], request: Request, *, version: str | None = None, **more: Any) -> Any:
    """Return the same form with what was typed, and a new uuid: this is other text than the form has sent before.

    `version` is the one of what is shown beside it.
    """
    again = request.POST.copy()
    again["once"] = str(uuid4())
    again.setlist(LEFT_BEHIND, left_behind(request.POST, request.FILES))
    if version is not None:
        again["version"] = version
    return form(again, **more)
