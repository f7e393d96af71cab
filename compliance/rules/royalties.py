"""Royalties in whole dong: unit value, gross amount, checks of coefficients, sharing out, and dated rows.

Source: decree 18/2014 art. 7 (fee = coefficient x unit, unit = 10 % of the base salary).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import combinations
from typing import Protocol, TypeVar

from compliance.rules.types import Verification

UNIT_SHARE = Decimal("0.10")
#: No coefficient is higher, whatever the rule: beyond it lies a slip of the keyboard.
HIGHEST = Decimal("999.99")


class Dated(Protocol):
    """A row in force from a day, to a day included or (None) without end."""

    @property
    def valid_from(self) -> date:
        """First day in force."""

    @property
    def valid_to(self) -> date | None:
        """Last day in force."""


DatedRow = TypeVar("DatedRow", bound=Dated)


@dataclass(frozen=True)
class BaseSalary:
    """The state's base salary in dong a month."""

    valid_from: date
    valid_to: date | None
    amount: int
    decree: str
    status: Verification


@dataclass(frozen=True)
class RoyaltyRegime:
    """A legal regime of royalties: highest coefficient by genre code; no caps means no national cap."""

    code: str
    name: str
    valid_from: date
    valid_to: date | None
    unit_share: Decimal
    caps: Mapping[str, Decimal]
    status: Verification
    note: str = ""

    def cap(self, genre: str) -> Decimal | None:
        """The highest coefficient of a genre, None without a national cap; KeyError for an unlisted genre."""
        return self.caps[genre] if self.caps else None


def unit_value(base_salary: int, share: Decimal = UNIT_SHARE) -> int:
    """The value of one coefficient point in whole dong, rounded half up; ValueError for a negative salary."""
    return gross(share, base_salary)


def gross(coefficient: Decimal, unit: int) -> int:
    """coefficient x unit in whole dong, rounded half up; ValueError when either is negative or not finite."""
    if not coefficient.is_finite() or coefficient < 0 or unit < 0:
        raise ValueError(f"an amount needs finite, non-negative factors: {coefficient} x {unit}")
    return int((coefficient * unit).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def check_coefficient(coefficient: Decimal, cap: Decimal | None) -> str | None:
    """None when usable, else "not_finite", "not_positive", "too_precise" (over 2 decimals) or "over_cap".

    HIGHEST binds where there is no cap.
    """
    if not coefficient.is_finite():
        return "not_finite"
    if coefficient <= 0:
        return "not_positive"
    _, digits, exponent = coefficient.as_tuple()
    if isinstance(exponent, int) and exponent < -2 and any(digits[exponent + 2 :]):
        return "too_precise"
    return "over_cap" if coefficient > (HIGHEST if cap is None else min(cap, HIGHEST)) else None


def split(amount: int, shares: Sequence[Decimal | int]) -> list[int]:
    """The amount in whole dong by shares, largest remainder first, then the earlier share; it always adds up.

    No part is off its exact share by a dong. ValueError for no shares, a negative or endless one, only zeros,
    or a negative amount.
    """
    if amount < 0 or not shares or not all(Decimal(share).is_finite() and share >= 0 for share in shares):
        raise ValueError("a split needs a non-negative amount and finite, non-negative shares")
    weights = [Fraction(share) for share in shares]
    whole = sum(weights)
    if not whole:
        raise ValueError("a split needs a share above zero")
    exact = [amount * weight / whole for weight in weights]
    parts = [int(each) for each in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: amount - sum(parts)]:
        parts[i] += 1
    return parts


def in_force(rows: Iterable[DatedRow], on: date) -> DatedRow | None:
    """The row in force on a day, or None; ValueError when several are."""
    found = [row for row in rows if row.valid_from <= on <= (row.valid_to or date.max)]
    if len(found) > 1:
        raise ValueError(f"{len(found)} rows are in force on {on.isoformat()}")
    return found[0] if found else None


def overlaps(rows: Iterable[DatedRow]) -> list[tuple[DatedRow, DatedRow]]:
    """Every pair of rows in force on a common day, the earlier first."""
    ordered = sorted(rows, key=lambda row: row.valid_from)
    return [(a, b) for a, b in combinations(ordered, 2) if b.valid_from <= (a.valid_to or date.max)]
