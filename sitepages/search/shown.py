"""Parts of a text as a reader of results sees them: as written, the words asked for marked."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from sitepages.search.words import tokens

SNIPPET = 260
#: As much of a long text is looked through for the best place.
LOOK_THROUGH = 200_000
_RUN = re.compile(r"[^\W_][\w\u0300-\u036f]*")


@lru_cache(50_000)
def _folded(word: str) -> frozenset[str]:
    return frozenset(tokens(word))


def marked(text: str, words: Collection[str]) -> SafeString:
    """The text with the words asked for in ``<mark>``; everything in it escaped."""
    wanted = frozenset(words)
    out, end = [], 0
    for match in _RUN.finditer(text):
        if _folded(match[0]) & wanted:
            out += [escape(text[end : match.start()]), "<mark>", escape(match[0]), "</mark>"]
            end = match.end()
    out.append(escape(text[end:]))
    return mark_safe("".join(out))  # noqa: S308 - every part is escaped


def holds(text: str, words: Collection[str]) -> set[str]:
    """Which of the words a text holds."""
    missing = set(words)
    for match in _RUN.finditer(text[:LOOK_THROUGH]):
        missing -= _folded(match[0])
        if not missing:
            break
    return set(words) - missing


def snippet(text: str, words: Collection[str], length: int = SNIPPET) -> SafeString:
    """The part of the text that holds most of the words, marked; its beginning when it holds none."""
    text = text[:LOOK_THROUGH]
    begin = min(_best(text, frozenset(words), length), max(len(text) - length, 0))
    if begin > 0:
        begin = text.find(" ", max(begin - 60, 0), begin) + 1 or begin
    end = min(begin + length, len(text))
    if end < len(text):
        space = text.rfind(" ", begin, end)
        end = space if space > begin else end
    before, after = "… " if begin > 0 else "", " …" if end < len(text) else ""
    return mark_safe(before + marked(text[begin:end], words) + after)  # noqa: S308 - escaped by marked


def _best(text: str, wanted: frozenset[str], length: int) -> int:
    """Where the stretch with the most different words begins; the first one of equals."""
    if not wanted:
        return 0
    near: list[tuple[int, frozenset[str]]] = []
    best, most = 0, 0
    for match in _RUN.finditer(text):
        found = _folded(match[0]) & wanted
        if not found:
            continue
        near = [each for each in near if match.end() - each[0] <= length - 60]
        near.append((match.start(), found))
        near = near[-50:]
        count = len(frozenset().union(*(each for _at, each in near)))
        if count > most:
            best, most = near[0][0], count
            if most == len(wanted):
                break
    return best
