"""How a page of the desk carries out an act: once, with a plain word of what was done, or back on its page.

A record is opened for its page and not for the act: whether the step is still open is asked of the stage table under
the row's lock, which answers 409 when it has gone by, and lets the second press of one button find the first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.journeys.http import Request
from ithaca.records.members.actions.memberships import Unready
from ithaca.records.members.models import Membership
from ithaca.records.mentorships.pairing.actions.clear_candidate import NotEnrolled, NotPossible, OwnMatch, StillChecked
from ithaca.records.mentorships.pairing.queries import candidates, score_parts
from ithaca.records.schemes.models import Scheme
from ithaca.tools.design.forms import Form

SomeForm = TypeVar("SomeForm", bound=Form)
Words = Any  # a sentence, translated when it is shown


def button(act: str, form: type[Form] = Form) -> Form:
    """Return an empty form for an act, with ids of its own, as one page has several."""
    return form(auto_id=f"{act}-%s")


def pressed(request: Request, act: str, form: type[SomeForm]) -> SomeForm:
    """Bind the form that was sent for an act."""
    return form(request.POST, auto_id=f"{act}-%s")


@dataclass(frozen=True, slots=True)
class Act:
    """An act of the desk: what it does with (row, form, coordinator and time and form id), and what is said then.

    `done` may name the person; `stays` keeps the coordinator on the record's page, otherwise they go to the desk.
    """

    run: Callable[[Any, Any, dict[str, Any]], object]
    done: Words
    form: type[Form] = Form
    stays: bool = False


def take(
    request: Request,
    name: str,
    act: Act,
    row: Any,
    membership: Membership,
    *,
    here: str,
    page: Callable[..., HttpResponse],
) -> HttpResponse:
    """Carry out one of a page's acts on its row, which is about a member."""
    at = timezone.now()

    def run(form: Form) -> object:
        return act.run(row, form, {"coordinator": request.actor.id, "at": at, "form": form.form_id})

    return carry_out(
        request,
        pressed(request, name, act.form),
        run,
        done=str(act.done) % {"name": membership.user.name},
        to=here if act.stays else desk_of(membership.scheme),
        page=lambda form: page(**{name: form}),
    )


def desk_of(scheme: Scheme) -> str:
    """Where one goes when a record is dealt with."""
    return reverse("coordinating:desk", args=[scheme.slug])


def carry_out(
    request: Request,
    form: SomeForm,
    act: Callable[[SomeForm], object],
    *,
    done: str,
    to: str,
    page: Callable[[SomeForm], HttpResponse],
) -> HttpResponse:
    """Run `act` with a valid form, say what was `done` and lead on; else show the page again with what is wrong."""
    if form.is_valid():
        try:
            act(form)
        except (Unready, NotPossible) as hindrance:
            for reason in hindrances(hindrance):
                form.add_error(None, reason)
        else:
            messages.success(request, done)
            return redirect(to)
    answer = page(form)
    answer.status_code = 422
    return answer


def hindrances(hindrance: Unready | NotPossible) -> list[str]:
    """Why it was not done, in words."""
    if isinstance(hindrance, Unready):
        return hindrance.reasons
    special = {
        StillChecked: _("Their membership isn't confirmed yet."),
        NotEnrolled: _("This mentor hasn't signed in yet, so we can't share anything private with them."),
        OwnMatch: _("You're this mentor yourself. Another coordinator can introduce you."),
    }
    if type(hindrance) in special:
        return [special[type(hindrance)]]
    return [
        _("You can't introduce this mentor now: %(reason)s. Choose another, or leave the request in the queue.")
        % {"reason": words[:1].lower() + words[1:]}
        for words in score_parts.words(candidates.Reason(code) for code in hindrance.reasons) or (_("Not available"),)
    ]
