"""The letter after a talk by telephone, of which a coordinator has recorded an answer. It does not say which."""

from django.utils.translation import gettext as _

from ithaca.records.schemes.models import Scheme
from ithaca.tools.post.outbox import Letter, Recipient


def noted(to: Recipient, scheme: Scheme, path: str) -> Letter:
    """That it was recorded, where to see it, and how to undo it."""
    return Letter(
        to=to,
        kind="noted",
        subject=_("We have noted what you told us by telephone"),
        paragraphs=(
            _("Thank you for the talk. The coordinator has noted your answer for you, as told by telephone."),
            _("If it is not what you meant, change it on your page. Or write to %(address)s within a week: we undo it.")
            % {"address": scheme.contact_email},
        ),
        link_text=_("Open your page"),
        path=path,
        sender=scheme.name,
    )
