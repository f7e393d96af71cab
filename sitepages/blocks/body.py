"""Which blocks a body may hold."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from sitepages.blocks.data import FiguresBlock
from sitepages.blocks.media import AttachmentBlock, FigureBlock
from sitepages.blocks.text import RICH_TEXT, QuoteBlock

BODY = [
    (
        "paragraph",
        blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT, template="blocks/paragraph.html"),
    ),
    ("figure", FigureBlock()),
    ("quote", QuoteBlock()),
    ("figures", FiguresBlock()),
    ("attachment", AttachmentBlock()),
]

TABLES = [("figures", FiguresBlock()), ("attachment", AttachmentBlock())]
