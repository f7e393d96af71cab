"""The words a check of reports needs, folded: given as data, because the rules know no language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from compliance.rules.figures import Kind
from compliance.rules.place_words import PlaceWords
from compliance.rules.report_patterns import SilentPatterns, one_of
from compliance.rules.spelled import SpelledNumbers

_WORD = re.compile(r"[^\W_]+")
_SHAPES = frozenset(("<super>", "<sub>", "<wide>", "<font>", "<noBreak>"))


@dataclass(frozen=True)
class ReportWords:
    """All of it without diacritics and in lower case, but for `letters`, `spelled` and `accented`."""

    nouns: Mapping[str, Kind]
    accented: frozenset[str]
    plain: frozenset[str]
    same: Mapping[str, Sequence[tuple[tuple[str, ...], tuple[str, ...]]]]
    joins: frozenset[str]
    heads: tuple[tuple[tuple[str, ...], str], ...]
    silent: SilentPatterns
    tails: tuple[tuple[str, ...], ...]
    addends: tuple[str, ...]
    currency: tuple[str, ...]
    scales: Mapping[str, int]
    percent: tuple[str, ...]
    letters: str
    allowed: tuple[re.Pattern[str], ...]
    provisions: tuple[re.Pattern[str], ...]
    provision_counts: frozenset[Kind]
    ordinals: tuple[re.Pattern[str], ...]
    ranked: re.Pattern[str]
    aims: re.Pattern[str]
    later: re.Pattern[str]
    aims_end: re.Pattern[str]
    spelled: SpelledNumbers
    places: PlaceWords
    counted: re.Pattern[str]
    called: re.Pattern[str]

    @classmethod
    def of(cls, raw: Mapping[str, Any], fold: Callable[[str], str]) -> ReportWords:
        """From the tables of the catalogue; KeyError or ValueError when one is missing or wrong."""

        def folded(words: Sequence[str]) -> tuple[str, ...]:
            return tuple(sorted({fold(word) for word in words}, key=lambda word: (-len(word), word)))

        units = raw["units"]
        counted = {fold(word): Kind(kind) for kind, words in raw["nouns"].items() for word in words}
        nouns = {word: counted[word] for word in sorted(counted, key=len, reverse=True)}
        joins = frozenset(folded(raw["joins"]["words"]))

        def split(text: str) -> tuple[str, ...]:
            return tuple(word for word in _WORD.findall(fold(text)) if word not in joins)

        same = {split(word): split(meant) for word, meant in raw["same"].items()}
        tails = {split(word) for word in raw["tails"]["words"]}
        before = {name: folded(words) for name, words in raw["before"].items()}
        noun = one_of(nouns)
        vague = rf"\s*(?:{one_of(before['vague'])}\s+)*$"
        not_this = "".join(rf"(?<!\b{re.escape(word)} )" for word in before["not"])
        silent = SilentPatterns.of(
            {name: folded(words) for name, words in raw["silent"].items()},
            objects=[word for word, kind in nouns.items() if kind is Kind.ARTICLES],
            others=[word for word, kind in nouns.items() if kind is not Kind.ARTICLES],
            offices=[word for word, kind in nouns.items() if kind is Kind.OFFICES],
            fillers=[*joins, *(" ".join(tail) for tail in tails)],
        )
        addends = folded(raw["addends"]["words"])
        return cls(
            nouns=nouns,
            accented=frozenset(
                word
                for words in (*raw["nouns"].values(), units["currency"], units["percent"])
                for word in words
            ),
            plain=frozenset(folded(raw["plain"]["words"])),
            same={
                head: sorted(
                    (pair for pair in same.items() if pair[0][0] == head),
                    key=lambda pair: (-len(pair[0]), pair[0]),
                )
                for head in {short[0] for short in same}
            },
            joins=joins,
            heads=tuple((split(many), fold(one)) for many, one in raw["heads"]["plural"].items()),
            silent=silent,
            places=PlaceWords.read(raw["places"], fold, silent, nouns, addends),
            tails=tuple(sorted(tails, key=lambda tail: (-len(tail), tail))),
            addends=addends,
            currency=folded(units["currency"]),
            scales={
                fold(word): scale
                for name, scale in (("thousand", 10**3), ("million", 10**6), ("billion", 10**9))
                for word in units[name]
            },
            percent=folded(units["percent"]),
            letters=str(raw["letters"]["order"]),
            allowed=tuple(re.compile(pattern) for pattern in raw["allowed"]["patterns"]),
            ordinals=tuple(re.compile(pattern) for pattern in raw["allowed"]["unless_counted"]),
            provisions=tuple(re.compile(pattern) for pattern in raw["allowed"]["provisions"]),
            provision_counts=frozenset(Kind(kind) for kind in raw["allowed"]["provision_counts"]),
            ranked=re.compile(rf"\s*{one_of(folded(raw['ranked']['words']))}"),
            aims=re.compile(rf"\b{one_of(folded(raw['aims']['words']))}"),
            later=re.compile(rf"\b(?:{one_of(folded(raw['aims']['later']))}|nam\s+(?P<year>\d{{4}})\b)"),
            aims_end=re.compile(rf"\b{one_of(folded(raw['aims']['ends']))}"),
            spelled=SpelledNumbers.of(raw["spelled"], units, fold),
            counted=re.compile(
                rf"{not_this}\b{one_of(before['count'])}\s+(?:{one_of(before['plural'])}\s+)?(?P<noun>{noun})"
                rf"(?=\W)(?:.*?)(?:[:=]|\b{one_of(before['links'])}){vague}"
            ),
            called=re.compile(
                rf"(?P<noun>\b{noun})(?:\s+{one_of(before['between'])}|\s+_+)*(?:\s*\([^()]*\))?\s*"
                rf"(?:[:=]|\b{one_of(before['is'])}){vague}"
            ),
        )


def folded_text(text: str, fold: Callable[[str], str]) -> str:
    """The text folded character for character, so that places in it are places in the text."""
    return "".join(folded if len(folded := fold(_plain(char))) == 1 else char for char in text)


def _plain(char: str) -> str:
    """The same letter or digit without its height or width; a number in a ring stays what it is."""
    if char.isascii() or unicodedata.decomposition(char).partition(" ")[0] not in _SHAPES:
        return char
    return unicodedata.normalize("NFKC", char)
