"""Letters to two who met before they came here."""

from django.utils.translation import gettext as _

from ithaca.records.mentorships.models import Mentorship
from ithaca.tools.post.outbox import Letter, Recipient


def room_opened(to: Recipient, mentorship: Mentorship) -> Letter:
    """To the mentor: now both have signed in, and the two can write to one another."""
    return Letter(
        to=to,
        kind="room_opened",
        subject=_("Everything is ready for you both"),
        paragraphs=(
            _("You have both signed in now."),
            _("From now on you can use every part of the page. Only the two of you read what is written there."),
        ),
        link_text=_("Open your page"),
        path=f"/mentorships/{mentorship.pk}/",
        sender=mentorship.scheme.name,
    )
