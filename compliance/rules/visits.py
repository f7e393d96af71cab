"""Numbers of visits reported for days together: which of them belong to a period, and which cannot be told.

A reported number is counted where all its days lie, and nowhere else; it is never divided. Plain Python.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from compliance.rules.stretches import Stretch


@dataclass(frozen=True)
class Reported:
    """Visits of all days from the first (None: from the beginning) to the last, as somebody reported them."""

    first: date | None
    last: date
    visits: int
    source: str = ""

    def lies_in(self, days: Stretch) -> bool:
        """Whether all its days are among these."""
        return self.first is not None and days.first <= self.first and self.last <= days.last

    def touches(self, days: Stretch) -> bool:
        """Whether any of its days is among these."""
        return (self.first is None or self.first <= days.last) and days.first <= self.last


@dataclass(frozen=True)
class Sorted:
    """Reported numbers as a period needs them.

    `inside` lie wholly in it; `until` are over by its last day, those inside among them; `partial` lie partly
    in it and partly outside, so that nobody can say what of them belongs to the period.
    """

    inside: tuple[Reported, ...]
    until: tuple[Reported, ...]
    partial: tuple[Reported, ...]


def sort_reported(rows: Iterable[Reported], days: Stretch) -> Sorted:
    """The numbers that belong to these days, that came before their end, and that straddle an edge."""
    known = sorted(rows, key=lambda row: row.last)
    return Sorted(
        inside=tuple(row for row in known if row.lies_in(days)),
        until=tuple(row for row in known if row.last <= days.last),
        partial=tuple(row for row in known if row.touches(days) and not row.lies_in(days)),
    )
