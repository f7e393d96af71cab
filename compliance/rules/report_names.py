"""Names of offices in a text, however they are spelled: where each one stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from compliance.rules.activity import OfficeLine
from compliance.rules.report_words import ReportWords, folded_text

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Named:
    """An office as it stands in a text."""

    start: int
    end: int
    name: str


@dataclass(frozen=True)
class _Word:
    """A word with the place of what was written for it."""

    text: str
    start: int
    end: int


class OfficeNames:
    """The names of some offices in all their spellings, to be found in many texts.

    A name is compared by its words: signs, joining words and known abbreviations make no difference. It
    holds a capital letter, or it is the common word and no name.
    """

    def __init__(self, rows: Iterable[OfficeLine], words: ReportWords, fold: Callable[[str], str]) -> None:
        self.words, self.fold = words, fold
        rows = list(rows)
        self.names = {spelling: row.name for row in rows for spelling in spellings(row, words, fold)}
        self.bare = {
            head: {spelling[1:]: name for spelling, name in self.names.items() if spelling[0] == head}
            for _many, head in words.heads
        }
        self.whole = {row.name: _split(row.name, words, fold) for row in rows}

    def find(self, text: str) -> list[Named]:
        """Every office named, from left to right; the longest name wins where one lies in another."""
        written = _words(folded_text(text, self.fold), self.words)
        names = self.names
        for head in _heads(written, self.words):
            names = {
                spelling: name for spelling, name in self.bare[head].items() if len(spelling) > 1
            } | names
        places: dict[str, list[int]] = {}
        for at, word in enumerate(written):
            places.setdefault(word.text, []).append(at)
        free = [True] * len(written)
        found = []
        said = [spelling for spelling in names if spelling[0] in places]
        for spelling in sorted(said, key=lambda each: (-len(each), each)):
            length, name = len(spelling), names[spelling]
            for at in places[spelling[0]]:
                taken, after = written[at : at + length], written[at + length : at + length + 3]
                if not all(free[at : at + length]) or tuple(word.text for word in taken) != spelling:
                    continue
                start, end = taken[0].start, taken[-1].end
                whole = self.whole[name]
                left_off = len(whole) > length and whole[:length] == spelling
                if text[start:end] == text[start:end].lower() or (left_off and _is_tailed(after, self.words)):
                    continue  # the common word, or the police of a commune, which is not ours
                free[at : at + length] = [False] * length
                found.append(Named(start, end, name))
        return sorted(found, key=lambda each: each.start)


def spellings(row: OfficeLine, words: ReportWords, fold: Callable[[str], str]) -> set[tuple[str, ...]]:
    """The names of an office as words: full and short, with and without the place at its end."""
    found = set()
    for name in (row.name, row.short_name):
        full = _split(name, words, fold)
        tail = next((len(each) for each in words.tails if full[-len(each) :] == each), 0)
        found |= {full, full[: len(full) - tail]}
    return {each for each in found if len(each) > 1}


def _split(name: str, words: ReportWords, fold: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(word.text for word in _words(folded_text(name, fold), words))


def _words(folded: str, words: ReportWords) -> list[_Word]:
    """The words of a text: joining words left out, abbreviations written out."""
    plain = [
        _Word(match[0], match.start(), match.end())
        for match in _WORD.finditer(folded)
        if match[0] not in words.joins
    ]
    made: list[_Word] = []
    at = 0
    while at < len(plain):
        for short, meant in words.same.get(plain[at].text, ()):
            taken = plain[at : at + len(short)]
            if tuple(word.text for word in taken) == short:
                made += [_Word(text, taken[0].start, taken[-1].end) for text in meant]
                at += len(short)
                break
        else:
            made.append(plain[at])
            at += 1
    return made


def _heads(written: Sequence[_Word], words: ReportWords) -> set[str]:
    """The first words of names that a text says but once, for many offices."""
    said = [word.text for word in written]
    return {
        one
        for many, one in words.heads
        if any(tuple(said[at : at + len(many)]) == many for at in range(len(said)))
    }


def _is_tailed(after: Sequence[_Word], words: ReportWords) -> bool:
    """Whether a place stands behind a name."""
    said = tuple(word.text for word in after)
    return any(said[: len(tail)] == tail for tail in words.tails)
