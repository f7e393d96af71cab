"""Which blocks a body may hold, and whether it says anything."""

from __future__ import annotations

from html import unescape
from typing import Any

from django.utils.html import strip_tags
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


def has_words(body: Any) -> bool:
    """Whether a body holds anything but blank paragraphs."""
    return any(
        block.block_type != "paragraph" or unescape(strip_tags(str(block.value))).strip() for block in body
    )


def has_figures(body: Any) -> bool:
    """Whether a body holds a table with something in it."""
    return any(
        block.block_type == "figures"
        and any(any(row) for row in (block.value["table"] or {}).get("data", []))
        for block in body
    )
