"""What an activity report rests on: every figure of one portal and one period, frozen.

None stands for what is not kept at all, which is not the same as zero.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Span:
    """Days from first to last."""

    first: date
    last: date


@dataclass(frozen=True)
class OfficeLine:
    """One office's row of the annex: its running number within the group, and a count a column."""

    number: int
    code: str
    name: str
    short_name: str
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class OfficeGroup:
    """One group of offices with its sums."""

    code: str
    rows: tuple[OfficeLine, ...]
    column_totals: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class Articles:
    """Articles by office and month, their sums, those of the year before, and the offices without any."""

    columns: tuple[Span, ...]
    groups: tuple[OfficeGroup, ...]
    column_totals: tuple[int, ...]
    total: int
    before: int
    silent: tuple[str, ...]

    @property
    def rows(self) -> tuple[OfficeLine, ...]:
        """Every office's row."""
        return tuple(row for group in self.groups for row in group.rows)


@dataclass(frozen=True)
class Counted:
    """How many of one kind."""

    code: str
    name: str
    count: int


@dataclass(frozen=True)
class Documents:
    """Documents first public in the period, by type."""

    total: int
    by_type: tuple[Counted, ...]


@dataclass(frozen=True)
class Visits:
    """Visits in the period, and in all up to a day."""

    in_period: int
    in_all: int
    as_of: date | None = None


@dataclass(frozen=True)
class Procedures:
    """Names of the administrative procedures put up and taken down."""

    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True)
class Questions:
    """Questions received: answered in time, answered late, waiting in time, waiting too long."""

    received: int
    on_time: int
    late: int
    waiting: int
    overdue: int


@dataclass(frozen=True)
class MoneyLine:
    """One line of the budget, in whole units of money."""

    code: str
    name: str
    amount: int


@dataclass(frozen=True)
class Budget:
    """What the year gave and what was spent of it, line by line."""

    year: int
    amount: int
    lines: tuple[MoneyLine, ...]
    spent: int

    @property
    def left(self) -> int:
        """Negative when more was spent than given."""
        return self.amount - self.spent

    @property
    def tenths(self) -> int | None:
        """The share spent in tenths of a percent, rounded half up; None without a budget."""
        return (self.spent * 2000 + self.amount) // (2 * self.amount) if self.amount > 0 else None


@dataclass(frozen=True)
class Duplicates:
    """Pairs of articles that say nearly the same, their articles left out of the count, and pairs whose
    later article is of this portal (None in reports issued before that was kept).
    """

    pairs: int
    not_counted: int
    later_here: int | None = None


@dataclass(frozen=True)
class Lack:
    """One duty a portal does not meet, with its law; `missing` when there is nothing of it at all.

    None in reports issued before that was kept: they told of what was missing alone.
    """

    duty: str
    name: str
    law: str
    missing: bool | None = None


@dataclass(frozen=True)
class Subportal:
    """A portal below this one and what it lacks."""

    code: str
    name: str
    lacking: tuple[Lack, ...]


@dataclass(frozen=True)
class Worst:
    """A duty that many portals do not meet: how many of those below, and whether this one.

    `law` is what this portal is held to where it is one of them, `units_law` what those below are.
    """

    duty: str
    name: str
    law: str
    units: int
    here: bool
    units_law: str = ""


@dataclass(frozen=True)
class Section:
    """A row of the annex: a duty with its law, the portals that do not meet it, those that have nothing."""

    duty: str
    name: str
    law: str
    portals: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Judged:
    """What the newest assessment said of this portal and those below it."""

    date: date
    edition: str
    portals: int
    subportals: tuple[Subportal, ...]
    worst: tuple[Worst, ...]

    @property
    def tells_missing(self) -> bool:
        """Whether what is missing is told from what is late or incomplete."""
        return all(lack.missing is not None for unit in self.subportals for lack in unit.lacking)

    @property
    def nothing_at_all(self) -> tuple[Subportal, ...]:
        """The portals that have nothing at all of a duty."""
        return tuple(
            unit for unit in self.subportals if any(lack.missing is not False for lack in unit.lacking)
        )

    def sections(self) -> list[Section]:
        """The rows of the annex, most portals first: the one count and law that text and annex go by.

        The law is the one most findings rest on: an incomplete section may rest on another provision.
        """
        found: dict[str, list[tuple[str, Lack]]] = {}
        for unit in self.subportals:
            for lack in unit.lacking:
                found.setdefault(lack.duty, []).append((unit.name, lack))
        rows = [
            Section(
                duty,
                lacks[0][1].name,
                Counter(basis(lack.law) for _unit, lack in lacks).most_common(1)[0][0],
                tuple(unit for unit, _lack in lacks),
                tuple(unit for unit, lack in lacks if lack.missing is not False),
            )
            for duty, lacks in found.items()
        ]
        return sorted(rows, key=lambda row: -len(row.portals))


def basis(law: str) -> str:
    """The first provision of a law, which a report cites."""
    return law.partition(";")[0].strip()


@dataclass(frozen=True)
class Unit:
    """Whose report it is."""

    code: str
    name: str
    display_name: str
    full_name: str
    parent_names: tuple[str, ...]


@dataclass(frozen=True)
class Activity:
    """Everything one report counts."""

    unit: Unit
    period: Span
    articles: Articles
    opened: tuple[str, ...]
    documents: Documents
    visits: Visits | None
    procedures: Procedures
    questions: Questions | None
    budget: Budget | None
    duplicates: Duplicates | None
    neglected: tuple[str, ...] | None
    judged: Judged | None
