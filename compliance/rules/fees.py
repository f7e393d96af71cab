"""What a graded piece earns: coefficient or fixed amount, percentages on it, and the table's limits.

Order of application, rounded half up to whole dong once, at the end:

    fee = coefficient x unit value x shares x (1 + sum of additions), then the table's limits in dong

Source: decree 18/2014. Art. 7.1 caps the *coefficient* by genre, 7.2-7.3 multiply it by the unit value;
art. 7.4 says of a translation, or of the text of a media work, that its author gets 40-65 % or 20-50 % of the
fee (a share: it multiplies), and of the other cases that the author gets 10-20 %, 30-50 % or up to 100 % more
of the fee (an addition: additions are added up, each being a part of the same fee). So the cap by genre
binds the coefficient, before the percentages; that reading is ours (status R-m, decision 0026). A table's
fixed amount (after decree 287/2026 art. 3.7, 21.2) stands for coefficient x unit value. Its limits in dong
bind what comes out: never more than the highest, and never less than the lowest unless a share made it less.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

from compliance.rules.types import Verification

#: The largest amount kept: beyond it a spreadsheet no longer tells one dong from the next.
MOST_DONG = 2**53 - 1

_NUMBER = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,9})?")
_TOLD = re.compile(r"[\w-]+ [0-9.]+ %")  # a percentage as a line of pay names it: ``topic 15 %``


class Effect(StrEnum):
    """How a percentage acts on the fee."""

    SHARE = "share"
    ADDITION = "addition"


@dataclass(frozen=True)
class Modifier:
    """A percentage a rule allows, from `low` to `high`, while it is in force."""

    code: str
    name: str
    effect: Effect
    low: Decimal
    high: Decimal
    basis: str
    valid_from: date
    valid_to: date | None = None
    status: Verification | None = None

    @property
    def default(self) -> Decimal | None:
        """The percentage meant when none is told: the lowest, None where that would be nothing."""
        return self.low if self.low > 0 else None


@dataclass(frozen=True)
class Applied:
    """A percentage as the board set it for one piece."""

    code: str
    percent: Decimal
    effect: Effect


@dataclass(frozen=True)
class Limits:
    """The least and the most a piece earns in dong; None: no such limit."""

    lowest: int | None = None
    highest: int | None = None


NO_LIMITS = Limits()


def read_number(text: str) -> Decimal | None:
    """A plain number with a comma or point before decimals, in the digits 0-9; None for anything else."""
    return Decimal(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def fee(coefficient: Decimal, unit: int, applied: Sequence[Applied] = (), limits: Limits = NO_LIMITS) -> int:
    """The fee in whole dong; ValueError for a negative or endless factor, or limits the wrong way round."""
    percents = [each.percent for each in applied]
    factors = (coefficient, *percents)
    if unit < 0 or not all(factor.is_finite() and factor >= 0 for factor in factors):
        raise ValueError(f"a fee needs finite, non-negative factors: {coefficient} x {unit}, {percents}")
    if limits.lowest is not None and limits.highest is not None and limits.lowest > limits.highest:
        raise ValueError(f"the least, {limits.lowest}, is over the most, {limits.highest}")
    exact = Fraction(coefficient) * unit
    shared = False
    for each in applied:
        if each.effect is Effect.SHARE:
            exact, shared = exact * Fraction(each.percent) / 100, True
    more = sum((each.percent for each in applied if each.effect is Effect.ADDITION), Decimal(0))
    amount = floor(exact * (100 + Fraction(more)) / 100 + Fraction(1, 2))
    if limits.lowest is not None and not shared and coefficient > 0:
        amount = max(amount, limits.lowest)
    return amount if limits.highest is None else min(amount, limits.highest)


def check_percent(percent: Decimal, modifier: Modifier) -> str | None:
    """None when usable, else "not_finite", "too_precise" (over 2 decimals) or "out_of_range"."""
    if not percent.is_finite():
        return "not_finite"
    if not modifier.low <= percent <= modifier.high or percent <= 0:
        return "out_of_range"
    return "too_precise" if percent != round(percent, 2) else None


def in_force_by_code(rows: Iterable[Modifier], on: date) -> dict[str, Modifier]:
    """The modifiers in force on a day, the first of each code."""
    found: dict[str, Modifier] = {}
    for row in rows:
        if row.valid_from <= on <= (row.valid_to or date.max):
            found.setdefault(row.code, row)
    return found


def stricter(own: Mapping[str, Modifier], national: Mapping[str, Modifier]) -> dict[str, Modifier]:
    """The body's modifiers and the national ones; where both know a code, the body's within the national.

    A body may set less than the law's highest, never more; a range above it becomes that highest alone.
    """
    found = dict(national)
    for code, mine in own.items():
        law = national.get(code)
        if law is None:
            found[code] = mine
            continue
        high = min(mine.high, law.high)
        found[code] = replace(mine, low=min(mine.low, high), high=high, effect=law.effect)
    return found


def basis_parts(rule: str, grades: Collection[str]) -> list[str]:
    """What a line of pay rests on: its rule without the grade and the percentages told in front of it."""
    parts = [part.strip() for part in rule.split(";")]
    return [part for part in parts if part and part not in grades and not _TOLD.fullmatch(part)]
