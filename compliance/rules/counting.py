"""The one rule of counting articles.

An article counts once, for the office credited with it, in the local month of its first publication. It does
not count when it is an alias of another page ("alias"), a copy of an article already published ("copy"), a
draft never published ("draft"), no longer public ("withdrawn"), left out by the board as a duplicate
("not_counted"), or credited to none of the offices given ("no_office"). The first of these reasons that holds
is the one given.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from compliance.rules.months import Month, local_date


class Exclusion(StrEnum):
    """Why an article does not count."""

    ALIAS = "alias"
    COPY = "copy"
    DRAFT = "draft"
    WITHDRAWN = "withdrawn"
    NOT_COUNTED = "not_counted"
    NO_OFFICE = "no_office"


@dataclass(frozen=True)
class ArticleFact:
    """What counting needs of one article: the credited office's code, its first publication (aware)."""

    id: int
    title: str
    url: str
    office: str | None
    first_published: datetime | None
    live: bool
    is_alias: bool = False
    is_copy: bool = False
    is_left_out: bool = False

    @property
    def month(self) -> Month | None:
        """The local month of first publication; ValueError for a naive moment."""
        return Month.of(local_date(self.first_published)) if self.first_published else None


@dataclass(frozen=True)
class OfficeFact:
    """One office supplying articles, the group it is shown in, and its place in the table."""

    code: str
    name: str
    group: str = ""
    order: int = 0


@dataclass(frozen=True)
class Row:
    """One office's articles, one number a month of the table."""

    office: OfficeFact
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """The office's articles over all months."""
        return sum(self.counts)


@dataclass(frozen=True)
class Group:
    """The rows of one group of offices, in office order."""

    name: str
    rows: tuple[Row, ...]

    @property
    def column_totals(self) -> tuple[int, ...]:
        """The group's articles a month."""
        return tuple(map(sum, zip(*(row.counts for row in self.rows), strict=True)))

    @property
    def total(self) -> int:
        """The group's articles over all months."""
        return sum(row.total for row in self.rows)


@dataclass(frozen=True)
class Excluded:
    """One article left out of the count, and why."""

    article: ArticleFact
    reason: Exclusion


@dataclass(frozen=True)
class Table:
    """Articles by office and month, offices without any included, and what was left out of the period.

    ``carried`` are the cells (office code, month) whose number was handed over from before the system.
    """

    months: tuple[Month, ...]
    groups: tuple[Group, ...]
    excluded: tuple[Excluded, ...]
    carried: frozenset[tuple[str, Month]] = frozenset()

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every office's row, group after group."""
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def column_totals(self) -> tuple[int, ...]:
        """Articles a month over all offices."""
        return tuple(sum(row.counts[i] for row in self.rows) for i in range(len(self.months)))

    @property
    def total(self) -> int:
        """Articles over all offices and months."""
        return sum(row.total for row in self.rows)

    @property
    def carried_by_office(self) -> dict[str, list[str]]:
        """By the name of each office that has any, the months whose number was handed over."""
        found = {}
        for row in self.rows:
            old = [str(month) for month in self.months if (row.office.code, month) in self.carried]
            if old:
                found[row.office.name] = old
        return found

    @property
    def silent_offices(self) -> tuple[OfficeFact, ...]:
        """The offices without an article in the period."""
        return tuple(row.office for row in self.rows if not row.total)


def exclusion(article: ArticleFact, offices: Set[str]) -> Exclusion | None:
    """Why the article does not count for any of these office codes, or None when it counts."""
    if article.is_alias:
        return Exclusion.ALIAS
    if article.is_copy:
        return Exclusion.COPY
    if article.first_published is None:
        return Exclusion.DRAFT
    if not article.live:
        return Exclusion.WITHDRAWN
    if article.is_left_out:
        return Exclusion.NOT_COUNTED
    return None if article.office is not None and article.office in offices else Exclusion.NO_OFFICE


def count(articles: Iterable[ArticleFact], offices: Sequence[OfficeFact], period: Sequence[Month]) -> Table:
    """The articles by office (grouped, in `order`) and month of the period.

    An article handed in twice counts once. Left-out articles are listed when their month is in the period or
    they have none. ValueError for a repeated month or office, or two different articles under one id.
    """
    wanted = tuple(sorted(period))
    codes = {office.code for office in offices}
    counted: Counter[tuple[str, Month]] = Counter()
    excluded = []
    for article in _distinct(articles):
        month = article.month
        if month is not None and month not in wanted:
            continue
        reason = exclusion(article, codes)
        if reason is not None:
            excluded.append(Excluded(article, reason))
        elif article.office is not None and month is not None:
            counted[article.office, month] += 1
    return tabulate(counted, offices, wanted, excluded)


def tabulate(
    counted: Mapping[tuple[str, Month], int],
    offices: Sequence[OfficeFact],
    period: Sequence[Month],
    excluded: Iterable[Excluded] = (),
    carried: Mapping[tuple[str, Month], int] | None = None,
) -> Table:
    """Numbers by office code and month as a table; what is neither an office's nor the period's is left out.

    ``carried`` numbers from before the system count only where no article does: never both. ValueError for a
    repeated month or office.
    """
    wanted = tuple(sorted(period))
    codes = {office.code for office in offices}
    if len(set(wanted)) < len(wanted) or len(codes) < len(offices):
        raise ValueError("months and offices must not repeat")
    old = {
        place: number
        for place, number in (carried or {}).items()
        if number and not counted.get(place) and place[0] in codes and place[1] in wanted
    }
    grouped: dict[str, list[Row]] = {}
    for office in sorted(offices, key=lambda each: (each.order, each.code)):
        places = [(office.code, month) for month in wanted]
        row = Row(office, tuple(counted.get(place) or old.get(place, 0) for place in places))
        grouped.setdefault(office.group, []).append(row)
    groups = tuple(Group(name, tuple(rows)) for name, rows in grouped.items())
    return Table(wanted, groups, tuple(excluded), frozenset(old))


def _distinct(articles: Iterable[ArticleFact]) -> list[ArticleFact]:
    found: dict[int, ArticleFact] = {}
    for article in articles:
        if found.setdefault(article.id, article) != article:
            raise ValueError(f"two different articles under id {article.id}")
    return [found[key] for key in sorted(found)]
