"""The words a check of reports needs, folded: given as data, because the rules know no language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from compliance.rules.figures import Kind

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class ReportWords:
    """All of it without diacritics and in lower case, but for `letters`."""

    nouns: Mapping[str, Kind]
    plain: frozenset[str]
    same: Mapping[str, str]
    silent: tuple[str, ...]
    tails: frozenset[str]
    addends: tuple[str, ...]
    currency: tuple[str, ...]
    scales: Mapping[str, int]
    percent: tuple[str, ...]
    letters: str
    allowed: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, raw: Mapping[str, Any], fold: Callable[[str], str]) -> ReportWords:
        """From the tables of the catalogue; KeyError or ValueError when one is missing or wrong."""

        def folded(words: Sequence[str]) -> tuple[str, ...]:
            return tuple(sorted({fold(word) for word in words}, key=lambda word: (-len(word), word)))

        units = raw["units"]
        return cls(
            nouns={fold(word): Kind(kind) for kind, words in raw["nouns"].items() for word in words},
            plain=frozenset(folded(raw["plain"]["words"])),
            same={fold(word): fold(meant) for word, meant in raw["same"].items()},
            silent=folded(raw["silent"]["words"]),
            tails=frozenset(folded(raw["tails"]["words"])),
            addends=folded(raw["addends"]["words"]),
            currency=folded(units["currency"]),
            scales={
                fold(word): scale
                for name, scale in (("thousand", 10**3), ("million", 10**6), ("billion", 10**9))
                for word in units[name]
            },
            percent=folded(units["percent"]),
            letters=str(raw["letters"]["order"]),
            allowed=tuple(re.compile(pattern) for pattern in raw["allowed"]["patterns"]),
        )

    def key(self, folded: str) -> str:
        """A folded name by its words alone: abbreviations written out, signs and spaces left out."""
        text = f" {' '.join(_WORD.findall(folded))} "
        for word, meant in self.same.items():
            text = text.replace(f" {word} ", f" {meant} ")
        return text


def folded_text(text: str, fold: Callable[[str], str]) -> str:
    """The text folded character for character, so that places in it are places in the text."""
    return "".join(folded if len(folded := fold(char)) == 1 else char for char in text)
