"""Which lines are paid now: the lines of the chosen periods, and what was carried from others.

A person whose sum is not positive is not paid; their lines wait. They are carried into the next payment, from
whatever period, so that nothing taken back is forgotten.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from compliance.rules.types import Verification


@dataclass(frozen=True)
class Owed:
    """A closed line nobody was paid yet: whose, of which period, and whether that period counts as paid."""

    person: str
    period: int
    period_is_paid: bool
    amount: int
    line: Any = None


def payable_now(owed: Iterable[Owed], chosen: Collection[int]) -> dict[str, list[Owed]]:
    """The lines to pay, by person, when the chosen periods are paid; only persons with a positive sum.

    Beside the lines of the chosen periods: those left over in paid periods, and those of another closed
    period in which the person's sum is not positive.
    """
    by_person: dict[str, dict[int, list[Owed]]] = defaultdict(lambda: defaultdict(list))
    for each in owed:
        by_person[each.person][each.period].append(each)
    found: dict[str, list[Owed]] = {}
    for person, periods in by_person.items():
        taken = [
            line
            for period, lines in periods.items()
            if period in chosen or lines[0].period_is_paid or sum(each.amount for each in lines) <= 0
            for line in lines
        ]
        if sum(each.amount for each in taken) > 0:
            found[person] = taken
    return found


def is_paid_up(owed: Iterable[Owed], period: int) -> bool:
    """Whether nobody with a line of the period could be paid for it."""
    return not any(each.period == period for lines in payable_now(owed, {period}).values() for each in lines)


@dataclass(frozen=True)
class Ceiling:
    """The highest share of the royalties that another kind of spending may reach."""

    code: str
    kind: str
    valid_from: date
    valid_to: date | None
    share: Decimal
    source: str
    status: Verification
    note: str = ""

    def allows(self, spent: int, royalties: int) -> bool:
        """Whether the spending stays within the share."""
        return spent <= self.share * max(royalties, 0)
