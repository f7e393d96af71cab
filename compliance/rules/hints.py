"""What is odd about the pieces of one grading list. Hints warn; none of them stops anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from statistics import median

#: This many pieces by one person ...
MANY = 6
#: ... within this many days in a row are pointed out.
DAYS = 3
#: A coefficient this many times the usual one is pointed out ...
TIMES = 2
#: ... where the usual one is known from this many earlier pieces.
ENOUGH = 5
#: Percent of the year's money from which on its end is near.
NEAR = 90


class HintCode(StrEnum):
    """What is odd."""

    OVER_CAP = "over_cap"
    BELOW_MINIMUM = "below_minimum"
    NEAR_TITLE = "near_title"
    MANY_PIECES = "many_pieces"
    FAR_ABOVE_PERSON = "far_above_person"
    FAR_ABOVE_GENRE = "far_above_genre"
    NO_TABLE = "no_table"
    NOT_IN_TABLE = "not_in_table"


class Ceiling(StrEnum):
    """How near the year's money is to its end."""

    NEAR = "near"
    OVER = "over"


@dataclass(frozen=True)
class Hint:
    """One oddity: of which person or genre, by which figure it was measured, with which other pieces."""

    code: HintCode
    subject: str = ""
    value: Decimal = Decimal(0)
    others: tuple[int, ...] = ()


@dataclass(frozen=True)
class Piece:
    """What hints need of one piece; no coefficient: not graded yet. `missing`: what no table says."""

    id: int
    people: tuple[str, ...]
    day: date
    genre: str
    coefficient: Decimal | None = None
    cap: Decimal | None = None
    minimum: Decimal | None = None
    missing: str = ""


@dataclass(frozen=True)
class Usual:
    """Coefficients given before, by person and by genre."""

    people: Mapping[str, Sequence[Decimal]]
    genres: Mapping[str, Sequence[Decimal]]


def hints(
    pieces: Iterable[Piece], usual: Usual, near: Mapping[int, tuple[int, ...]]
) -> dict[int, tuple[Hint, ...]]:
    """The hints of each piece that has any. `near`: the pieces whose titles are nearly the same."""
    listed = list(pieces)
    crowded = _crowded(listed)
    found: dict[int, tuple[Hint, ...]] = {}
    for piece in listed:
        told = [*_of_table(piece), *_of_measure(piece, usual)]
        if near.get(piece.id):
            told.append(Hint(HintCode.NEAR_TITLE, others=near[piece.id]))
        told += [
            Hint(HintCode.MANY_PIECES, person, Decimal(crowded[person, piece.day]))
            for person in piece.people
            if (person, piece.day) in crowded
        ]
        if told:
            found[piece.id] = tuple(told)
    return found


def _of_table(piece: Piece) -> list[Hint]:
    told = []
    if piece.missing:
        told.append(
            Hint(HintCode.NO_TABLE if piece.missing == "table" else HintCode.NOT_IN_TABLE, piece.genre)
        )
    if piece.coefficient is None:
        return told
    if piece.cap is not None and piece.coefficient > piece.cap:
        told.append(Hint(HintCode.OVER_CAP, value=piece.cap))
    if piece.minimum is not None and piece.coefficient < piece.minimum:
        told.append(Hint(HintCode.BELOW_MINIMUM, value=piece.minimum))
    return told


def _of_measure(piece: Piece, usual: Usual) -> list[Hint]:
    if piece.coefficient is None:
        return []
    told = []
    for person in piece.people:
        middle = _middle(usual.people.get(person, ()))
        if middle is not None and piece.coefficient >= TIMES * middle:
            told.append(Hint(HintCode.FAR_ABOVE_PERSON, person, middle))
    middle = _middle(usual.genres.get(piece.genre, ()))
    if middle is not None and piece.coefficient >= TIMES * middle:
        told.append(Hint(HintCode.FAR_ABOVE_GENRE, piece.genre, middle))
    return told


def _middle(values: Sequence[Decimal]) -> Decimal | None:
    return median(values) if len(values) >= ENOUGH else None


def _crowded(pieces: Sequence[Piece]) -> dict[tuple[str, date], int]:
    """For each person and day within DAYS days of MANY pieces: the most pieces such days hold."""
    days: dict[str, list[date]] = defaultdict(list)
    for piece in pieces:
        for person in set(piece.people):
            days[person].append(piece.day)
    crowded: dict[tuple[str, date], int] = {}
    for person, held in days.items():
        held.sort()
        start = 0
        for end, last in enumerate(held):
            while held[start] <= last - timedelta(days=DAYS):
                start += 1
            count = end - start + 1
            if count >= MANY:
                for day in held[start : end + 1]:
                    crowded[person, day] = max(count, crowded.get((person, day), 0))
    return crowded


def same_numbers(one: str, other: str) -> bool:
    """Whether two titles name the same numbers: "week 12" and "week 13" are two pieces, however alike."""
    return _numbers(one) == _numbers(other)


def _numbers(text: str) -> list[str]:
    plain = "".join(char if char.isdecimal() else " " for char in text)
    return [digits.lstrip("0") for digits in plain.split()]


def ceiling(spent: int, proposed: int, given: int) -> Ceiling | None:
    """Whether what was spent and is proposed comes near the money given, or over it; None without money."""
    total = spent + proposed
    if given <= 0 or total * 100 < given * NEAR:
        return None
    return Ceiling.OVER if total > given else Ceiling.NEAR
