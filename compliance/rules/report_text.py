"""The text of a report as lines people type: headings that number themselves, and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

#: A numbered line longer than this is a paragraph that begins with its number.
LONGEST_HEADING = 150
_HEADINGS = (
    (1, re.compile(r"([IVXLC]+)\s*(?:\.\s*(?=\S)|/(?:\s+(?=\S)|(?=[^\W\d_]{2})))")),
    (2, re.compile(r"(\d{1,2})\s*(?:\.\s*(?=[^\d\s])|/\s+(?=[^\d\s]))")),
    (3, re.compile(r"([^\W\d_])\s*\)\s*(?=\S)")),
)
_ROMAN = (("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))


@dataclass(frozen=True)
class Part:
    """One part of a report's text, as typed: a paragraph a line."""

    code: str
    text: str


@dataclass(frozen=True)
class Line:
    """One line: its level (0: a paragraph), its number as written, its text without it, where it stands.

    `place` is the heading above it ("II", "II.1"), `paragraph` counts the lines under that heading.
    """

    part: str
    level: int
    number: str
    text: str
    whole: str
    place: str
    paragraph: int

    @property
    def is_heading(self) -> bool:
        """Whether it is set as a heading: long numbered lines are paragraphs."""
        return self.level > 0 and len(self.whole) <= LONGEST_HEADING


def lines(parts: Sequence[Part]) -> Iterator[Line]:
    """Every line of the parts that says anything, in order."""
    place: list[str] = []
    paragraph = 0
    for part in parts:
        for raw in part.text.splitlines():
            whole = " ".join(raw.split())
            if not whole:
                continue
            level, number, text = _heading(whole)
            if level:
                place = [*place[: level - 1], number]
                paragraph = 0
            else:
                paragraph += 1
            yield Line(part.code, level, number, text, whole, ".".join(place), paragraph)


def brackets(text: str) -> Iterator[tuple[int, int]]:
    """Where each round bracket opens, and where it closes or the next one opens within it."""
    closing = [match.start() for match in re.finditer(r"[()]", text)] + [len(text)]
    for start, end in pairwise(closing):
        if text[start] == "(":
            yield start, end


def expected_number(level: int, position: int, letters: str) -> str:
    """The number of the heading in this position (from 1) of its level."""
    if level == 1:
        return roman(position)
    if level == 2:
        return str(position)
    return letters[position - 1] if position <= len(letters) else "?"


def roman(number: int) -> str:
    """A small number in Roman letters."""
    found = ""
    for letters, value in _ROMAN:
        while number >= value:
            found, number = found + letters, number - value
    return found


def _heading(whole: str) -> tuple[int, str, str]:
    for level, pattern in _HEADINGS:
        match = pattern.match(whole)
        if match:
            return level, match[1], whole[match.end() :]
    return 0, "", whole
