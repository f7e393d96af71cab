"""Stretches of days a table has columns for: calendar months, or months that begin on another day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from compliance.rules.months import Month

LATEST_START = 28  # every month has it


@dataclass(frozen=True, order=True)
class Stretch:
    """Days from the first to the last, both included; ValueError when the last lies before the first."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"the last day {self.last} lies before the first {self.first}")

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day <= self.last

    @property
    def is_month(self) -> bool:
        """Whether it is a calendar month."""
        month = Month.of(self.first)
        return (month.first, month.last) == (self.first, self.last)

    @property
    def a_year_before(self) -> Stretch:
        """The same days of the year before; 29 February becomes the 28th, and a month's end stays its end."""
        last = _year_before(self.last)
        if self.last == Month.of(self.last).last:
            last = Month.of(last).last
        return Stretch(_year_before(self.first), last)


def stretches(first: date, last: date, start_day: int = 1) -> tuple[Stretch, ...]:
    """The days from first to last cut where a reporting month begins: on `start_day` of each month.

    The first and the last part may be shorter; together they hold each day once. ValueError for a start day
    that some months lack, or a last day before the first.
    """
    if not 1 <= start_day <= LATEST_START:
        raise ValueError(f"a reporting month begins on a day from 1 to {LATEST_START}, not on {start_day}")
    found = [Stretch(first, last)]
    while (cut := _next_start(found[-1].first, start_day)) <= last:
        found[-1] = Stretch(found[-1].first, cut - timedelta(days=1))
        found.append(Stretch(cut, last))
    return tuple(found)


def months_from(days: Stretch) -> tuple[Stretch, ...]:
    """The days cut into months counted from their first day; the last part may be shorter.

    A month that lacks that day (29-31) begins on its own last day, and the months after it as they should.
    """
    begins, month = [days.first], Month.of(days.first)
    while (month := month.next).first <= days.last:
        begin = month.first.replace(day=min(days.first.day, month.last.day))
        if begin <= days.last:
            begins.append(begin)
    ends = [*(begin - timedelta(days=1) for begin in begins[1:]), days.last]
    return tuple(Stretch(first, last) for first, last in zip(begins, ends, strict=True))


def stretch_of(day: date, parts: Sequence[Stretch]) -> Stretch | None:
    """The part that holds a day, None when none does."""
    return next((part for part in parts if part.holds(day)), None)


def _next_start(day: date, start_day: int) -> date:
    if day.day < start_day:
        return day.replace(day=start_day)
    return Month.of(day).next.first.replace(day=start_day)


def _year_before(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)
