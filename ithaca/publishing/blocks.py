"""The pieces that prose is made of. Each is drawn by the design system, so an editor cannot make a page ugly."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ithaca.records.schemes.vocabulary import ROLES

FEATURES = ["bold", "italic", "link", "ol", "ul"]


class RolesBlock(blocks.StaticBlock):
    """The eight roles of a mentor, from the vocabulary that people choose from: they are named in one place."""

    class Meta:
        icon = "group"
        label = _("The 8 roles")
        admin_text = _("Shows the 8 roles a mentor can take, and what each one means.")
        template = "publishing/blocks/roles.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"roles": list(ROLES.values())}


class DetailsBlock(blocks.StructBlock):
    summary = blocks.CharBlock(label=_("Text to select to open it"))
    text = blocks.RichTextBlock(label=_("Text inside"), features=FEATURES)

    class Meta:
        icon = "arrow-down"
        label = _("More details")
        template = "publishing/blocks/details.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation text"))
    who = blocks.CharBlock(label=_("Who said it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "publishing/blocks/quote.html"


class StepBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("What happens"))
    text = blocks.TextBlock(label=_("In a sentence or two"), required=False)


class Prose(blocks.StreamBlock):
    """The body of a page."""

    heading = blocks.CharBlock(label=_("Heading"), icon="title", template="publishing/blocks/heading.html")
    paragraph = blocks.RichTextBlock(label=_("Text"), features=FEATURES)
    inset = blocks.TextBlock(label=_("Note"), icon="info-circle", template="publishing/blocks/inset.html")
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), icon="list-ol", template="publishing/blocks/steps.html")
    roles = RolesBlock()
    details = DetailsBlock()
    quote = QuoteBlock()
