"""How long a record must stay public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from compliance.rules.calendar import WorkingCalendar
from compliance.rules.deadlines import due_date
from compliance.rules.lookup import limits_on
from compliance.rules.types import Limit, MinimumDisplay, Requirement


@dataclass(frozen=True)
class Kept:
    """A record that must stay: since when it is public, and the first day it may be taken down."""

    limit: Limit
    published: date
    until: date


def kept(
    requirement: Requirement,
    tier: str,
    kind: str,
    published: date,
    calendar: WorkingCalendar,
    term_ends: date | None = None,
) -> Kept | None:
    """The longest minimum display in force on the day of publication; None where the law sets none.

    A record whose own term ends earlier may leave then.
    """
    held = limits_on(requirement, tier, published, MinimumDisplay)
    wanted = [pair for pair in held if pair[0].kind in ("", kind)]
    if not wanted:
        return None
    limit, deadline = max(wanted, key=lambda pair: pair[1].days)
    until = due_date(deadline, published, calendar).due
    return Kept(limit, published, min(until, term_ends) if term_ends else until)
