"""Two people who haven't met for a while: how to reach each, and whether somebody has asked."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.acts import button, pressed
from ithaca.journeys.coordinating.views.phone_answers import answer_page
from ithaca.journeys.http import Request
from ithaca.records.members.queries.accounts import telephone_of
from ithaca.records.mentorships.overview.actions import phone_answers as acts
from ithaca.records.mentorships.room.actions import nudges
from ithaca.records.mentorships.room.queries.quiet_rooms import asked_lately, quiet_of
from ithaca.tools.design.forms import Form


@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: Request, pk: UUID) -> HttpResponse:
    """Two who have been quiet for long: how to reach each, and what one of them said. Never their room."""
    row, at = gate.pair(request.actor, pk, Access.NOTE_BY_PHONE).row, timezone.now()
    people = [row.mentee.user, row.mentor.user]
    open_now, back = acts.possible_of_pair(row, at), reverse("coordinating:queue", args=[row.scheme.slug, "quiet"])
    more = {
        "who": [person.name for person in people],
        "names": dict(zip(("mentee", "mentor"), (person.name for person in people), strict=True)),
        "reach": [(person, telephone_of(person)) for person in people],
        "quiet_since": quiet_of([row])[row.pk].last if open_now else None,
        "asked_on": asked_lately([row.pk], timezone.localdate(at)).get(row.pk),
        "asked": button("asked"),
    }
    return answer_page(request, "mentorship", row, row.scheme, back, open_now, acts.record_of_pair, more, "pair")


@require_POST
def asked(request: Request, pk: UUID) -> HttpResponse:
    """Asked, and no answer yet: they stand in the queue again in two weeks."""
    row = gate.pair(request.actor, pk, Access.NOTE_BY_PHONE).row
    form = pressed(request, "asked", Form)
    form.full_clean()
    nudges.note_asked(row.pk, coordinator=request.actor.id, at=timezone.now(), form=form.form_id)
    messages.success(request, _("We've recorded that. If they don't meet, you'll see them here again in 2 weeks."))
    return redirect("coordinating:queue", row.scheme.slug, "quiet")
