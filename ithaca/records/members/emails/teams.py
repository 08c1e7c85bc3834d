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


def asked_to_mediate(to: Recipient, scheme: Scheme) -> Letter:
    return Letter(
        to=to,
        kind="asked_to_mediate",
        subject=_("You can now help people to talk with each other"),
        paragraphs=(
            _("When two people find it hard to talk, they can ask for a third person. From now on that can be you."),
            _("You get a letter when two of them ask. If this is a mistake, write to %(address)s.")
            % {"address": scheme.contact_email},
        ),
        link_text=_("Open your page"),
        path="/mediations/",
        sender=scheme.name,
    )
