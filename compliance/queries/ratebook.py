"""What sets the terms of an authority's pieces, read once and asked for any number of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from compliance.catalogue.loader import load_royalties
from compliance.models import BaseSalary, RateModifier, RoyaltyRate
from compliance.rules import fees, royalties
from compliance.rules.fees import NO_LIMITS, Applied, Effect, Limits, Modifier
from sitepages.models import Authority


@dataclass(frozen=True)
class Terms:
    """What a piece is paid by: unit value in đồng, the highest coefficient (None: no cap in force), the rule.

    ``fixed``: the grade earns an amount, which stands as the unit value of the coefficient 1. ``missing``:
    where no national cap helps, "table" when no table is in force, "genre" when none names the genre.
    """

    unit_value: int
    cap: Decimal | None
    rule: str
    minimum: Decimal | None = None
    coefficient: Decimal | None = None
    fixed: bool = False
    limits: Limits = NO_LIMITS
    missing: str = ""

    def amount(self, coefficient: Decimal, applied: Sequence[Applied] = ()) -> int:
        """What the piece earns in đồng."""
        return fees.fee(coefficient, self.unit_value, applied, self.limits)


class NoTermsError(LookupError):
    """No base salary, or no rule of taxation, is known for the day."""


class UnknownGradeError(LookupError):
    """No table in force gives the genre this grade; the codes it does give stand in ``known``."""

    def __init__(self, grade: str, known: Sequence[str]) -> None:
        super().__init__(grade)
        self.grade, self.known = grade, tuple(known)


class PercentError(ValueError):
    """A percentage cannot be applied: ``fault`` is "unknown", "untold", "twice" or one of check_percent's."""

    def __init__(self, fault: str, code: str, modifier: Modifier | None = None) -> None:
        super().__init__(f"{code}: {fault}")
        self.fault, self.code, self.modifier = fault, code, modifier


