"""Every kind of deadline: a closed sum type, terms in whole days."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WeeklyAhead:
    """A week's schedule is due on the Sunday before that week (Monday to Sunday) begins."""


@dataclass(frozen=True)
class Monthly:
    """Each calendar month: due some days ("wd" or "cd") before it begins when `ahead`, else after it ends."""

    days: int
    unit: str
    ahead: bool = False


@dataclass(frozen=True)
class PeriodEnd:
    """Due some days ("wd" working, "cd" calendar) after each period of the year: "M3", "M6", "M9", "Y"."""

    periods: tuple[str, ...]
    days: int
    unit: str


@dataclass(frozen=True)
class WithinWorkingDays:
    """Due a number of working days after the triggering day."""

    days: int


@dataclass(frozen=True)
class WithinCalendarDays:
    """Due a number of calendar days after the triggering day, moved off rest days."""

    days: int


@dataclass(frozen=True)
class WithinHours:
    """Due within hours of the triggering event; counted in begun days, rest days included."""

    hours: int


@dataclass(frozen=True)
class WorkingDaysBefore:
    """Due a number of working days before the triggering day (a reception, a planned outage)."""

    days: int


@dataclass(frozen=True)
class CalendarDaysBefore:
    """Due a number of calendar days before the triggering day, moved back off rest days."""

    days: int


@dataclass(frozen=True)
class OnChange:
    """At once: the day of the change, or the next working day. The law gives no number of days."""


@dataclass(frozen=True)
class TicketAnswer:
    """A question is to be answered some days ("wd" or "cd") after it was received."""

    days: int
    unit: str


@dataclass(frozen=True)
class Freshness:
    """The newest record, change by a person or confirmation may be at most some calendar days old."""

    days: int


@dataclass(frozen=True)
class Quota:
    """At least so many records published in each calendar month."""

    per_month: int


@dataclass(frozen=True)
class MinimumDisplay:
    """A record stays public at least some calendar days; due is the first day it may be taken down."""

    days: int


@dataclass(frozen=True)
class RequiredFields:
    """What a record, or the section as a whole, must state; due is the day of publication itself."""

    fields: tuple[str, ...]


Deadline = (
    WeeklyAhead
    | Monthly
    | PeriodEnd
    | WithinWorkingDays
    | WithinCalendarDays
    | WithinHours
    | WorkingDaysBefore
    | CalendarDaysBefore
    | OnChange
    | TicketAnswer
    | Freshness
    | Quota
    | MinimumDisplay
    | RequiredFields
)
