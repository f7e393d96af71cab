"""When a duty falls due, for each kind of deadline, and the arithmetic of weeks, months and budget periods.

Counting after the Civil Code 91/2015 art. 147-148: the triggering day is not counted, and a term of calendar
days that ends on a rest day ends on the next working day. Terms before a day move back, never nearer to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import assert_never

from compliance.rules.calendar import Counted, WorkingCalendar
from compliance.rules.types import (
    CalendarDaysBefore,
    Deadline,
    Freshness,
    MinimumDisplay,
    Monthly,
    OnChange,
    PeriodEnd,
    Quota,
    RequiredFields,
    TicketAnswer,
    WeeklyAhead,
    WithinCalendarDays,
    WithinHours,
    WithinWorkingDays,
    WorkingDaysBefore,
)

PERIOD_ENDS = {"M3": (3, 31), "M6": (6, 30), "M9": (9, 30), "Y": (12, 31)}

_PERIOD = re.compile(r"(\d{4})-(M3|M6|M9|Y)")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_DAY = timedelta(days=1)

#: Kinds whose due date is counted from one record's own day.
OF_A_RECORD = (
    WithinWorkingDays,
    WithinCalendarDays,
    WithinHours,
    WorkingDaysBefore,
    CalendarDaysBefore,
    OnChange,
    TicketAnswer,
)
#: Kinds that count back from a day still to come.
AHEAD = (WorkingDaysBefore, CalendarDaysBefore)


def due_date(deadline: Deadline, trigger: date, calendar: WorkingCalendar) -> Counted:
    """The due date counted from the trigger.

    The trigger is the record's triggering day; for WeeklyAhead, Monthly and Quota any day of the week or
    month covered; for PeriodEnd the period's last day; for Freshness the newest sign of life; for
    MinimumDisplay and RequiredFields the day of publication.
    """
    match deadline:
        case WeeklyAhead():
            return Counted(week_start(trigger) - _DAY)
        case Monthly(days, unit, ahead):
            if not ahead:
                return _after(month_end(trigger), days, unit, calendar)
            first = trigger.replace(day=1)
            if unit == "wd":
                return calendar.before_working_days(first, days)
            return calendar.before_calendar_days(first, days)
        case PeriodEnd(_, days, unit) | TicketAnswer(days, unit):
            return _after(trigger, days, unit, calendar)
        case WithinWorkingDays(days):
            return calendar.after_working_days(trigger, days)
        case WithinCalendarDays(days):
            return calendar.after_calendar_days(trigger, days)
        case WithinHours(hours):
            return Counted(trigger + timedelta(days=-(-hours // 24)))
        case WorkingDaysBefore(days):
            return calendar.before_working_days(trigger, days)
        case CalendarDaysBefore(days):
            return calendar.before_calendar_days(trigger, days)
        case OnChange():
            return calendar.at_once(trigger)
        case Freshness(days) | MinimumDisplay(days):
            return Counted(trigger + timedelta(days=days))
        case Quota():
            return Counted(month_end(trigger))
        case RequiredFields():
            return Counted(trigger)
        case _:
            assert_never(deadline)


def deadline_code(deadline: Deadline) -> str:
    """A deadline as a code and its number: "working_days:2", "weekly_ahead"."""
    match deadline:
        case WeeklyAhead():
            return "weekly_ahead"
        case Monthly(days, unit, ahead):
            return f"monthly_{'ahead_' if ahead else ''}{unit}:{days}"
        case PeriodEnd(_, days, unit):
            return f"period_end_{unit}:{days}"
        case TicketAnswer(days, unit):
            return f"ticket_{unit}:{days}"
        case WithinWorkingDays(days):
            return f"working_days:{days}"
        case WithinCalendarDays(days):
            return f"calendar_days:{days}"
        case WithinHours(hours):
            return f"hours:{hours}"
        case WorkingDaysBefore(days):
            return f"working_days_before:{days}"
        case CalendarDaysBefore(days):
            return f"calendar_days_before:{days}"
        case OnChange():
            return "on_change"
        case Freshness(days):
            return f"freshness:{days}"
        case MinimumDisplay(days):
            return f"minimum_display:{days}"
        case Quota(per_month):
            return f"quota:{per_month}"
        case RequiredFields():
            return "fields"
        case _:
            assert_never(deadline)


def week_start(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def month_end(day: date) -> date:
    """The last day of the day's month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - _DAY


def month_name(day: date) -> str:
    """The month of a day, written "2021-07"."""
    return f"{day:%Y-%m}"


def is_month(period: str) -> bool:
    """Whether a period is a calendar month, "2021-07"."""
    return _MONTH.fullmatch(period) is not None


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


def _after(trigger: date, days: int, unit: str, calendar: WorkingCalendar) -> Counted:
    if unit == "wd":
        return calendar.after_working_days(trigger, days)
    return calendar.after_calendar_days(trigger, days)
