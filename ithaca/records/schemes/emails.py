"""Letters about schemes themselves."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ithaca.tools.post.outbox import Letter, Recipient


def signposts_to_review(to: Recipient, count: int) -> Letter:
    """To whoever keeps signposts right: some have not been looked at for half a year."""
    return Letter(
        to=to,
        kind="signposts_to_review",
        subject=_("Signposts to look at again"),
        paragraphs=(
            ngettext(
                "%(count)d signpost that you keep has not been looked at for half a year.",
                "%(count)d signposts that you keep have not been looked at for half a year.",
                count,
            )
            % {"count": count},
            _("Please try its telephone number and its web address. Then tell the scheme's coordinator, or an editor."),
        ),
        link_text=_("See the page"),
        path="/other-help/",
        sender="Ithaca",
    )
