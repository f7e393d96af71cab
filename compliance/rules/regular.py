"""When a regular report falls due, and for which days."""

from __future__ import annotations

from datetime import date

from compliance.rules.months import Month
from compliance.rules.stretches import Stretch

MONTH, QUARTER = "month", "quarter"


def due_period(every: str, day: int, today: date) -> Stretch | None:
    """The newest whole month or quarter whose report is due by today; ValueError for other words.

    It is due from the given day of the month after the period on, so that a run that was missed is caught up.
    """
    if every not in (MONTH, QUARTER):
        raise ValueError(every)
    month = Month.of(today)
    if today.day < day:
        month = month.previous
    last = month.previous
    if every == MONTH:
        return Stretch(last.first, last.last)
    while last.month % 3:
        last = last.previous
    return Stretch(last.previous.previous.first, last.last)
