"""The law as TOML into requirements: regimes.toml, and one file of sections for each group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from types import MappingProxyType
from typing import Any

from compliance.catalogue import law_schema as schema
from compliance.catalogue.reading import CatalogueError, digest, read_entry, read_toml
from compliance.rules.types import (
    Binding,
    Channel,
    LatestTrigger,
    LegalBasis,
    Level,
    Limit,
    Requirement,
    Verification,
)

LAW = Path(__file__).with_name("law")
REGIMES = "regimes.toml"


@dataclass(frozen=True)
class Group:
    """A group of sections, scored together."""

    code: str
    name_vi: str
    name_en: str


@dataclass(frozen=True)
class Catalogue:
    """Every duty, in the order of the law's groups; `version` names the edition, `digest` its content."""

    version: str
    requirements: tuple[Requirement, ...]
    groups: Mapping[str, Group]
    digest: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The duty codes, in order."""
        return tuple(each.code for each in self.requirements)

    def requirement(self, code: str) -> Requirement:
        """One duty; KeyError for an unknown code."""
        for each in self.requirements:
            if each.code == code:
                return each
        raise KeyError(code)

    def of_section(self, section: str) -> tuple[Requirement, ...]:
        """The duties whose records live in a section of the site."""
        return tuple(each for each in self.requirements if each.section == section)


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """The duties as shipped, or those of another folder; CatalogueError when anything is doubtful."""
    return _shipped() if folder is None else parse_catalogue(read_sources(folder), folder)


def read_sources(folder: Path = LAW) -> dict[str, Any]:
    """The raw content of every file by its name: what a frozen edition keeps."""
    names = sorted(path.name for path in folder.glob("*.toml")) if folder.is_dir() else []
    if REGIMES not in names:
        raise CatalogueError(folder / REGIMES, "", "cannot be read: the file is missing")
    return {name: read_toml(folder / name) for name in names}


def parse_catalogue(sources: Mapping[str, Any], folder: Path = LAW) -> Catalogue:
    """The catalogue of raw sources, as read_sources gives them."""
    book = read_entry(schema.RegimesFile, sources[REGIMES], folder / REGIMES, "")
    path = folder / REGIMES
    groups = {
        code: Group(code, entry.name_vi, entry.name_en)
        for code, raw in book.groups.items()
        for entry in [read_entry(schema.Group, raw, path, f"groups.{code}")]
    }
    regimes = {
        code: read_entry(schema.Regime, raw, path, f"regimes.{code}") for code, raw in book.regimes.items()
    }
    found: list[Requirement] = []
    for name, content in sources.items():
        if name == REGIMES:
            continue
        for code, raw in content.items():
            if any(code == other.code for other in found):
                raise CatalogueError(folder / name, code, "the section is there twice")
            section = read_entry(schema.Section, raw, folder / name, code)
            if section.group not in groups:
                raise CatalogueError(folder / name, code, f"unknown group {section.group!r}")
            found.append(_Reader(folder / name, code, regimes, frozenset(book.triggers)).requirement(section))
    for code in groups:
        if not any(each.group == code for each in found):
            raise CatalogueError(
                path, f"groups.{code}", "the group has no sections: a file is missing or empty"
            )
    order = list(groups)
    found.sort(key=lambda each: order.index(each.group))
    return Catalogue(book.version, tuple(found), MappingProxyType(groups), digest(sources))


@cache
def _shipped() -> Catalogue:
    return parse_catalogue(read_sources(LAW))


@dataclass(frozen=True)
class _Reader:
    """Reads one section; its errors name file, section and entry."""

    path: Path
    code: str
    regimes: Mapping[str, schema.Regime]
    triggers: frozenset[str]

    def requirement(self, section: schema.Section) -> Requirement:
        bindings = tuple(
            self._binding(f"{self.code}.bindings[{number}]", raw)
            for number, raw in enumerate(section.bindings, start=1)
        )
        bound = frozenset(tier for binding in bindings for tier in binding.tiers)
        limits = tuple(
            self._limit(f"{self.code}.limits[{number}]", raw, bound)
            for number, raw in enumerate(section.limits, start=1)
        )
        self._refuse_overlaps(bindings)
        self._refuse_overlaps(limits)
        latest = section.latest_trigger
        return Requirement(
            code=self.code,
            section=section.site_section,
            group=section.group,
            name_vi=section.name_vi,
            name_en=section.name_en,
            evidence=section.evidence,
            weight=section.weight,
            soon_days=section.soon_days,
            bindings=bindings,
            limits=limits,
            latest_trigger=LatestTrigger(latest.year_offset, latest.month, latest.day) if latest else None,
            functions=tuple(section.functions),
            privacy=section.privacy,
        )

    def _binding(self, entry: str, raw: object) -> Binding:
        row = read_entry(schema.Binding, raw, self.path, entry)
        first, last = self._validity(entry, row.regime, row.first, row.last)
        return Binding(
            code=f"{self.code}@{row.regime}",
            regime=row.regime,
            tiers=frozenset(row.tiers),
            level=Level(row.level),
            channel=Channel(row.channel),
            valid_from=first,
            valid_to=last,
            bases=self._bases(row.regime, row.refs),
        )

    def _limit(self, entry: str, raw: object, bound: frozenset[str]) -> Limit:
        row = read_entry(schema.Limit, raw, self.path, entry)
        if self.triggers and row.trigger not in self.triggers:
            raise CatalogueError(self.path, entry, f"unknown trigger {row.trigger!r}")
        first, last = self._validity(entry, row.regime, row.first, row.last)
        return Limit(
            code=f"{self.code}@{row.regime}",
            regime=row.regime,
            kind=row.kind,
            trigger=row.trigger,
            deadline=row.as_deadline(),
            tiers=frozenset(row.tiers) if row.tiers else bound,
            valid_from=first,
            valid_to=last,
            bases=self._bases(row.regime, row.refs),
            residual=row.residual,
            channel=Channel(row.channel),
        )

    def _validity(
        self, entry: str, code: str, first: date | None, last: date | None
    ) -> tuple[date, date | None]:
        """An entry's own days, else its regime's."""
        if code not in self.regimes:
            raise CatalogueError(self.path, entry, f"unknown regime {code!r}")
        regime = self.regimes[code]
        begins = first or regime.first
        ends = last or regime.last
        if ends is not None and ends < begins:
            raise CatalogueError(self.path, entry, f"ends on {ends} before it begins on {begins}")
        return begins, ends

    def _bases(self, code: str, refs: Iterable[schema.Ref]) -> tuple[LegalBasis, ...]:
        document = self.regimes[code].document
        return tuple(
            LegalBasis(ref.document or document, ref.article, Verification(ref.status), ref.note)
            for ref in refs
        )

    def _refuse_overlaps(self, rows: Iterable[Binding | Limit]) -> None:
        """No two rows of one regime, kind and sort of deadline hold for one tier on one day."""
        for one, other in combinations(rows, 2):
            if _sort(one) != _sort(other) or not one.tiers & other.tiers:
                continue
            if one.valid_from <= (other.valid_to or date.max) and other.valid_from <= (
                one.valid_to or date.max
            ):
                tier = min(one.tiers & other.tiers)
                raise CatalogueError(self.path, other.code, f"overlaps another entry for the tier {tier}")


def _sort(row: Binding | Limit) -> tuple[str, ...]:
    if isinstance(row, Binding):
        return ("binding", row.regime)
    return (row.regime, row.kind, type(row.deadline).__name__, row.channel)
