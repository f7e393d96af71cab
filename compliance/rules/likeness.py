"""How alike two articles are, whatever their diacritics, normal form, case, punctuation and spacing.

A sketch (the smallest hashes of runs of words) finds the few articles worth comparing among any number; the
likeness itself is always measured on the words. What is found warns a person; nothing follows by itself.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import blake2b

from rapidfuzz import fuzz

#: Words in a run: three are shared by unrelated notices, five break at too many edits.
RUN = 4
#: Hashes kept of a text. A copy with every tenth word changed keeps two thirds of its runs and shares about
#: eight of sixteen; with every fifth changed about four. Two shared are asked for.
SKETCH = 16
SHARED = 2
#: A run found in more articles than this is boilerplate and points to none of them.
BOILERPLATE = 50
#: A text shorter than this says too little: two notices of one line are alike by nature.
SHORTEST_TEXT = 20
#: Words of a text that are compared; the longest article of 2021 has fewer than a tenth of them.
LONGEST_TEXT = 20_000
#: Percent of words in the same order from which a text is the other one, changed. A copy with every fifth
#: word changed, or cut to three fifths, reaches it; texts of the demo that share paragraphs stay below 73.
CHANGED = 75
#: Days between two articles on one event: a meeting is reported within half a week.
EVENT_DAYS = 3
#: Percent of common words in two titles, and of the longer title as a whole: the second keeps a short title
#: from being "the same" as every longer one that contains it. In the demo the first unrelated pair of titles
#: has 74, and two of three reports on one event by district and commune have 80 and more.
TITLES_ALIKE = 80
TITLES_AS_WHOLE = 70
#: Titles shorter than this are headings ("Schedule of the week"), not descriptions of an event.
SHORTEST_TITLE = 6
LONGEST_TITLE = 60

_WORD = re.compile(r"[a-z0-9]+")
#: Diacritics set apart, and signs no reader sees: soft hyphen, zero width, direction, byte-order mark.
_UNSEEN = re.compile("[\u0300-\u036f\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_MASK = 1 << 63


class Kind(StrEnum):
    """In what two articles are alike; the first that holds is given."""

    SAME = "same"
    CHANGED = "changed"
    EVENT = "event"


@dataclass(frozen=True)
class Text:
    """An article as it is compared: words of the title, and of lead and body."""

    title: tuple[str, ...]
    words: tuple[str, ...]
    day: date | None = None

    @classmethod
    def of(cls, title: str, body: str, day: date | None = None) -> Text:
        return cls(words_of(title)[:LONGEST_TITLE], words_of(body)[:LONGEST_TEXT], day)

    @property
    def is_long_enough(self) -> bool:
        """Whether the words say enough to be compared."""
        return len(self.words) >= SHORTEST_TEXT

    @property
    def digest(self) -> int:
        """One number of the whole text, signed 64 bits; 0 for one too short to be compared."""
        return _number(" ".join(self.words)) if self.is_long_enough else 0


@dataclass(frozen=True)
class Likeness:
    """In what two articles are alike, and how much, in percent rounded down."""

    kind: Kind
    percent: int


def words_of(text: str) -> tuple[str, ...]:
    """The words without diacritics, case, punctuation or any sign a reader does not see."""
    plain = unicodedata.normalize("NFKD", text).lower().replace("\u0111", "d")
    return tuple(_WORD.findall(_UNSEEN.sub("", plain)))


def sketch(text: Text) -> tuple[int, ...]:
    """The smallest hashes of its runs of words, signed 64 bits, in order; nothing for a text too short."""
    if not text.is_long_enough:
        return ()
    runs = {" ".join(text.words[at : at + RUN]) for at in range(len(text.words) - RUN + 1)}
    return tuple(heapq.nsmallest(SKETCH, {_number(run) for run in runs}))


def compare(one: Text, other: Text, places: Iterable[tuple[str, ...]] = ()) -> Likeness | None:
    """How alike two articles are; None when they are not. `places`: see `same_event`."""
    percent = likeness_of_words(one, other, at_least=CHANGED)
    if percent == 100:
        return Likeness(Kind.SAME, percent)
    if percent >= CHANGED:
        return Likeness(Kind.CHANGED, percent)
    found = same_event(one, other, places)
    return Likeness(Kind.EVENT, found) if found else None


def likeness_of_words(one: Text, other: Text, *, at_least: int = 0) -> int:
    """Percent of the words of both that stand in the same order; 0 below `at_least` and for short texts."""
    if not (one.is_long_enough and other.is_long_enough):
        return 0
    if one.words == other.words:
        return 100
    return min(99, int(fuzz.ratio(one.words, other.words, score_cutoff=at_least)))


def same_event(one: Text, other: Text, places: Iterable[tuple[str, ...]] = ()) -> int:
    """How alike the titles of two articles of about the same days are, in percent; 0 when they are not.

    `places` are names of units, as words: titles that name different ones, or different numbers, tell of
    different events however alike they are.
    """
    if one.day is None or other.day is None or abs((one.day - other.day).days) > EVENT_DAYS:
        return 0
    if min(len(one.title), len(other.title)) < SHORTEST_TITLE:
        return 0
    mine, theirs = " ".join(one.title), " ".join(other.title)
    percent = fuzz.token_set_ratio(mine, theirs, score_cutoff=TITLES_ALIKE)
    if not percent or fuzz.token_sort_ratio(mine, theirs) < TITLES_AS_WHOLE:
        return 0
    if _differ(_numbers(one.title), _numbers(other.title)):
        return 0
    names = tuple(places)
    if _differ(named(one.title, names), named(other.title, names)):
        return 0
    return int(percent)


def named(title: Sequence[str], places: Iterable[tuple[str, ...]]) -> frozenset[tuple[str, ...]]:
    """The places a title names."""
    text = f" {' '.join(title)} "
    return frozenset(place for place in places if place and f" {' '.join(place)} " in text)


def _numbers(title: Sequence[str]) -> frozenset[str]:
    return frozenset(word for word in title if word.isdigit())


def _differ(mine: frozenset[object], theirs: frozenset[object]) -> bool:
    return bool(mine and theirs and mine.isdisjoint(theirs))


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") - _MASK
