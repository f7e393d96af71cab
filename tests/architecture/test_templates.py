"""House rules about markup: nothing a strict content security policy would refuse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.sources import name, templates

pytestmark = pytest.mark.unit

COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.DOTALL)
INLINE = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "inline script": re.compile(
        r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*application/(?:ld\+)?json)", re.IGNORECASE
    ),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "script address": re.compile(r"=\s*[\"']\s*javascript:", re.IGNORECASE),
}


@pytest.mark.parametrize("path", templates(), ids=name)
def test_no_inline_style_or_script(path: Path) -> None:
    markup = COMMENT.sub("", path.read_text(encoding="utf-8"))
    assert {what for what, pattern in INLINE.items() if pattern.search(markup)} == set()


@pytest.mark.parametrize("path", templates(), ids=name)
def test_nothing_is_fetched_from_another_host(path: Path) -> None:
    markup = COMMENT.sub("", path.read_text(encoding="utf-8"))
    assert not re.findall(
        r"<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)\s*=\s*[\"']?(?:https?:)?//", markup
    )
