"""Lists of persons say the least they must: headings of tables that tell too much are refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sitepages.text import fold


def refused_headings(body: Iterable[Any], refuses: Iterable[str]) -> list[str]:
    """The headings of a text's tables that hold any of these words, diacritics and case aside."""
    refuses = tuple(refuses)
    found = []
    for block in body or ():
        if refuses and block.block_type == "figures":
            rows = (block.value.get("table") or {}).get("data") or []
            heads = [str(cell or "") for row in rows[:2] for cell in row]
            found += [head for head in heads if any(f" {word}" in f" {fold(head)}" for word in refuses)]
    return found
