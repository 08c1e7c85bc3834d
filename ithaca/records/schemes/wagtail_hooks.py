"""Signposts in the editors' admin: drafts, a history and a preview, beside the pages."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from ithaca.records.schemes.models import Signpost


class SignpostViewSet(SnippetViewSet):
    """A list with what is due for a look first; a form in the order in which a reader meets it."""

    model = Signpost
    icon = "link"
    menu_label = _("Signposts")
    menu_name = "signposts"
    add_to_admin_menu = True
    list_display = ["name", "kind", "profession", "nation", "owner", "review_on"]
    list_filter = ["kind", "profession", "nation"]
    ordering = ["review_on", "name"]
    panels = [
        FieldPanel("kind"),
        FieldPanel("name"),
        FieldPanel("what"),
        FieldRowPanel([FieldPanel("telephone"), FieldPanel("url")]),
        MultiFieldPanel([FieldPanel("profession"), FieldPanel("nation"), FieldPanel("scheme")], _("Who it's for")),
        MultiFieldPanel([FieldPanel("owner"), FieldPanel("owner_email"), FieldPanel("review_on")], _("Who checks it")),
    ]


register_snippet(SignpostViewSet)
