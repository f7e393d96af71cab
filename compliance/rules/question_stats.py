"""Figures of a unit's questions: medians, shares, and who may be compared with whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from compliance.rules.questions import Standing


@dataclass(frozen=True)
class Counted:
    """One question as it counts: how it stands, the working days its answer took, the stars it was given."""

    standing: Standing
    taken: int | None = None
    stars: int | None = None


@dataclass(frozen=True)
class Figures:
    """A unit's questions in figures; None where the sample is too small to say anything."""

    received: int = 0
    on_time: int = 0
    late: int = 0
    waiting: int = 0
    overdue: int = 0
    median_days: float | None = None
    share_on_time: Fraction | None = None
    ratings: int = 0
    stars: Fraction | None = None
    rank: int | None = None

    @property
    def answered(self) -> int:
        return self.on_time + self.late

    @property
    def open(self) -> int:
        return self.waiting + self.overdue


def figures(rows: Iterable[Counted], *, least_ratings: int) -> Figures:
    """The figures of one unit. Stars are told only from so many ratings on."""
    every = list(rows)
    count = {each: sum(row.standing is each for row in every) for each in Standing}
    on_time, late = count[Standing.ON_TIME], count[Standing.LATE]
    taken = [row.taken for row in every if row.taken is not None]
    stars = [row.stars for row in every if row.stars is not None]
    return Figures(
        received=len(every),
        on_time=on_time,
        late=late,
        waiting=count[Standing.WAITING] + count[Standing.SOON],
        overdue=count[Standing.OVERDUE],
        median_days=median(taken) if taken else None,
        share_on_time=Fraction(on_time, on_time + late) if on_time + late else None,
        ratings=len(stars),
        stars=Fraction(sum(stars), len(stars)) if len(stars) >= max(least_ratings, 1) else None,
    )


def ranks(units: Mapping[str, Figures], *, least_answered: int) -> dict[str, int]:
    """Places by share on time, then by median days, among units with enough answers; equals share a place."""
    keys = {
        code: (-each.share_on_time, each.median_days or 0)
        for code, each in units.items()
        if each.share_on_time is not None and each.answered >= least_answered
    }
    return {code: 1 + sum(other < key for other in keys.values()) for code, key in keys.items()}
