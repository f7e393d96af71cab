"""What a page is about, in a sentence or two of plain text."""

from __future__ import annotations

from typing import Any

from wagtail.blocks import StreamValue

from sitepages.search.texts import stream_text
from sitepages.text import nfc

LONGEST = 300
#: Fields that say it, the most fitting first.
_SAID = ("search_description", "lead", "abstract", "introduction", "goal", "explanation")
_STREAMS = ("body", "tables", "attachments")


def summary_of(page: Any, longest: int = LONGEST) -> str:
    """A short text about a page from what it says itself; empty where it says nothing. No query."""
    for name in _SAID:
        said = getattr(page, name, "")
        if isinstance(said, str) and said.strip():
            return shortened(said, longest)
    texts = [value for value in (getattr(page, "details", None) or {}).values() if isinstance(value, str)]
    told = max(texts, key=len, default="")
    if len(told) > 40:  # a sentence, not a code
        return shortened(told, longest)
    for name in _STREAMS:
        value = getattr(page, name, None)
        if isinstance(value, StreamValue) and (words := stream_text(value, longest * 2)):
            return shortened(words, longest)
    return shortened(told, longest)


def shortened(text: str, longest: int) -> str:
    """The text on one line, in NFC, cut after a word."""
    line = " ".join(nfc(text).split())
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    space = cut.rfind(" ")
    return f"{cut[:space] if space > longest // 2 else cut}…"
