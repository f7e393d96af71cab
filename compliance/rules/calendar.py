"""The working calendar of state bodies: rest days, compensation of holidays, and the counting of terms.

Source: Civil Code 91/2015 art. 147-148 (counting), Labour Code 45/2019 art. 111-112 (rest days, holidays).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from types import MappingProxyType

WEEKEND, HOLIDAY, COMPENSATION, SWAPPED = "weekend", "holiday", "compensation", "swapped"
REST_REASONS = (WEEKEND, HOLIDAY, COMPENSATION, SWAPPED)

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class Counted:
    """A due date, the rest days passed over on the way (date, rest code), and the years without data."""

    due: date
    skipped: tuple[tuple[date, str], ...] = ()
    unknown_years: tuple[int, ...] = ()


@dataclass(frozen=True)
class WorkingCalendar:
    """Public holidays by date with their name, swapped days both ways, and the years the data covers.

    `working_days` are Saturdays or Sundays worked in exchange for a day in `swapped_rest`. A year outside
    `years` is computed from weekends alone, and every count crossing it says so in `Counted.unknown_years`.
    """

    holidays: Mapping[date, str]
    working_days: frozenset[date] = frozenset()
    swapped_rest: Mapping[date, str] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    @cached_property
    def compensations(self) -> Mapping[date, date]:
        """Each compensation day with the weekend holiday it makes up for, chained when holidays adjoin."""
        found: dict[date, date] = {}
        for holiday in sorted(self.holidays):
            if holiday.weekday() < _SATURDAY or holiday in self.working_days:
                continue
            day = holiday + _DAY
            while day in found or self._own_rest(day) is not None:
                day += _DAY
            found[day] = holiday
        return MappingProxyType(found)

    def _own_rest(self, day: date) -> str | None:
        if day in self.holidays:
            return HOLIDAY
        if day in self.swapped_rest:
            return SWAPPED
        if day.weekday() >= _SATURDAY and day not in self.working_days:
            return WEEKEND
        return None

    def rest_reason(self, day: date) -> str | None:
        """Why it is a rest day ("holiday", "swapped", "weekend", "compensation"); None for a working day."""
        return self._own_rest(day) or (COMPENSATION if day in self.compensations else None)

    def is_working_day(self, day: date) -> bool:
        """Whether offices work that day."""
        return self.rest_reason(day) is None

    def next_working_day(self, day: date) -> date:
        """The day itself, or the first working day after it."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def knows(self, year: int) -> bool:
        """Whether the holidays of that year are in the data."""
        return year in self.years

    def after_working_days(self, trigger: date, n: int) -> Counted:
        """The n-th working day after the trigger, whose own day does not count.

        n = 0 gives the first working day on or after the trigger. ValueError when n is negative.
        """
        _check(n)
        day = trigger if n else self.next_working_day(trigger)
        left = n
        while left:
            day += _DAY
            left -= self.is_working_day(day)
        return self._counted(trigger + _DAY if n else trigger, day)

    def after_calendar_days(self, trigger: date, n: int) -> Counted:
        """The day n calendar days after the trigger, moved to the next working day if it is a rest day.

        Only the rest days it moved over are listed as skipped. ValueError when n is negative.
        """
        _check(n)
        end = trigger + n * _DAY
        return self._counted(end, self.next_working_day(end))

    def before_working_days(self, trigger: date, n: int) -> Counted:
        """The n-th working day before the trigger, whose own day does not count. ValueError when negative."""
        _check(n)
        day, left = trigger, n
        while left:
            day -= _DAY
            left -= self.is_working_day(day)
        return self._between(day, trigger)

    def before_calendar_days(self, trigger: date, n: int) -> Counted:
        """The day n calendar days before the trigger, moved back to a working day."""
        _check(n)
        end = day = trigger - n * _DAY
        while not self.is_working_day(day):
            day -= _DAY
        return self._between(day, end + _DAY if day < end else end)

    def at_once(self, trigger: date) -> Counted:
        """The trigger's own day, or the next working day."""
        return self._counted(trigger, self.next_working_day(trigger))

    def _between(self, due: date, last: date) -> Counted:
        """A day counted backwards: the rest days after it, up to the day before `last`."""
        skipped = []
        day = due + _DAY
        while day < last:
            reason = self.rest_reason(day)
            if reason is not None:
                skipped.append((day, reason))
            day += _DAY
        unknown = tuple(year for year in range(due.year, last.year + 1) if not self.knows(year))
        return Counted(due, tuple(skipped), unknown)

    def _counted(self, first: date, due: date) -> Counted:
        skipped = []
        day = first
        while day < due:
            reason = self.rest_reason(day)
            if reason is not None:
                skipped.append((day, reason))
            day += _DAY
        unknown = tuple(year for year in range(first.year, due.year + 1) if not self.knows(year))
        return Counted(due, tuple(skipped), unknown)


def _check(n: int) -> None:
    if n < 0:
        raise ValueError(f"a term cannot be negative: {n}")
