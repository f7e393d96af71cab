"""The stretch of days a declaration speaks about: named from today, or given as two days."""

from __future__ import annotations

from datetime import date, timedelta

THIS_MONTH, LAST_MONTH = "this_month", "last_month"
THIS_QUARTER, LAST_QUARTER = "this_quarter", "last_quarter"
THIS_HALF, LAST_HALF = "this_half", "last_half"
DATES = "dates"

#: How many months each named stretch has.
_MONTHS = {
    THIS_MONTH: 1,
    LAST_MONTH: 1,
    THIS_QUARTER: 3,
    LAST_QUARTER: 3,
    THIS_HALF: 6,
    LAST_HALF: 6,
}
_LAST = (LAST_MONTH, LAST_QUARTER, LAST_HALF)

CHOICES = (*_MONTHS, DATES)
#: One declaration speaks of a year at the most: a word given once for many years is no word.
LONGEST = timedelta(days=366)


def stretch(choice: str, today: date) -> tuple[date, date]:
    """The first and last day of a named stretch; the running one ends today. ValueError for another name."""
    if choice not in _MONTHS:
        raise ValueError(f"no such stretch: {choice!r}")
    months = _MONTHS[choice]
    first = date(today.year, (today.month - 1) // months * months + 1, 1)
    if choice not in _LAST:
        return first, today
    last = first - timedelta(days=1)
    return date(last.year, (last.month - 1) // months * months + 1, 1), last
