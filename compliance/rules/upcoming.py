"""What the calendar will ask for: weeks, months, periods and years whose due day is still to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from compliance.rules.calendar import WorkingCalendar
from compliance.rules.deadlines import due_date, month_end, month_name, period_end, week_start
from compliance.rules.expectations import Slot
from compliance.rules.lookup import Term, binding_on, limits_on, record_terms
from compliance.rules.types import Monthly, PeriodEnd, Requirement, WeeklyAhead

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


def upcoming(
    requirement: Requirement, tier: str, today: date, until: date, calendar: WorkingCalendar
) -> list[Slot]:
    """The slots due from today to a day, by the law in force at each, earliest first.

    Of several limits for one slot the strictest is given. A due day before the slot's own week or month
    counts; what is owed on some event has no slot, since nobody knows it yet.
    """
    strictest: dict[tuple[str, str], Slot] = {}
    for slot in _slots(requirement, tier, today, until, calendar):
        if not today <= slot.term.due <= until or binding_on(requirement, tier, slot.term.trigger) is None:
            continue
        kept = strictest.setdefault((slot.kind, slot.period), slot)
        if slot.term.due < kept.term.due:
            strictest[slot.kind, slot.period] = slot
    return sorted(strictest.values(), key=lambda slot: (slot.term.due, slot.period))


def _slots(
    requirement: Requirement, tier: str, today: date, until: date, calendar: WorkingCalendar
) -> Iterator[Slot]:
    deadlines = {type(limit.deadline) for limit in requirement.limits}
    if WeeklyAhead in deadlines:
        monday = week_start(today)
        while monday <= until + _WEEK:
            for limit, weekly in limits_on(requirement, tier, monday, WeeklyAhead):
                term = Term(limit, monday, due_date(weekly, monday, calendar))
                yield Slot("week", monday.isoformat(), term)
            monday += _WEEK
    if Monthly in deadlines:
        for end in _month_ends(today, until):
            for limit, monthly in limits_on(requirement, tier, end, Monthly):
                yield Slot("month", month_name(end), Term(limit, end, due_date(monthly, end, calendar)))
    years = range(today.year - 1, until.year + 2)
    if PeriodEnd in deadlines:
        yield from _periods(requirement, tier, years, calendar)
    if requirement.latest_trigger is not None:
        for year in years:
            day = requirement.latest_trigger.of(year)
            yield from (
                Slot("year", str(year), term)
                for term in record_terms(requirement, tier, "", day, calendar)[:1]
            )


def _periods(requirement: Requirement, tier: str, years: range, calendar: WorkingCalendar) -> Iterator[Slot]:
    tokens = {
        token
        for limit in requirement.limits
        if isinstance(limit.deadline, PeriodEnd)
        for token in limit.deadline.periods
    }
    for year in years:
        for token in sorted(tokens):
            end = period_end(f"{year:04d}-{token}")
            for limit, deadline in limits_on(requirement, tier, end, PeriodEnd):
                if token in deadline.periods:
                    term = Term(limit, end, due_date(deadline, end, calendar))
                    yield Slot("period", f"{year:04d}-{token}", term)


def _month_ends(today: date, until: date) -> Iterator[date]:
    """From two months before today to two after the last day, for terms that run either way."""
    end = month_end(today)
    for _step in range(2):
        end = end.replace(day=1) - _DAY
    while end <= until + 62 * _DAY:
        yield end
        end = month_end(end + _DAY)
