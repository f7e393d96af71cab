"""When a duty falls due, for each kind of deadline, and the arithmetic of weeks and budget periods."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import assert_never

from compliance.rules.calendar import Counted, WorkingCalendar
from compliance.rules.types import (
    Deadline,
    PeriodEnd,
    Requirement,
    WeeklyAhead,
    WithinCalendarDays,
    WithinWorkingDays,
)

PERIOD_ENDS = {"M3": (3, 31), "M6": (6, 30), "M9": (9, 30), "Y": (12, 31)}

_PERIOD = re.compile(r"(\d{4})-(M3|M6|M9|Y)")


def due_date(deadline: Deadline, trigger: date, calendar: WorkingCalendar) -> Counted:
    """The due date counted from the trigger.

    The trigger is the record's triggering day; for WeeklyAhead any day of the week covered; for PeriodEnd the
    last day of the period.
    """
    match deadline:
        case WeeklyAhead():
            return Counted(week_start(trigger) - timedelta(days=1))
        case WithinWorkingDays(days):
            return calendar.after_working_days(trigger, days)
        case WithinCalendarDays(days):
            return calendar.after_calendar_days(trigger, days)
        case PeriodEnd(_, days, unit):
            if unit == "wd":
                return calendar.after_working_days(trigger, days)
            return calendar.after_calendar_days(trigger, days)
        case _:
            assert_never(deadline)


def version_on(versions: Iterable[Requirement], tier: str, day: date) -> Requirement | None:
    """The version binding the tier on that day, or None."""
    for version in versions:
        if tier in version.levels and version.valid_from <= day <= (version.valid_to or date.max):
            return version
    return None


def week_start(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def period_end(period: str) -> date:
    """The last day of a period written "2021-M3", "2021-M6", "2021-M9" or "2021-Y"; ValueError otherwise."""
    match = _PERIOD.fullmatch(period)
    if match is None:
        raise ValueError(f"not a budget period: {period!r}")
    return date(int(match[1]), *PERIOD_ENDS[match[2]])


def period_token(period: str) -> str:
    """The token of a period ("2021-M6" gives "M6"), or "" when it is not one."""
    match = _PERIOD.fullmatch(period)
    return match[2] if match else ""


def ended_periods(tokens: Iterable[str], first_year: int, today: date) -> list[str]:
    """The periods from first_year on that are over before today, newest first."""
    wanted = list(tokens)
    periods = [f"{year:04d}-{token}" for year in range(first_year, today.year + 1) for token in wanted]
    return sorted((period for period in periods if period_end(period) < today), key=period_end, reverse=True)
