"""Read the TOML catalogues into the values of the rules, refusing anything doubtful with its file and entry.

The three loaders cache the catalogues that ship beside this file; a path given is read afresh.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from compliance.catalogue import schema
from compliance.rules import royalties
from compliance.rules.calendar import WorkingCalendar
from compliance.rules.types import Channel, LatestTrigger, LegalBasis, Level, Requirement, Verification

HERE = Path(__file__).parent
SECTIONS, HOLIDAYS, ROYALTIES = HERE / "sections.toml", HERE / "holidays.toml", HERE / "royalties.toml"

Entry = TypeVar("Entry", bound=BaseModel)


class CatalogueError(ValueError):
    """A catalogue that cannot be used; `file` and `entry` say where ("" for the file as a whole)."""

    def __init__(self, file: Path, entry: str, problem: str) -> None:
        self.file, self.entry, self.problem = file.name, entry, problem
        super().__init__(": ".join(part for part in (file.name, entry, problem) if part))


@dataclass(frozen=True)
class Catalogue:
    """Every version of every duty; `version` names the edition, `digest` (sha256, hex) its content."""

    version: str
    requirements: tuple[Requirement, ...]
    digest: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The duty codes, in the order of the file."""
        return tuple(dict.fromkeys(each.code for each in self.requirements))

    def versions(self, code: str) -> tuple[Requirement, ...]:
        """The versions of one duty, oldest first; KeyError for an unknown code."""
        found = [each for each in self.requirements if each.code == code]
        if not found:
            raise KeyError(code)
        return tuple(sorted(found, key=lambda each: each.valid_from))


@dataclass(frozen=True)
class RoyaltyTables:
    """What the state fixes about royalties, by date."""

    version: str
    base_salaries: tuple[royalties.BaseSalary, ...]
    regimes: tuple[royalties.RoyaltyRegime, ...]
    digest: str

    def base_salary(self, on: date) -> royalties.BaseSalary | None:
        """The base salary in force that day, or None before the first."""
        return royalties.in_force(self.base_salaries, on)

    def regime(self, on: date) -> royalties.RoyaltyRegime | None:
        """The legal regime in force that day, or None before the first."""
        return royalties.in_force(self.regimes, on)


def load_catalogue(path: Path | None = None) -> Catalogue:
    """The duties of sections.toml; CatalogueError when the file is missing, malformed or inconsistent."""
    return _default_catalogue() if path is None else _read_catalogue(path)


def load_calendar(path: Path | None = None) -> WorkingCalendar:
    """The working calendar of holidays.toml; CatalogueError as above."""
    return _default_calendar() if path is None else _read_calendar(path)


def load_royalties(path: Path | None = None) -> RoyaltyTables:
    """The base salaries and regimes of royalties.toml; CatalogueError as above."""
    return _default_royalties() if path is None else _read_royalties(path)


@cache
def _default_catalogue() -> Catalogue:
    return _read_catalogue(SECTIONS)


@cache
def _default_calendar() -> WorkingCalendar:
    return _read_calendar(HOLIDAYS)


@cache
def _default_royalties() -> RoyaltyTables:
    return _read_royalties(ROYALTIES)


def _read_catalogue(path: Path) -> Catalogue:
    raw = _read(path)
    book = _entry(schema.SectionsFile, raw, path, "")
    duties = {code: _entry(schema.Duty, each, path, code) for code, each in book.duties.items()}
    bases = {name: _entry(schema.Basis, each, path, name) for name, each in book.bases.items()}
    found: list[Requirement] = []
    for number, each in enumerate(book.versions, start=1):
        name = str(each.get("version", f"versions #{number}"))
        version = _entry(schema.Version, each, path, name)
        code, _, rest = version.version.partition("@")
        if code not in duties:
            raise CatalogueError(path, name, f"unknown duty {code!r}")
        unknown = [basis for basis in version.bases if basis not in bases]
        if unknown:
            raise CatalogueError(path, name, f"unknown legal basis {', '.join(unknown)}")
        if any(name == other.version for other in found):
            raise CatalogueError(path, name, "the version is there twice")
        legal = tuple(_basis(bases[basis]) for basis in version.bases)
        found.append(_requirement(code, rest.partition("-")[0], duties[code], version, legal))
    _refuse_overlaps(path, found)
    unused = set(duties) - {each.code for each in found}
    if unused:
        raise CatalogueError(path, min(unused), "the duty has no version")
    return Catalogue(book.version, tuple(found), _digest(raw))


