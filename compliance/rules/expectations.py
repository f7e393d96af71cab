"""What the calendar says must exist even when no record is known: weeks, months, periods and fiscal years."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from compliance.rules.calendar import WorkingCalendar
from compliance.rules.deadlines import due_date, ended_periods, month_end, month_name, period_end
from compliance.rules.lookup import Term, binding_on, first_day, limits_on, record_terms
from compliance.rules.types import Evidence, Monthly, PeriodEnd, Requirement

LOOK_BACK = 2  # a slot still running its term does not hide the one before it

_FISCAL_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Slot:
    """One publication expected by the calendar: kind "period", "month" or "year", its name and its term."""

    kind: str
    period: str
    term: Term

    def is_filled_by(self, record: Evidence) -> bool:
        """Whether the record is for this slot."""
        limit_kind = self.term.limit.kind if self.kind != "year" else ""
        if limit_kind and record.kind not in ("", limit_kind):
            return False
        if record.period:
            return record.period == self.period
        in_month = record.trigger is not None and month_name(record.trigger) == self.period
        return self.kind == "month" and in_month


def slots(
    requirement: Requirement, tier: str, today: date, since: date, calendar: WorkingCalendar
) -> list[list[Slot]]:
    """The newest slots owed, newest first, a list for each limit that expects some.

    A slot that ended before `since` (the day the unit began) is not owed.
    """
    lines = [
        *_periods(requirement, tier, today, calendar),
        *_months(requirement, tier, today, calendar),
        _years(requirement, tier, today, calendar),
    ]
    kept = [[slot for slot in line if slot.term.trigger >= since] for line in lines]
    return [line[:LOOK_BACK] for line in kept if line]


def _periods(
    requirement: Requirement, tier: str, today: date, calendar: WorkingCalendar
) -> Iterator[list[Slot]]:
    """Ended periods of the year, each under the limit in force at its end."""
    limits = [each for each in requirement.limits if isinstance(each.deadline, PeriodEnd)]
    for kind in dict.fromkeys(limit.kind for limit in limits):
        tokens = {
            token
            for limit in limits
            if limit.kind == kind and isinstance(limit.deadline, PeriodEnd)
            for token in limit.deadline.periods
        }
        found: list[Slot] = []
        for period in ended_periods(tokens, first_day(requirement).year, today):
            end = period_end(period)
            terms = [
                Term(limit, end, due_date(deadline, end, calendar))
                for limit, deadline in limits_on(requirement, tier, end, PeriodEnd)
                if limit.kind == kind and period[5:] in deadline.periods
            ]
            if terms and binding_on(requirement, tier, end):
                found.append(Slot("period", period, min(terms, key=lambda term: term.due)))
            if len(found) > LOOK_BACK:
                break
        yield found


def _months(
    requirement: Requirement, tier: str, today: date, calendar: WorkingCalendar
) -> Iterator[list[Slot]]:
    """Calendar months: the coming one and this one when owed ahead, else the ended ones."""
    for limit, deadline in limits_on(requirement, tier, today, Monthly):
        end = month_end(today)
        ends = [month_end(end + timedelta(days=1)), end] if deadline.ahead else []
        while len(ends) < LOOK_BACK + 1:
            end = end.replace(day=1) - timedelta(days=1)
            ends.append(end)
        days = [each.replace(day=1) for each in ends] if deadline.ahead else ends
        yield [
            Slot("month", month_name(day), Term(limit, day, due_date(deadline, day, calendar)))
            for day in days
            if limit.valid_from <= day
        ]


def _years(requirement: Requirement, tier: str, today: date, calendar: WorkingCalendar) -> list[Slot]:
    """The newest fiscal years whose latest trigger day has come, due as counted from it."""
    found: list[Slot] = []
    latest = requirement.latest_trigger
    if latest is None:
        return found
    for year in range(today.year + 1, first_day(requirement).year - 2, -1):
        day = latest.of(year)
        if day > today:
            continue
        terms = record_terms(requirement, tier, "", day, calendar)
        if terms and binding_on(requirement, tier, day):
            found.append(Slot("year", str(year), terms[0]))
        if len(found) > LOOK_BACK:
            break
    return found


def ahead_of_year(slot: Slot, records: Sequence[Evidence]) -> list[Evidence]:
    """Public records of the fiscal year after a year slot's, which settle it as well."""
    if slot.kind != "year" or not _FISCAL_YEAR.fullmatch(slot.period):
        return []
    following = str(int(slot.period) + 1)
    return [record for record in records if record.period == following and record.is_public]
