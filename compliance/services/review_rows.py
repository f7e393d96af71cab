"""Read a file of review marks, strictly: every fault by line, before anything is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from compliance.queries import sections as adapter
from compliance.rules.review import STATES
from compliance.services.csv_files import ImportRefusedError, at_line, name_key, read_records
from sitepages.models import Authority, Tier
from sitepages.text import vietnamese_slug

REQUIRED = ("unit", "section", "state")
OPTIONAL = ("note", "unit_name", "unit_tier")
LONGEST_NOTE = 5000
_SLUG = re.compile(r"[A-Za-z0-9_-]{1,50}")
_FORMULA = ("=", "+", "@", "\t")


@dataclass
class NewUnit:
    """A unit the file names and the portal does not know, in file order."""

    code: str
    line: int
    text: str
    name: str = ""
    tier: Tier | None = None  # every unit of a file that was not refused has one
    bad_tier: bool = False


@dataclass(frozen=True)
class MarkRow:
    """One line, checked; the unit is known, or is one of the new ones."""

    line: int
    unit: Authority | NewUnit
    section: str
    state: str
    note: str | None


@dataclass
class MarkFile:
    """A checked file."""

    rows: list[MarkRow] = field(default_factory=list)
    new_units: list[NewUnit] = field(default_factory=list)


def read_marks(content: bytes, *, create_units: bool = False) -> MarkFile:
    """The lines of a UTF-8 CSV file with commas or semicolons; ImportRefusedError naming every fault."""
    reader = _Reader(create_units)
    reader.read(content)
    if reader.problems:
        raise ImportRefusedError(reader.problems, unknown_units=reader.unknown_units)
    return reader.file


class _Reader:
    """Checks lines one by one, remembering units and what was seen before."""

    def __init__(self, create_units: bool) -> None:
        self.create_units = create_units
        self.file = MarkFile()
        self.problems: list[str] = []
        self.unknown_units = False
        self.sections = [each.code for each in adapter.all_sections()]
        self.tiers = {tier.code: tier for tier in Tier.objects.all()}
        self.by_code: dict[str, Authority] = {}
        self.by_name: dict[str, set[str]] = {}
        for unit in Authority.objects.all():
            self.by_code[unit.code] = unit
            for name in (unit.code, unit.display_name, unit.full_name):
                if name:
                    self.by_name.setdefault(name_key(name), set()).add(unit.code)
        self.new: dict[str, NewUnit] = {}
        self.refused: set[str] = set()
        self.seen: dict[tuple[str, str], int] = {}

    def fault(self, line: int, message: str) -> None:
        self.problems.append(at_line(line, message))

    def read(self, content: bytes) -> None:
        for line, record in read_records(content, required=REQUIRED, optional=OPTIONAL, fault=self.fault):
            self.row(line, record)
        for unit in self.new.values():
            self._check_new(unit)
        if not self.file.rows and not self.problems:
            self.problems.append(_("The file holds no mark."))

    def row(self, line: int, record: dict[str, str]) -> None:
        before = len(self.problems)
        unit = self._unit(line, record)
        section, state, note = record["section"], record["state"], record.get("note")
        if section not in self.sections:
            self.fault(line, _("unknown section “%(text)s”.") % {"text": section})
        if state not in STATES:
            self.fault(
                line,
                _("unknown state “%(text)s”. Known: %(known)s.")
                % {"text": state, "known": ", ".join(STATES)},
            )
        if len(note or "") > LONGEST_NOTE:
            self.fault(line, _("the note is longer than %(longest)s characters.") % {"longest": LONGEST_NOTE})
        if unit is not None and section in self.sections:
            first = self.seen.setdefault((unit.code, section), line)
            if first != line:
                self.fault(line, _("the same unit and section stand on line %(other)s.") % {"other": first})
        if unit is not None and len(self.problems) == before:
            self.file.rows.append(MarkRow(line, unit, section, state, note))

    def _unit(self, line: int, record: dict[str, str]) -> Authority | NewUnit | None:
        text = record["unit"]
        if not text:
            self.fault(line, _("the unit is empty."))
            return None
        if text in self.by_code:
            return self.by_code[text]
        codes = self.by_name.get(name_key(text), set())
        if len(codes) > 1:
            self.fault(
                line,
                _("“%(text)s” is the name of several units; write one of their codes: %(codes)s.")
                % {"text": text, "codes": ", ".join(sorted(codes))},
            )
            return None
        if codes:
            return self.by_code[next(iter(codes))]
        if not self.create_units:
            self.unknown_units = True
            self.fault(line, _("unknown unit “%(text)s”.") % {"text": text})
            return None
        return self._new_unit(line, text, record)

    def _new_unit(self, line: int, text: str, record: dict[str, str]) -> Authority | NewUnit | None:
        code = text if _SLUG.fullmatch(text) else vietnamese_slug(text, 50)
        if not code:
            self.fault(line, _("“%(text)s” cannot be made into a code.") % {"text": text})
            return None
        if code in self.by_code:
            return self.by_code[code]
        if "unit_name" not in record or "unit_tier" not in record:
            if text not in self.refused:
                self.fault(
                    line,
                    _("unknown unit “%(text)s”; to add it, give the columns unit_name and unit_tier.")
                    % {"text": text},
                )
            self.refused.add(text)
            return None
        unit = self.new.get(code)
        if unit is None:
            unit = self.new[code] = NewUnit(code, line, text)
            self.file.new_units.append(unit)
        elif name_key(unit.text) != name_key(text):
            self.fault(
                line,
                _("“%(text)s” and “%(other)s” on line %(line)s would have the same code.")
                % {"text": text, "other": unit.text, "line": unit.line},
            )
            return None
        self._describe(line, unit, record["unit_name"], record["unit_tier"])
        return unit

    def _describe(self, line: int, unit: NewUnit, name: str, tier: str) -> None:
        if name:
            if unit.name and name_key(unit.name) != name_key(name):
                self.fault(line, _("the unit has another name on line %(other)s.") % {"other": unit.line})
            elif len(name) > 200 or name.startswith(_FORMULA):
                self.fault(line, _("“%(text)s” cannot be the name of a unit.") % {"text": name[:60]})
            unit.name = unit.name or name
        if tier:
            found = self.tiers.get(tier)
            if found is None:
                unit.bad_tier = True
                self.fault(
                    line,
                    _("unknown tier “%(text)s”. Known: %(known)s.")
                    % {"text": tier, "known": ", ".join(self.tiers)},
                )
            elif unit.tier is not None and unit.tier != found:
                self.fault(line, _("the unit has another tier on line %(other)s.") % {"other": unit.line})
            unit.tier = unit.tier or found

    def _check_new(self, unit: NewUnit) -> None:
        if not unit.name:
            self.fault(unit.line, _("the unit “%(text)s” is new and has no unit_name.") % {"text": unit.text})
        if unit.tier is None and not unit.bad_tier:
            self.fault(unit.line, _("the unit “%(text)s” is new and has no unit_tier.") % {"text": unit.text})
