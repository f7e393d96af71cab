"""What the calendar says must exist even when no record is known: ended budget periods and fiscal years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from compliance.rules.calendar import Counted, WorkingCalendar
from compliance.rules.deadlines import due_date, ended_periods, period_end, period_token, version_on
from compliance.rules.types import PeriodEnd, Requirement

LOOK_BACK = 2  # a slot still running its term does not hide the one before it


@dataclass(frozen=True)
class Slot:
    """One publication expected by the calendar: "period" ("2021-M6") or "year" ("2021"), and its due date."""

    kind: str
    period: str
    version: Requirement
    trigger: date
    counted: Counted


def period_tokens(versions: Sequence[Requirement]) -> set[str]:
    """The period tokens ("M6") any version asks for."""
    deadlines = [limit.deadline for version in versions for limit in version.limits]
    return {token for deadline in deadlines if isinstance(deadline, PeriodEnd) for token in deadline.periods}


def period_slots(
    versions: Sequence[Requirement], tier: str, today: date, calendar: WorkingCalendar
) -> list[Slot]:
    """The newest ended periods the tier owes, newest first, each under the version in force at its end."""
    slots: list[Slot] = []
    for period in ended_periods(period_tokens(versions), _first_year(versions), today):
        end = period_end(period)
        version = version_on(versions, tier, end)
        for limit in version.limits if version else ():
            deadline = limit.deadline
            if version and isinstance(deadline, PeriodEnd) and period_token(period) in deadline.periods:
                slots.append(Slot("period", period, version, end, due_date(deadline, end, calendar)))
        if len(slots) >= LOOK_BACK:
            break
    return slots


def year_slots(
    versions: Sequence[Requirement], tier: str, today: date, calendar: WorkingCalendar
) -> list[Slot]:
    """The newest fiscal years whose latest trigger day has come, newest first, due as counted from it."""
    slots: list[Slot] = []
    for year in range(today.year + 1, _first_year(versions) - 2, -1):
        for version in versions:
            day = version.latest_trigger.of(year) if version.latest_trigger else date.max
            if day <= today and version is version_on(versions, tier, day):
                counted = due_date(version.limits[0].deadline, day, calendar)
                slots.append(Slot("year", str(year), version, day, counted))
    return slots[:LOOK_BACK]


def _first_year(versions: Sequence[Requirement]) -> int:
    return min(version.valid_from.year for version in versions)
