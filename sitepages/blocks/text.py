"""Blocks of running text."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

RICH_TEXT = [
    "h2",
    "h3",
    "bold",
    "italic",
    "ol",
    "ul",
    "link",
    "document-link",
    "hr",
    "superscript",
    "subscript",
]


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, with whose."""

    text = blocks.TextBlock(label=_("Quotation"))
    source = blocks.CharBlock(label=_("Who said it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quote.html"
