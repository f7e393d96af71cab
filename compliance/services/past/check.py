"""The first pass over a file: every row checked, every fault told by line and column, nothing written."""

from __future__ import annotations

import datetime
import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from compliance.rules.months import Month
from compliance.rules.past import missing, month_columns
from compliance.services.csv_files import FORMULA, ImportRefusedError, name_key, shortened
from compliance.services.past.spool import CHANGED, PRESENT, Spool, Spooled
from compliance.services.past.tables import Table
from sitepages.models import Authority, Contributor, Office
from sitepages.text import fold

BATCH = 1000
_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})


@dataclass(frozen=True)
class Request:
    """How a file is to be read: which column is what, for which unit, by whom it may be imported."""

    kind: str
    mapping: Mapping[str, int]
    unit: Authority | None
    now: datetime.datetime
    settled: bool = True
    asked_by: Any = None
    #: Units that rows may name; None: all.
    allowed: Collection[int] | None = None


@dataclass
class Units:
    """The units with a portal, their offices and contributors, read once a file."""

    by_name: dict[str, Authority] = field(default_factory=dict)
    by_pk: dict[int, Authority] = field(default_factory=dict)
    offices: dict[tuple[int, str], Office] = field(default_factory=dict)
    alike: dict[tuple[int, str], list[Office]] = field(default_factory=dict)
    people: dict[tuple[int, str], int | None] = field(default_factory=dict)

    @classmethod
    def read(cls) -> Units:
        """All of them, in four queries."""
        units = cls()
        rows = Authority.objects.filter(site__isnull=False).select_related("parent", "site__root_page")
        for unit in rows:
            units.by_pk[unit.pk] = unit
            for name in (unit.code, unit.name, unit.display_name, unit.full_name):
                units.by_name.setdefault(fold(name_key(name)), unit)
        for office in Office.objects.order_by("pk"):
            names = {name_key(office.full_name), name_key(office.short_name), name_key(office.code)}
            for name in names:
                units.offices.setdefault((office.authority_id, name), office)
            for name in {fold(each) for each in names}:
                units.alike.setdefault((office.authority_id, name), []).append(office)
        for person in Contributor.objects.prefetch_related("pen_names"):
            for name in {person.name, *(each.name for each in person.pen_names.all())}:
                key = (person.authority_id, name_key(name))
                units.people[key] = None if key in units.people else person.pk  # two of one name: neither
        return units


