"""Signposts at the desk: which of them somebody ought to look at again, and who keeps each right."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.acts import button, carry_out, pressed
from ithaca.journeys.http import Request
from ithaca.records.schemes.actions import signposts as signpost_actions
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.queries.signposts import signposts_of
from ithaca.tools.design.forms import Form


@require_safe
def signposts(request: Request, slug: str) -> HttpResponse:
    """Every signpost that the scheme shows: those that are due for a look, then the others."""
    return _page(request, gate.scheme(request.actor, slug, Access.REVIEW_SIGNPOSTS).row)


@require_POST
def review(request: Request, slug: str, pk: UUID) -> HttpResponse:
    """I have looked, and it is still right."""
    scheme = gate.scheme(request.actor, slug, Access.REVIEW_SIGNPOSTS).row
    found = next((row for row in signposts_of(scheme) if row.pk == pk), None)
    if found is None:
        raise gate.NotFound("signpost")
    return carry_out(
        request,
        pressed(request, str(pk), Form),
        lambda form: signpost_actions.review(found, actor=request.actor.id, at=timezone.now(), form=form.form_id),
        done=_("Thank you. We'll ask you to check %(name)s again in 6 months.") % {"name": found.name},
        to=reverse("configuring:signposts", args=[slug]),
        page=lambda form: _page(request, scheme),
    )


def _page(request: Request, scheme: Scheme) -> HttpResponse:
    today = timezone.localdate()
    rows = [(row, button(str(row.pk))) for row in signposts_of(scheme)]
    context = {
        "scheme": scheme,
        "due": [(row, form) for row, form in rows if row.review_on <= today],
        "later": [row for row, _form in rows if row.review_on > today],
    }
    return render(request, "configuring/signposts.html", context)
