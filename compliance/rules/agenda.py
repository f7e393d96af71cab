"""When something has to be done, as a person plans a day: now, this week, within a fortnight."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

FORTNIGHT = timedelta(days=14)


class When(StrEnum):
    """From the most to the least urgent; UNDATED is owed and has no date; HANDLED waits to be judged."""

    TODAY = "today"
    WEEK = "week"
    FORTNIGHT = "fortnight"
    UNDATED = "undated"
    LATER = "later"
    HANDLED = "handled"


def when(due: date | None, today: date) -> When:
    """Today for all that is overdue or due today; the week ends on Sunday, the fortnight in 14 days."""
    if due is None:
        return When.UNDATED
    if due <= today:
        return When.TODAY
    if due <= today + timedelta(days=6 - today.weekday()):
        return When.WEEK
    return When.FORTNIGHT if due <= today + FORTNIGHT else When.LATER
