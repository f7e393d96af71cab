"""The clock of a question: from which day it runs, day by day, and how an answer stands to it.

Counting is `rules.calendar`'s: the day it counts from is not counted itself. A pause stops the clock only
where the rule in force says so; `pauses` passed here are those that do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from compliance.rules.calendar import WorkingCalendar

WORKING, CALENDAR = "wd", "cd"
_DAY = timedelta(days=1)


class Mark(StrEnum):
    """What a day is to the clock; rest days keep the codes of the calendar."""

    RECEIVED = "received"
    WAITED = "waited"
    BEGINS = "begins"
    COUNTED = "counted"
    PAUSED = "paused"


class Standing(StrEnum):
    """How a question stands on a day: answered in or out of time, or waiting."""

    ON_TIME = "on_time"
    LATE = "late"
    WAITING = "waiting"
    SOON = "soon"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Term:
    """How long an answer may take."""

    days: int
    unit: str = WORKING


@dataclass(frozen=True)
class Pause:
    """Days on which the asker was waited for, both included; `last` None while that goes on."""

    first: date
    last: date | None = None

    def holds(self, day: date, today: date) -> bool:
        """Whether the day lies in it; an open pause reaches to today."""
        return self.first <= day <= (self.last if self.last is not None else today)


@dataclass(frozen=True)
class DayLine:
    """One day of the calculation: what it is, and its number among the counted days (0: not counted)."""

    day: date
    mark: str
    number: int = 0


@dataclass(frozen=True)
class Clock:
    """The calculation: the day received, the day it counts from, why that is another, every day after."""

    received: date
    begins: date
    moved: str
    due: date
    lines: tuple[DayLine, ...]
    unknown_years: tuple[int, ...] = ()

    @property
    def counted(self) -> int:
        """How many days were counted."""
        return max((line.number for line in self.lines), default=0)

    @property
    def skipped(self) -> tuple[DayLine, ...]:
        """The days that were not counted."""
        shown = (Mark.RECEIVED, Mark.BEGINS, Mark.COUNTED)
        return tuple(line for line in self.lines if line.mark not in shown)


AFTER_HOURS = "after_hours"


def day_counted_from(received: datetime, closes: time, calendar: WorkingCalendar) -> tuple[date, str]:
    """The working day a question counts as received on, and why it is not its own ("" when it is).

    What comes on a rest day, or after the offices have closed, counts as of the next working day.
    """
    day = received.date()
    reason = calendar.rest_reason(day)
    if reason is not None:
        return calendar.next_working_day(day), reason
    if received.time().replace(tzinfo=None) > closes:
        return calendar.next_working_day(day + _DAY), AFTER_HOURS
    return day, ""


def run_clock(
    received: date,
    begins: date,
    term: Term,
    calendar: WorkingCalendar,
    *,
    moved: str = "",
    pauses: Sequence[Pause] = (),
    today: date | None = None,
) -> Clock:
    """Every day from the day received to the day the answer is due. ValueError for a term below one day."""
    if term.days < 1:
        raise ValueError(f"a term is at least one day: {term.days}")
    now = today or begins
    lines = []
    if received < begins:
        lines.append(DayLine(received, Mark.RECEIVED))
        day = received + _DAY
        while day < begins:
            lines.append(DayLine(day, calendar.rest_reason(day) or Mark.WAITED))
            day += _DAY
    lines.append(DayLine(begins, Mark.BEGINS))
    number, day = 0, begins
    while number < term.days or not calendar.is_working_day(day):
        day += _DAY
        stopped = any(pause.holds(day, now) for pause in pauses)
        rests = calendar.rest_reason(day)
        if number >= term.days:  # a calendar-day term that ends on a rest day ends on the next working day
            lines.append(DayLine(day, rests or Mark.WAITED))
        elif rests and term.unit == WORKING:
            lines.append(DayLine(day, rests))
        elif stopped:
            lines.append(DayLine(day, Mark.PAUSED))
        else:
            number += 1
            lines.append(DayLine(day, Mark.COUNTED, number))
    unknown = tuple(year for year in range(begins.year, day.year + 1) if not calendar.knows(year))
    return Clock(received, begins, moved, day, tuple(lines), unknown)


def standing(due: date | None, today: date, answered: date | None, *, soon: date | None = None) -> Standing:
    """How the question stands; without a day to count to nothing is late. `soon`: the day warnings begin."""
    if answered is not None:
        return Standing.ON_TIME if due is None or answered <= due else Standing.LATE
    if due is None or today <= due:
        return Standing.SOON if due is not None and soon is not None and today >= soon else Standing.WAITING
    return Standing.OVERDUE


def days_taken(begins: date, answered: date, calendar: WorkingCalendar) -> int:
    """Working days from the day a question counts from to its answer; 0 on the same day."""
    day, taken = begins, 0
    while day < answered:
        day += _DAY
        taken += calendar.is_working_day(day)
    return taken
