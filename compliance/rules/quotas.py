"""How many articles an office owes over days: a number a month, by dated decisions.

A stretch from one day to the day before the same day of the next month is one month, whatever day it begins
on. Each month of a stretch is owed whole, by the decision in force on its first day: one that begins or ends
in the middle of a month counts from the next. A rest shorter than a month is owed by its share of days,
rounded down over the stretch. Nothing is owed for a month during which the office was not there all the time.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from compliance.rules.stretches import Stretch


@dataclass(frozen=True)
class Span:
    """Days with open ends, both included."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def covers(self, days: Stretch) -> bool:
        """Whether it holds all of the days."""
        return self.holds(days.first) and self.holds(days.last)


ALWAYS = Span()


@dataclass(frozen=True)
class Monthly:
    """A number of articles a month, by one decision, while it is in force."""

    per_month: int
    in_force: Span


def owed(decisions: Iterable[Monthly], days: Stretch, office: Span = ALWAYS) -> int | None:
    """The articles owed over the days; None when no decision asks for any."""
    every = list(decisions)
    total: Fraction | None = None
    for part, size in months_of(days):
        found = next((each for each in every if each.in_force.holds(part.first)), None)
        if found is not None:
            total = total or Fraction(0)
            if office.covers(part):
                total += found.per_month * size
    return None if total is None else int(total)


def months_of(days: Stretch) -> tuple[tuple[Stretch, Fraction], ...]:
    """The days cut into months from their first day; each with its size, 1 for a whole one."""
    found = []
    first, number = days.first, 1
    while first <= days.last:
        following = _months_later(days.first, number)
        last = min(days.last, following - timedelta(days=1))
        whole, number = (following - first).days, number + 1
        found.append((Stretch(first, last), Fraction((last - first).days + 1, whole)))
        first = following
    return tuple(found)


def _months_later(day: date, number: int) -> date:
    """The same day some months later; the last of the month where that month is shorter."""
    months = day.year * 12 + day.month - 1 + number
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
