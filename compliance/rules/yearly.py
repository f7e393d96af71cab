"""A year of the working calendar, day by day: what is off, what is worked instead, what is not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from compliance.rules.calendar import WorkingCalendar

HOLIDAY, COMPENSATION, REST, WORKED = "holiday", "compensation", "rest", "worked"


@dataclass(frozen=True)
class Marked:
    """One day that is not what its place in the week says; `makes_up_for` is the holiday compensated."""

    day: date
    kind: str
    name: str
    makes_up_for: date | None = None


def marked_days(calendar: WorkingCalendar, year: int) -> list[Marked]:
    """The year's holidays, days off in their place, and days exchanged, in order."""
    found = [Marked(day, HOLIDAY, name) for day, name in calendar.holidays.items()]
    found += [
        Marked(day, COMPENSATION, calendar.holidays[of], of) for day, of in calendar.compensations.items()
    ]
    found += [Marked(day, REST, name) for day, name in calendar.swapped_rest.items()]
    found += [Marked(day, WORKED, "") for day in calendar.working_days]
    return sorted((each for each in found if each.day.year == year), key=lambda each: (each.day, each.kind))


def years_wanted(today: date) -> tuple[int, ...]:
    """The years that deadlines of the coming twelve months may need."""
    return (today.year, today.year + 1)


def unknown_years(calendar: WorkingCalendar, today: date) -> tuple[int, ...]:
    """Those of them whose holidays nobody has entered."""
    return tuple(year for year in years_wanted(today) if not calendar.knows(year))
