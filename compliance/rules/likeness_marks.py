"""Two texts side by side: which words stand in one of them alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Indel

from compliance.rules.likeness import words_of

#: Words of each text that are laid side by side; longer ones are cut, and said to be.
LONGEST = 5_000
_TOKEN = re.compile(r"\n|[^\s]+")


@dataclass(frozen=True)
class Span:
    """Some words in a row; `alone` when the other text lacks them. A line's end is a span of its own."""

    text: str
    alone: bool


@dataclass(frozen=True)
class Sides:
    """Both texts in spans; `cut` when a text was too long to be shown whole."""

    one: tuple[Span, ...]
    other: tuple[Span, ...]
    cut: bool


def side_by_side(one: str, other: str) -> Sides:
    """Both texts with the words marked that the other lacks: case, diacritics and punctuation aside."""
    mine, theirs = _TOKEN.findall(one), _TOKEN.findall(other)
    cut = max(len(mine), len(theirs)) > LONGEST
    mine, theirs = mine[:LONGEST], theirs[:LONGEST]
    alone_here, alone_there = [False] * len(mine), [False] * len(theirs)
    for step in Indel.opcodes([_key(each) for each in mine], [_key(each) for each in theirs]):
        if step.tag != "equal":
            alone_here[step.src_start : step.src_end] = [True] * (step.src_end - step.src_start)
            alone_there[step.dest_start : step.dest_end] = [True] * (step.dest_end - step.dest_start)
    return Sides(_spans(mine, alone_here), _spans(theirs, alone_there), cut)


def _key(token: str) -> str:
    return " ".join(words_of(token)) or token


def _spans(tokens: Sequence[str], alone: Sequence[bool]) -> tuple[Span, ...]:
    found = []
    for (line, only), run in groupby(
        zip(tokens, alone, strict=True), key=lambda each: (each[0] == "\n", each[1])
    ):
        words = [token for token, _alone in run]
        found.append(Span("\n" * len(words) if line else " ".join(words), only and not line))
    return tuple(found)
