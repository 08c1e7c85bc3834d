"""Letters to those who work for a scheme."""

from django.utils.translation import gettext as _

from ithaca.records.schemes.models import Scheme
from ithaca.tools.post.outbox import Letter, Recipient


def asked_to_deputise(to: Recipient, scheme: Scheme) -> Letter:
    return Letter(
        to=to,
        kind="asked_to_deputise",
        subject=_("You now stand in for the coordinator"),
        paragraphs=(
            _("The coordinator has asked you to stand in for them. You see the desk from now on."),
            _("If that is a mistake, you can step down on the page of the team."),
        ),
        link_text=_("Open the desk"),
        path=f"/schemes/{scheme.slug}/desk/",
        sender=scheme.name,
    )
