"""Articles counted one way, row by row, beside the same days of the year before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from compliance.queries.past import lumps
from compliance.queries.pieces import key_names, pieces
from compliance.rules.stretches import Stretch
from compliance.rules.tallies import NOBODY, By, tally
from sitepages.models import Authority


@dataclass(frozen=True)
class Row:
    """One key's articles: a number a stretch, their sum, and the sum of the year before."""

    key: str
    name: str
    counts: tuple[Fraction, ...]
    before: Fraction

    @property
    def total(self) -> Fraction:
        """Over all stretches."""
        return sum(self.counts, Fraction(0))

    @property
    def change(self) -> Fraction:
        """More (or less) than the year before."""
        return self.total - self.before


@dataclass(frozen=True)
class Counted:
    """A table whose columns and rows have one total; `before` is that of the year before."""

    by: By
    stretches: tuple[Stretch, ...]
    rows: tuple[Row, ...]
    columns: tuple[int, ...]
    total: int
    before: int

    @property
    def without(self) -> tuple[Row, ...]:
        """Offices, topics, genres or units that could have had an article in the period and had none."""
        return tuple(row for row in self.rows if not row.total and row.key != NOBODY)


def counted(units: Sequence[Authority], by: By, columns: Sequence[Stretch]) -> Counted:
    """The units' articles over these stretches, keys without an article included; a dozen queries."""
    days = Stretch(columns[0].first, columns[-1].last)
    now = tally(pieces(units, days), by, columns, lumps(units, days))
    year_before = days.a_year_before
    before = tally(pieces(units, year_before), by, [year_before], lumps(units, year_before))
    names = key_names(by, units, days)
    keys = dict.fromkeys([*names.by_key, *now.keys, *before.keys])
    rows = [Row(key, names.by_key.get(key, key), now.row(key), before.sum_of(key)) for key in keys]
    shown = [row for row in rows if row.total or row.before or row.key in names.expected]
    if by is By.PERSON:
        shown.sort(key=lambda row: (row.key == NOBODY, -row.total, row.name))
    return Counted(by, now.stretches, tuple(shown), now.columns, now.total, before.total)