def _requirement(
    code: str, regime: str, duty: schema.Duty, version: schema.Version, bases: tuple[LegalBasis, ...]
) -> Requirement:
    latest = duty.latest_trigger
    return Requirement(
        code=code,
        version=version.version,
        section=duty.section,
        name_vi=duty.name_vi,
        name_en=duty.name_en,
        regime=regime,
        valid_from=version.in_force.first,
        valid_to=version.in_force.last,
        levels=MappingProxyType({tier: Level(each.level) for tier, each in version.tiers.items()}),
        channel=MappingProxyType({tier: Channel(each.channel) for tier, each in version.tiers.items()}),
        limits=tuple(each.as_limit() for each in version.limits),
        bases=bases,
        soon_days=version.soon_days,
        evidence=duty.evidence,
        latest_trigger=LatestTrigger(latest.year_offset, latest.month, latest.day) if latest else None,
    )


def _basis(basis: schema.Basis) -> LegalBasis:
    return LegalBasis(basis.document, basis.article, Verification(basis.status), basis.note)


def _refuse_overlaps(path: Path, found: Sequence[Requirement]) -> None:
    keys = {(each.code, tier) for each in found for tier in each.levels}
    for code, tier in sorted(keys):
        same = [each for each in found if each.code == code and tier in each.levels]
        for one, other in royalties.overlaps(same):
            raise CatalogueError(path, other.version, f"overlaps {one.version} for the tier {tier}")


def _read_calendar(path: Path) -> WorkingCalendar:
    book = _entry(schema.HolidaysFile, _read(path), path, "")
    holidays: dict[date, str] = {}
    for text, raw in book.holidays.items():
        day = _day(path, text, text)
        if day.year not in book.years:
            raise CatalogueError(path, text, "the holiday lies outside `years`")
        holidays[day] = _entry(schema.Holiday, raw, path, text).name
    rest: dict[date, str] = {}
    worked: set[date] = set()
    for text, raw in book.swaps.items():
        day, swap = _day(path, text, text), _entry(schema.Swap, raw, path, text)
        work = _day(path, text, swap.worked)
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
    raw = _read(path)
    book = _entry(schema.RoyaltiesFile, raw, path, "")
    rows = [
        _entry(schema.BaseSalaryRow, each, path, _name(each, "valid_from")) for each in book.base_salaries
    ]
    for one, after in pairwise(rows):
        if after.valid_from <= one.valid_from:
            raise CatalogueError(path, str(after.valid_from), "base salaries go from old to new")
    ends = [row.valid_from - timedelta(days=1) for row in rows[1:]]
    salaries = tuple(
        royalties.BaseSalary(row.valid_from, end, row.amount, row.decree, Verification(row.status))
        for row, end in zip(rows, [*ends, None], strict=True)
    )
    regimes = tuple(_regime(_entry(schema.Regime, each, path, _name(each, "code"))) for each in book.regimes)
    for early, late in royalties.overlaps(regimes):
        raise CatalogueError(path, late.code, f"overlaps {early.code}")
    return RoyaltyTables(book.version, salaries, regimes, _digest(raw))


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


def _name(entry: Mapping[str, Any], key: str) -> str:
    return str(entry.get(key, f"an entry without {key}"))


def _day(path: Path, entry: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CatalogueError(path, entry, f"not a date: {text!r}") from error


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, ValueError) as error:
        raise CatalogueError(path, "", f"cannot be read: {error}") from error


def _entry(model: type[Entry], raw: object, path: Path, name: str) -> Entry:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, each['loc']))} {each['msg']}".strip() for each in error.errors()]
        raise CatalogueError(path, name, "; ".join(problems)) from error


def _digest(raw: Mapping[str, Any]) -> str:
    text = json.dumps(raw, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
