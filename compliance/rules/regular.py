"""When regular reports fall due, and for which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from compliance.rules.months import FIRST_YEAR, Month
from compliance.rules.stretches import Stretch

MONTH, QUARTER = "month", "quarter"
#: How many missed periods are caught up at once; the older ones are only told of.
MOST = 12


@dataclass(frozen=True)
class Due:
    """The periods due, oldest first, and those left out because too many were missed.

    `rest`: the first period is the rest of a quarter, whose beginning was reported month by month.
    """

    periods: tuple[Stretch, ...]
    left_out: tuple[Stretch, ...] = ()
    rest: bool = False


def due_period(every: str, day: int, today: date) -> Stretch:
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


def due_periods(every: str, day: int, today: date, since: date | None) -> Due:
    """Every period due by today that was not reported before ``since``; without it, the newest alone.

    Periods adjoin, also when a month becomes a quarter within one: the rest of that quarter is a period. When
    ``since`` is not the first day of a month, the first period is the next one to begin.
    """
    newest = due_period(every, day, today)
    if since is None:
        return Due((newest,))
    found: list[Stretch] = []
    period = newest
    while period.first >= since and period.first.year > FIRST_YEAR:
        found.append(period)
        period = _before(period, every)
    rest = since.day == 1 and period.first < since <= period.last
    if rest:
        found.append(Stretch(since, period.last))
    found.reverse()
    left_out = found[:-MOST]
    return Due(tuple(found[-MOST:]), tuple(left_out), rest and not left_out)


def _before(period: Stretch, every: str) -> Stretch:
    """The month or quarter before one."""
    last = Month.of(period.first).previous
    first = last if every == MONTH else last.previous.previous
    return Stretch(first.first, last.last)
