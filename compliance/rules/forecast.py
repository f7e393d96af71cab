"""What a year's line of money will have spent by its end, as things go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MONTHS = 12


@dataclass(frozen=True)
class Forecast:
    """Dong: spent so far, known to come, the usual of a month, the months it is counted for, and the sum."""

    spent: int
    coming: int
    a_month: int
    months: int

    @property
    def total(self) -> int:
        """At the year's end."""
        return self.spent + self.coming + self.a_month * self.months


def forecast(spent: int, closed: Sequence[int], coming: int = 0, begun: int = 0) -> Forecast:
    """Spent + known to come + the mean of the closed months for each month of which nothing is known.

    `closed`: what each month cost that was closed, or paid before the system; `begun`: other months of which
    `coming` tells the cost. Without such a month there is no mean, and months to come count as nothing.
    """
    mean = _half_up(sum(closed), len(closed)) if closed else 0
    left = max(0, MONTHS - len(closed) - begun) if closed else 0
    return Forecast(spent, coming, mean, left)


def _half_up(total: int, parts: int) -> int:
    return (2 * total + parts) // (2 * parts)
