"""Read the calendar and the money tables, refusing anything doubtful with its file and entry.

The loaders cache what ships beside this file; a path given is read afresh.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

from compliance.catalogue import schema
from compliance.catalogue.law import load_catalogue
from compliance.catalogue.reading import CatalogueError, digest, read_day, read_entry, read_toml
from compliance.rules import fees, owing, royalties, tax
from compliance.rules.calendar import WorkingCalendar
from compliance.rules.types import Verification

__all__ = ["CatalogueError", "load_calendar", "load_catalogue", "load_royalties"]

HERE = Path(__file__).parent
HOLIDAYS, ROYALTIES = HERE / "holidays.toml", HERE / "royalties.toml"

FURTHEST_SWAP = 62  # days between a day off and the one worked for it


@dataclass(frozen=True)
class RoyaltyTables:
    """What the state fixes about royalties, by date."""

    version: str
    base_salaries: tuple[royalties.BaseSalary, ...]
    regimes: tuple[royalties.RoyaltyRegime, ...]
    withholdings: tuple[tax.Withholding, ...]
    modifiers: tuple[fees.Modifier, ...]
    digest: str
    ceilings: tuple[owing.Ceiling, ...] = ()

    def base_salary(self, on: date) -> royalties.BaseSalary | None:
        """The base salary in force that day, or None before the first."""
        return royalties.in_force(self.base_salaries, on)

    def regime(self, on: date) -> royalties.RoyaltyRegime | None:
        """The legal regime in force that day, or None before the first."""
        return royalties.in_force(self.regimes, on)

    def modifiers_on(self, on: date) -> dict[str, fees.Modifier]:
        """The national percentages in force that day, by code."""
        return fees.in_force_by_code(self.modifiers, on)

    def withholding(self, on: date, tax_class: tax.TaxClass) -> tax.Withholding | None:
        """The rule of withholding for payments of that day, or None where none was read."""
        rules = [each for each in self.withholdings if each.tax_class is tax_class]
        return royalties.in_force(rules, on)

    def ceiling(self, kind: str, on: date) -> owing.Ceiling | None:
        """The highest share of the royalties a kind of spending may reach that day, or None."""
        return royalties.in_force([each for each in self.ceilings if each.kind == kind], on)


def load_calendar(path: Path | None = None) -> WorkingCalendar:
    """The working calendar of holidays.toml; CatalogueError as above."""
    return _default_calendar() if path is None else _read_calendar(path)


def load_royalties(path: Path | None = None) -> RoyaltyTables:
    """The base salaries and regimes of royalties.toml; CatalogueError as above."""
    return _default_royalties() if path is None else _read_royalties(path)


@cache
def _default_calendar() -> WorkingCalendar:
    return _read_calendar(HOLIDAYS)


@cache
def _default_royalties() -> RoyaltyTables:
    return _read_royalties(ROYALTIES)


def _read_calendar(path: Path) -> WorkingCalendar:
    book = read_entry(schema.HolidaysFile, read_toml(path), path, "")
    holidays: dict[date, str] = {}
    for text, raw in book.holidays.items():
        day = read_day(path, text, text)
        if day.year not in book.years:
            raise CatalogueError(path, text, "the holiday lies outside `years`")
        holidays[day] = read_entry(schema.Holiday, raw, path, text).name
    if len(set(book.years)) < len(book.years):
        raise CatalogueError(path, "years", "a year is listed twice")
    gaps = set(range(min(book.years), max(book.years))) - set(book.years)
    if gaps:
        raise CatalogueError(path, "years", f"the year {min(gaps)} is missing between others")
    for year in book.years:
        if not any(day.year == year for day in holidays):
            raise CatalogueError(path, str(year), "the year is listed and has no holidays")
    rest: dict[date, str] = {}
    worked: set[date] = set()
    for text, raw in book.swaps.items():
        day, swap = read_day(path, text, text), read_entry(schema.Swap, raw, path, text)
        work = read_day(path, text, swap.worked)
        if {day.year, work.year}.isdisjoint(book.years) or abs((work - day).days) > FURTHEST_SWAP:
            raise CatalogueError(path, text, "the swap lies outside `years`, or its days lie far apart")
        if day.weekday() >= 5 or work.weekday() < 5 or day in holidays or work in holidays or work in worked:
            raise CatalogueError(path, text, "a swap gives a weekday for a weekend day, neither a holiday")
        rest[day] = swap.source
        worked.add(work)
    return WorkingCalendar(
        holidays=MappingProxyType(holidays),
        working_days=frozenset(worked),
        swapped_rest=MappingProxyType(rest),
        years=frozenset(book.years),
    )


def _read_royalties(path: Path) -> RoyaltyTables:
    raw = read_toml(path)
    book = read_entry(schema.RoyaltiesFile, raw, path, "")
    rows = [
        read_entry(schema.BaseSalaryRow, each, path, _name(each, "valid_from")) for each in book.base_salaries
    ]
    for one, after in pairwise(rows):
        if after.valid_from <= one.valid_from:
            raise CatalogueError(path, str(after.valid_from), "base salaries go from old to new")
    ends = [row.valid_from - timedelta(days=1) for row in rows[1:]]
    salaries = tuple(
        royalties.BaseSalary(row.valid_from, end, row.amount, row.decree, Verification(row.status))
        for row, end in zip(rows, [*ends, None], strict=True)
    )
    regimes = tuple(
        _regime(read_entry(schema.Regime, each, path, _name(each, "code"))) for each in book.regimes
    )
    for early, late in royalties.overlaps(regimes):
        raise CatalogueError(path, late.code, f"overlaps {early.code}")
    modifiers = tuple(
        _modifier(read_entry(schema.ModifierRow, each, path, _name(each, "code"))) for each in book.modifiers
    )
    for modifier in modifiers:
        same = [each for each in modifiers if each.code == modifier.code]
        for first_row, second_row in royalties.overlaps(same):
            raise CatalogueError(path, second_row.code, f"overlaps {first_row.basis}")
    rules = tuple(
        _withholding(read_entry(schema.WithholdingRow, each, path, _name(each, "code")))
        for each in book.withholdings
    )
    for tax_class in tax.TaxClass:
        for first, second in royalties.overlaps([each for each in rules if each.tax_class is tax_class]):
            raise CatalogueError(path, second.code, f"overlaps {first.code}")
    ceilings = tuple(
        _ceiling(read_entry(schema.CeilingRow, each, path, _name(each, "code"))) for each in book.ceilings
    )
    for kind in {each.kind for each in ceilings}:
        for lower, upper in royalties.overlaps([each for each in ceilings if each.kind == kind]):
            raise CatalogueError(path, upper.code, f"overlaps {lower.code}")
    return RoyaltyTables(book.version, salaries, regimes, rules, modifiers, digest(raw), ceilings)


def _ceiling(row: schema.CeilingRow) -> owing.Ceiling:
    return owing.Ceiling(**row.model_dump() | {"status": Verification(row.status)})


def _regime(row: schema.Regime) -> royalties.RoyaltyRegime:
    return royalties.RoyaltyRegime(
        code=row.code,
        name=row.name,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        unit_share=row.unit_share,
        caps=MappingProxyType({genre: Decimal(cap) for genre, cap in row.caps.items()}),
        status=Verification(row.status),
        note=row.note,
    )


def _modifier(row: schema.ModifierRow) -> fees.Modifier:
    return fees.Modifier(
        code=row.code,
        name=row.name,
        effect=fees.Effect(row.effect),
        low=Decimal(row.low),
        high=Decimal(row.high),
        basis=row.basis,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        status=Verification(row.status),
    )


def _withholding(row: schema.WithholdingRow) -> tax.Withholding:
    values = row.model_dump() | {
        "tax_class": tax.TaxClass(row.tax_class),
        "status": Verification(row.status),
    }
    return tax.Withholding(**values)


def _name(entry: Mapping[str, Any], key: str) -> str:
    return str(entry.get(key, f"an entry without {key}"))
