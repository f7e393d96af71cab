"""Named ways of counting the same articles, whose totals agree because each article is one everywhere.

By unit, office, genre and stretch of days an article is one, whole. By person it is divided by the shares of
those who made it, by topic evenly over its topics; the parts add up to one, and what has no person or topic
is counted under the empty key. So every way of counting has the same total, and adjoining periods add up.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from compliance.rules.stretches import Stretch, stretch_of

NOBODY = ""  # the key of what has no office, person or topic


class By(StrEnum):
    """What articles are counted by."""

    UNIT = "unit"
    OFFICE = "office"
    PERSON = "person"
    GENRE = "genre"
    TOPIC = "topic"


@dataclass(frozen=True)
class Piece:
    """One counted article: `persons` with their shares (any positive numbers), `topics` each once."""

    id: int
    published: date
    unit: str
    office: str
    genre: str
    topics: tuple[str, ...] = ()
    persons: tuple[tuple[str, Fraction], ...] = ()


@dataclass(frozen=True)
class Lump:
    """A number of articles from before the system, of which nothing is known but the office and the month.

    It counts on the first day of its month, whole, and by person, genre or topic under the empty key.
    """

    unit: str
    office: str
    day: date
    number: int


@dataclass(frozen=True)
class Tally:
    """Counts by key and stretch; `cells` holds what is not zero."""

    by: By
    stretches: tuple[Stretch, ...]
    cells: Mapping[tuple[str, Stretch], Fraction]

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key with articles, in order."""
        return tuple(sorted({key for key, _stretch in self.cells}))

    def row(self, key: str) -> tuple[Fraction, ...]:
        """A key's counts, stretch by stretch."""
        return tuple(self.cells.get((key, each), Fraction(0)) for each in self.stretches)

    def sum_of(self, key: str) -> Fraction:
        """A key's count over all stretches."""
        return sum(self.row(key), Fraction(0))

    @property
    def columns(self) -> tuple[int, ...]:
        """Articles in each stretch: whole numbers, because the parts of an article add up to one."""
        sums: dict[Stretch, Fraction] = defaultdict(Fraction)
        for (_key, stretch), number in self.cells.items():
            sums[stretch] += number
        return tuple(int(sums[each]) for each in self.stretches)

    @property
    def total(self) -> int:
        """Articles over all keys and stretches."""
        return sum(self.columns)


def parts(piece: Piece, by: By) -> tuple[tuple[str, Fraction], ...]:
    """The keys an article counts under, with parts that add up to one."""
    return _PARTS[by](piece)


def tally(pieces: Iterable[Piece], by: By, columns: Sequence[Stretch], lumps: Iterable[Lump] = ()) -> Tally:
    """The articles of these days by what is asked; an article handed in twice counts once.

    ValueError for stretches that overlap, or two different articles under one id.
    """
    ordered = tuple(sorted(columns))
    if any(after.first <= before.last for before, after in itertools.pairwise(ordered)):
        raise ValueError("stretches must not overlap")
    cells: dict[tuple[str, Stretch], Fraction] = defaultdict(Fraction)
    seen: dict[int, Piece] = {}
    for piece in pieces:
        if piece.id in seen:
            if seen[piece.id] != piece:
                raise ValueError(f"two different articles under id {piece.id}")
            continue
        seen[piece.id] = piece
        stretch = stretch_of(piece.published, ordered)
        if stretch is not None:
            for key, part in parts(piece, by):
                cells[key, stretch] += part
    for lump in lumps:
        stretch = stretch_of(lump.day, ordered)
        if stretch is not None and lump.number:
            key = {By.UNIT: lump.unit, By.OFFICE: lump.office}.get(by, NOBODY)
            cells[key, stretch] += lump.number
    return Tally(by, ordered, dict(cells))


def shortfall(counted: Fraction | int, quota: int) -> int:
    """How many whole articles lack to a quota; nothing when it is met."""
    return max(0, -int((counted - quota) // 1))


def _even(keys: Iterable[str]) -> tuple[tuple[str, Fraction], ...]:
    each = tuple(dict.fromkeys(keys)) or (NOBODY,)
    return tuple((key, Fraction(1, len(each))) for key in each)


def _by_person(piece: Piece) -> tuple[tuple[str, Fraction], ...]:
    whole = sum((share for _name, share in piece.persons), Fraction(0))
    if whole <= 0:
        return _even(name for name, _share in piece.persons)
    found: dict[str, Fraction] = defaultdict(Fraction)
    for name, share in piece.persons:
        found[name] += share / whole
    return tuple(found.items())


_PARTS: Mapping[By, Callable[[Piece], tuple[tuple[str, Fraction], ...]]] = {
    By.UNIT: lambda piece: ((piece.unit, Fraction(1)),),
    By.OFFICE: lambda piece: ((piece.office, Fraction(1)),),
    By.GENRE: lambda piece: ((piece.genre, Fraction(1)),),
    By.TOPIC: lambda piece: _even(piece.topics),
    By.PERSON: _by_person,
}