class Checker(ABC):
    """Checks the rows of one kind of file into a spool."""

    longest: Mapping[str, int] = {}
    nothing: str

    def __init__(self, table: Table, request: Request, spool: Spool) -> None:
        self.table, self.request, self.spool = table, request, spool
        self.units = Units.read()
        self.months = month_columns([fold(each) for each in table.headings])
        lacking = missing(request.kind, request.mapping, self.months)
        if lacking:
            names = ", ".join(column_name(request.kind, each) for each in lacking)
            raise ImportRefusedError([_("No column is chosen for: %(names)s.") % {"names": names}])
        if "month" in request.mapping:
            self.months = {}
        self.line = 0
        self.failed = False

    def run(self, progress: Callable[[int], None] = lambda done: None) -> int:
        """Check every row; how many there were. ImportRefusedError when the file itself cannot be read on."""
        read = 0
        for line, cells in self.table.rows:
            self.line = line
            read += 1
            self._row(cells)
            if read % BATCH == 0:
                progress(read)
        progress(read)
        if not read:
            raise ImportRefusedError([_("The file holds no row below its headings.")])
        for batch in self.spool.batches(BATCH):
            self.compare(batch)
        return read

    def _row(self, cells: list[str]) -> None:
        self.failed = False
        width = len(self.table.headings)
        if any(cells[width:]):
            self.fault("", _("%(found)s cells instead of %(expected)s. Put quotes around text with commas.")
                       % {"found": len(cells), "expected": width})  # fmt: skip
            return
        value = {
            name: cells[index] if index < len(cells) else "" for name, index in self.request.mapping.items()
        }
        for name, text in value.items():
            self._text(name, text)
        unit = self._unit(value.get("authority", ""))
        if unit is not None:
            for row in self.rows(unit, value, cells):
                if not self.failed:
                    self._keep(row)

    @abstractmethod
    def rows(self, unit: Authority, value: Mapping[str, str], cells: Sequence[str]) -> Iterator[Spooled]:
        """What a line says, faults told on the way."""

    @abstractmethod
    def compare(self, batch: list[tuple[int, Spooled]]) -> None:
        """Find which rows are in the database already, and tell what only the database knows."""

    def _keep(self, row: Spooled) -> None:
        other = self.spool.add(row)
        if other is not None:
            self.fault(
                "", _("the same stands on line %(other)s. Remove one of the two lines.") % {"other": other}
            )

    def fault(self, name: str, message: str, *, line: int = 0, heading: str = "") -> None:
        """A fault of the line, in the words of its column."""
        self.failed = True
        self.spool.tell(line or self.line, heading or self.heading(name), shortened(message))

    def note(self, line: int, message: str, name: str = "") -> None:
        """Something to be told that stops nothing."""
        self.spool.tell(line, self.heading(name), shortened(message), note=True)

    def heading(self, name: str) -> str:
        """What the file calls a column."""
        index = self.request.mapping.get(name)
        return self.table.headings[index] if index is not None else ""

    def found(self, numbers: list[int], changed: list[int]) -> None:
        """Rows that are there already, and those of them that say something else."""
        self.spool.set_state(numbers, PRESENT)
        self.spool.set_state(changed, CHANGED)

    def differs(self, row: Spooled) -> None:
        """Tell that what was imported before says something else; it stays as it is."""
        self.note(
            row.line,
            _("was imported before with other contents. The line was left out; change the record by hand."),
        )

    def _text(self, name: str, text: str) -> None:
        longest = self.longest.get(name, 255)
        if len(text) > longest:
            self.fault(name, _("longer than %(longest)s characters.") % {"longest": longest})
        elif text.startswith(FORMULA) and not _is_number(text):
            self.fault(
                name,
                _("begins like a spreadsheet formula (%(sign)s). Put its result in.") % {"sign": text[0]},
            )
        elif text in _ERRORS:
            self.fault(name, _("holds the error %(text)s. Mend the formula.") % {"text": text})
        elif longest <= 255 and len(text.splitlines()) > 1:
            self.fault(name, _("write it on one line."))

    def _unit(self, text: str) -> Authority | None:
        request = self.request
        unit = self.units.by_name.get(fold(name_key(text))) if text else request.unit
        if unit is None:
            self.fault("authority", _("no unit has the code “%(text)s”.") % {"text": text} if text
                       else _("the unit is missing. Give a column with the unit, or name one "
                              "for the whole file."))  # fmt: skip
        elif request.allowed is not None and unit.pk not in request.allowed:
            self.fault("authority", _("the line belongs to “%(unit)s”, which this import is not for.")
                       % {"unit": unit.display_name})  # fmt: skip
        else:
            return unit
        return None

    def office(self, unit: Authority, text: str) -> Office | None:
        """The unit's office of this name or code; case and diacritics aside when that leaves one."""
        if not text:
            self.fault(
                "office", _("is empty. A merged cell counts for its first line alone: fill in every line.")
            )
            return None
        key = name_key(text)
        office = self.units.offices.get((unit.pk, key))
        if office is not None:
            return office
        alike = self.units.alike.get((unit.pk, fold(key)), [])
        if len(alike) == 1:
            return alike[0]
        if alike:
            names = ", ".join(each.full_name for each in alike)
            self.fault("office", _("“%(text)s” may be one of: %(names)s. Write it in full.")
                       % {"text": text, "names": names})  # fmt: skip
        else:
            self.fault("office", _("“%(unit)s” has no office “%(text)s”.")
                       % {"unit": unit.display_name, "text": text})  # fmt: skip
        return None

    def in_force(self, office: Office, first: datetime.date, last: datetime.date | None = None) -> None:
        """A fault when the office wrote before it was set up, or after it was merged or dissolved."""
        begins, ends = office.valid_from, office.valid_to
        told = {"office": office.full_name}
        if ends is not None and first > ends:
            self.fault("office", _("“%(office)s” ended on %(day)s. Name the office that took its place.")
                       % {**told, "day": f"{ends:%d/%m/%Y}"})  # fmt: skip
        if begins is not None and (last or first) < begins:
            self.fault("office", _("“%(office)s” was set up on %(day)s. Name the office of that time.")
                       % {**told, "day": f"{begins:%d/%m/%Y}"})  # fmt: skip

    def parsed(
        self, name: str, text: str, read: Callable[[str], Any], wanted: str, *, heading: str = ""
    ) -> Any:
        """What a cell says, None with a fault when it cannot be read."""
        try:
            return read(text)
        except (ValueError, OverflowError):
            self.fault(name, wanted % {"text": text}, heading=heading)
            return None


def digest_of(*parts: object) -> str:
    """One value for what is said; the same for the same."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, default=str).encode()).hexdigest()


def months_of(month: Month) -> str:
    """A month as people write it."""
    return f"{month.first:%m/%Y}"


def column_name(kind: str, name: str) -> str:
    """What a column is called to people."""
    return {
        "office": _("Office"),
        "published_at": _("Published on"),
        "title": _("Title"),
        "genre": _("Genre"),
        "author": _("Author"),
        "pen_name": _("Pen name"),
        "lead": _("Lead"),
        "body": _("Text"),
        "coefficient": _("Coefficient"),
        "reference": _("Voucher number") if kind == "payments" else _("Old number or address"),
        "authority": _("Unit"),
        "month": _("Month"),
        "year": _("Year"),
        "pieces": _("Number of articles"),
        "person": _("Full name"),
        "period": _("Pay period"),
        "gross": _("Before tax"),
        "tax": _("Tax withheld"),
        "net": _("Paid out"),
        "paid_on": _("Paid on"),
    }[name]


def _is_number(text: str) -> bool:
    return text[:1] == "+" and text[1:].isdigit()
