"""Personal links: each is made, shown once with words to send, and kept nowhere."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _

from ithaca.journeys.http import Request
from ithaca.records.members.actions import invitations
from ithaca.records.schemes.models import Scheme
from ithaca.tools.design.forms import Form


def make(
    request: Request, form: Form, scheme: Scheme, purpose: str, at: datetime, enquiry: UUID | None = None
) -> dict[str, str]:
    """Make a personal link, and return it with words to send; nothing when that button's link has been used already."""
    form.full_clean()
    try:
        _made, token = invitations.make(scheme, purpose, by=request.actor.id, at=at, form=form.form_id, enquiry=enquiry)
    except invitations.Gone:
        messages.warning(request, _("That link has already been used. Make another."))
        return {}
    link = f"{settings.BASE_URL}{reverse('joining:invitation', args=[token])}"
    return {"link": link, "words": _letter(scheme, purpose, link)}


def _letter(scheme: Scheme, purpose: str, link: str) -> str:
    """Write a short message to send with a link. It says no more than the link itself does."""
    lines = {
        "mentor": _("Would you like to be a mentor with us? This link is just for you. It works once, within 30 days:"),
        "mentee": _("Here's your own link to join. It works once, within 30 days:"),
    }
    return "\n\n".join([_("Hello,"), lines[purpose], link, scheme.name])
