"""Numbers in a text: where they stand, what they count, and which of them are no figures at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from compliance.rules.figures import Kind
from compliance.rules.report_words import ReportWords

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d])|\d+(?:,\d+)?")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Number:
    """A number as it stands in a text; `kind` None: nothing after it says what it counts.

    `noun` is the word after it that is not known to name anything of the report.
    """

    start: int
    end: int
    quote: str
    value: Decimal
    kind: Kind | None
    noun: str = ""


def numbers(text: str, folded: str, words: ReportWords) -> Iterator[Number]:
    """The figures of a text; days, document numbers, provisions and names are passed over."""
    masked = _masked(folded, words)
    for match in _NUMBER.finditer(masked):
        value = Decimal(match[0].replace(".", "").replace(",", "."))
        kind, scale, length, noun = _meaning(masked[match.end() :], words)
        if kind is Kind.MONEY:
            value *= scale
        elif kind is Kind.PERCENT:
            value *= 10
        end = match.end() + length
        yield Number(match.start(), end, text[match.start() : end].strip(), value, kind, noun)


def _masked(folded: str, words: ReportWords) -> str:
    for pattern in words.allowed:
        folded = pattern.sub(lambda match: "_" * len(match[0]), folded)
    return folded


def _meaning(after: str, words: ReportWords) -> tuple[Kind | None, int, int, str]:
    """What follows a number: its kind, its scale, how long that is, the unknown noun."""
    rest = after.lstrip(" ")
    skipped = len(after) - len(rest)
    fraction = re.match(r"/\s*\d+", rest)  # 17/17 communes: the noun stands behind both
    if fraction:
        kind, scale, length, noun = _meaning(rest[fraction.end() :], words)
        return kind, scale, 0, noun
    for sign in words.percent:
        if _begins(rest, sign):
            return Kind.PERCENT, 1, skipped + len(sign), ""
    scale, length = 1, 0
    for word, size in words.scales.items():
        if _begins(rest, word):
            scale, length = size, len(word)
            length += len(rest[length:]) - len(rest[length:].lstrip(" "))
    for word in words.currency:
        if _begins(rest[length:], word):
            return Kind.MONEY, scale, skipped + length + len(word), ""
    for noun in sorted(words.nouns, key=len, reverse=True):
        if _begins(rest, noun):
            return words.nouns[noun], 1, skipped + len(noun), ""
    found = _WORD.match(rest)
    if found is None or found[0] in words.plain:
        return None, 1, 0, ""
    return None, 1, skipped + len(found[0]), found[0]


def _begins(text: str, word: str) -> bool:
    """Whether the text begins with the word, and the word ends there."""
    if not text.startswith(word):
        return False
    after = text[len(word) : len(word) + 1]
    return not (word[-1:].isalpha() and after.isalnum())
