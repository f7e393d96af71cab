"""Portals side by side: articles by office and month, counted in the database, with silence and quotas."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import TruncMonth

from compliance.queries.counted import counted_articles
from compliance.queries.past import lumps
from compliance.queries.quotas import Owed, quotas_owed
from compliance.queries.silent import offices_of_days
from compliance.rules.months import TIME_ZONE, Month, months
from compliance.rules.stretches import Stretch
from sitepages.models import Authority, Office


@dataclass(frozen=True)
class OfficeLine:
    """One office: articles a month, what it owes and what lacks; `expected` when it was in force."""

    office: Office
    counts: tuple[int, ...]
    before: int
    owed: Owed | None
    expected: bool

    @property
    def total(self) -> int:
        """Articles over all months."""
        return sum(self.counts)

    @property
    def short(self) -> int:
        """Articles that lack to the quota."""
        return self.owed.short(self.total) if self.owed else 0


@dataclass(frozen=True)
class UnitLine:
    """One portal: its offices, and the sums over them."""

    unit: Authority
    offices: tuple[OfficeLine, ...]

    @property
    def counts(self) -> tuple[int, ...]:
        """Articles a month."""
        return tuple(map(sum, zip(*(line.counts for line in self.offices), strict=True)))

    @property
    def total(self) -> int:
        """Articles over all months."""
        return sum(line.total for line in self.offices)

    @property
    def before(self) -> int:
        """Articles of the same months of the year before."""
        return sum(line.before for line in self.offices)

    @property
    def silent(self) -> tuple[OfficeLine, ...]:
        """Offices in force without an article."""
        return tuple(line for line in self.offices if line.expected and not line.total)

    @property
    def short(self) -> tuple[OfficeLine, ...]:
        """Offices below their quota."""
        return tuple(line for line in self.offices if line.short)


@dataclass(frozen=True)
class Overview:
    """Several portals over the same months; every sum is one over the same cells."""

    months: tuple[Month, ...]
    units: tuple[UnitLine, ...]

    @property
    def columns(self) -> tuple[int, ...]:
        """Articles a month over all portals."""
        return tuple(sum(line.counts[at] for line in self.units if line.counts) for at in self._places)

    @property
    def total(self) -> int:
        """Articles over all portals and months."""
        return sum(line.total for line in self.units)

    @property
    def before(self) -> int:
        """The year before."""
        return sum(line.before for line in self.units)

    @property
    def silent(self) -> int:
        """Silent offices over all portals."""
        return sum(len(line.silent) for line in self.units)

    @property
    def _places(self) -> range:
        return range(len(self.months))


def overview(units: Sequence[Authority], first: Month, last: Month) -> Overview:
    """The portals over these months, in their order; four queries however many articles or portals."""
    period = months(first, last)
    days = Stretch(first.first, last.last)
    now = _cells(units, days)
    before: Counter[int] = Counter()
    for (office, _month), number in _cells(units, days.a_year_before).items():
        before[office] += number
    owed = quotas_owed(units, [Stretch(month.first, month.last) for month in period])
    expected = {office.pk: office for office in offices_of_days(list(units), days.first, days.last)}
    others = {office for office, _month in now} | set(before)
    gone = Office.objects.filter(pk__in=others - set(expected)).select_related("authority")
    lines: dict[int, list[OfficeLine]] = defaultdict(list)
    for office in sorted([*expected.values(), *gone], key=_place):
        counts = tuple(now.get((office.pk, month), 0) for month in period)
        if office.pk in expected or any(counts) or before[office.pk]:
            line = OfficeLine(office, counts, before[office.pk], owed.get(office.pk), office.pk in expected)
            lines[office.authority_id].append(line)
    return Overview(period, tuple(UnitLine(unit, tuple(lines[unit.pk])) for unit in units))


def _cells(units: Sequence[Authority], days: Stretch) -> dict[tuple[int, Month], int]:
    month = TruncMonth("first_published_at", tzinfo=TIME_ZONE)
    rows = counted_articles(units, days).order_by().annotate(month=month).values_list("office", "month")
    found = {(office, Month.of(start)): number for office, start, number in rows.annotate(number=Count("pk"))}
    for lump in lumps(units, days):
        found.setdefault((int(lump.office), Month.of(lump.day)), lump.number)
    return found


def _place(office: Office) -> tuple[int, str, int, str]:
    return office.authority.order, office.group, office.order, office.code