class RateBook:
    """The tables of a body and those above it, the percentages and the base salaries: three queries in all.

    The nearest body whose table names the genre binds: the body's own, else its parent's, and so upward.
    While a national cap is in force the stricter of both does.
    """

    def __init__(self, authority: Authority) -> None:
        self.authority = authority
        bodies = _upward(authority)
        near = {body.pk: place for place, body in enumerate(bodies)}
        rates = RoyaltyRate.objects.filter(authority__in=bodies)
        self._rates = sorted(rates, key=lambda row: (near[row.authority_id], row.grade))
        percents = RateModifier.objects.filter(authority__in=bodies)
        self._percents = [_modifier(row) for row in sorted(percents, key=lambda row: near[row.authority_id])]
        self._salaries = list(BaseSalary.objects.order_by("-valid_from"))
        self._terms: dict[tuple[str, datetime.date, str], Terms] = {}
        self._modifiers: dict[datetime.date, dict[str, Modifier]] = {}

    def terms(self, genre: str, on: datetime.date, grade: str = "") -> Terms:
        """The terms of a piece published that day.

        NoTermsError without a base salary, unless the grade earns a fixed amount; UnknownGradeError.
        """
        key = (genre, on, grade)
        if key not in self._terms:
            self._terms[key] = self._read(genre, on, grade)
        return self._terms[key]

    def grades(self, genre: str, on: datetime.date) -> list[RoyaltyRate]:
        """The grades the table in force gives the genre, in the order of their codes."""
        return [row for row in self._rows(genre, on) if row.grade]

    def modifiers(self, on: datetime.date) -> dict[str, Modifier]:
        """The percentages in force that day, by code."""
        if on not in self._modifiers:
            own = fees.in_force_by_code(self._percents, on)
            self._modifiers[on] = fees.stricter(own, load_royalties().modifiers_on(on))
        return self._modifiers[on]

    def applied(self, on: datetime.date, wanted: Iterable[tuple[str, Decimal | None]]) -> tuple[Applied, ...]:
        """Percentages as they count for a piece of that day; None: the only one it can be. PercentError."""
        found: dict[str, Applied] = {}
        for code, told in wanted:
            modifier = self.modifiers(on).get(code)
            if modifier is None:
                raise PercentError("unknown", code)
            percent = modifier.default if told is None else told
            if percent is None:
                raise PercentError("untold", code, modifier)
            if fault := fees.check_percent(percent, modifier):
                raise PercentError(fault, code, modifier)
            if code in found:
                raise PercentError("twice", code, modifier)
            found[code] = Applied(code, percent, modifier.effect)
        return tuple(found.values())

    def kept(self, on: datetime.date, pairs: Iterable[Sequence[str]]) -> tuple[Applied, ...]:
        """Percentages as a grade keeps them. PercentError for one that no longer holds."""
        return self.applied(on, [(str(code), Decimal(str(percent))) for code, percent in pairs])

    def _rows(self, genre: str, on: datetime.date) -> list[RoyaltyRate]:
        """The rows in force for the genre, of the nearest body that has one."""
        found = [row for row in self._in_force(on) if row.genre == genre]
        return [row for row in found if row.authority_id == found[0].authority_id]

    def _in_force(self, on: datetime.date) -> list[RoyaltyRate]:
        return [row for row in self._rates if row.valid_from <= on <= (row.valid_to or datetime.date.max)]

    def _read(self, genre: str, on: datetime.date, grade: str) -> Terms:
        rows = {row.grade: row for row in self._rows(genre, on)}
        if grade and grade not in rows:
            raise UnknownGradeError(grade, [code for code in rows if code])
        row, whole = rows.get(grade), rows.get("")
        used = [each for each in (row, whole) if each is not None]
        names = [used[0].decision_number] if used else []
        lowest, highest = _first(used, "min_amount"), _first(used, "max_amount")
        if lowest is not None and highest is not None:
            lowest = min(lowest, highest)  # the grade's own highest may lie below the genre's lowest
        limits = Limits(lowest, highest)
        if row is not None and row.amount is not None:
            return Terms(row.amount, None, names[0], coefficient=Decimal(1), fixed=True, limits=limits)
        salary = next((each for each in self._salaries if each.valid_from <= on), None)
        if salary is None:
            raise NoTermsError(on.isoformat())
        caps = [cap for cap in (_first(used, "max_coefficient"),) if cap is not None]
        regime = load_royalties().regime(on)
        share, missing = royalties.UNIT_SHARE, ""
        if regime is not None:
            share = regime.unit_share
            names.append(regime.name)
            national = regime.caps.get(genre) if regime.caps else None
            if national is not None:
                caps.append(national)
            if not regime.caps and not rows:
                missing = "genre" if self._in_force(on) else "table"
        names.append(salary.decree)
        return Terms(
            royalties.unit_value(salary.amount, share),
            min(caps, default=None),
            "; ".join(names),
            minimum=_first(used, "minimum"),
            coefficient=row.coefficient if row is not None else None,
            limits=limits,
            missing=missing,
        )


def percents_told(applied: Iterable[Applied]) -> list[str]:
    """Percentages as a line of pay names them: ``topic 15 %``."""
    return [f"{each.code} {each.percent.normalize():f} %" for each in applied]


def _upward(authority: Authority) -> list[Authority]:
    bodies: list[Authority] = []
    body: Authority | None = authority
    while body is not None and body not in bodies:
        bodies.append(body)
        body = body.parent
    return bodies


def _first(rows: Iterable[RoyaltyRate], name: str) -> Any:
    """The grade's own limit, else the genre's."""
    return next((value for row in rows if (value := getattr(row, name)) is not None), None)


def _modifier(row: RateModifier) -> Modifier:
    return Modifier(
        code=row.code,
        name=row.name,
        effect=Effect(row.effect),
        low=row.low,
        high=row.high,
        basis=", ".join(part for part in (row.basis, row.decision_number) if part),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
