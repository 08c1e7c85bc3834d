"""What the frame of every page needs of those who coordinate."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ithaca.access.actor import VISITOR
from ithaca.records.schemes.queries.schemes import named


def desks(request: HttpRequest) -> dict[str, object]:
    """Return a link to each of this person's desks, in one query; nothing, and no query, for everyone else."""
    actor = getattr(request, "actor", VISITOR)  # a request that was stopped before it reached the door has none
    if not actor.coordinates:
        return {}
    schemes = named(actor.coordinates)
    only = len(schemes) == 1
    return {
        "desks": [
            {
                "text": _("The desk") if only else _("Desk: %(scheme)s") % {"scheme": scheme.name},
                "href": reverse("coordinating:desk", args=[scheme.slug]),
            }
            for scheme in schemes
        ]
    }
