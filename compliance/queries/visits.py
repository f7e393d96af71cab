"""Views and visits: in a period and in all, by portal, month, section and article."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from compliance.rules.stretches import Stretch, stretch_of
from compliance.rules.visits import Reported, Sorted, sort_reported
from sitepages.models import ArticlePage, Authority, DailyVisits, ReportedVisits

_NOTHING = Q(pk__in=())


@dataclass(frozen=True)
class VisitFigures:
    """A portal's visits: in the period, and in all up to its last day.

    `views` were counted by this software in the period. `as_of` is the last day that any of the figures
    covers, None where there is none. `partial` names reported numbers that straddle an edge of the period and
    are left out of `in_period`; those that end after its last day also of `in_all`. `reported` is the part of
    `in_period` that was reported, not counted here.
    """

    in_period: int
    in_all: int
    views: int
    as_of: datetime.date | None
    partial: list[Reported]
    reported: int = 0


def visit_figures(authority: Authority, first: datetime.date, last: datetime.date) -> VisitFigures:
    """A portal's figures for the days from first to last, both included; ValueError if last comes first."""
    return figures_of([authority], Stretch(first, last))[authority.pk]


def figures_of(units: Sequence[Authority], days: Stretch) -> dict[int, VisitFigures]:
    """The figures of several portals, by their ids; two queries whatever their number."""
    told = _reported(units, days)
    until = Q(day__lte=days.last)
    during = until & Q(day__gte=days.first)
    counted: dict[int, dict[str, Any]] = {
        row["authority"]: dict(row)
        for row in DailyVisits.objects.filter(until, authority__in=[unit.pk for unit in units])
        .order_by()
        .values("authority")
        .annotate(
            in_all=_sum("visits", ~_covered({pk: each.until for pk, each in told.items()})),
            in_period=_sum("visits", during & ~_covered({pk: each.inside for pk, each in told.items()})),
            seen=_sum("views", during),
            newest=Max("day"),
        )
    }
    found = {}
    for unit in units:
        each = told[unit.pk]
        row = counted.get(unit.pk, {})
        ends = [one.last for one in each.until] + ([row["newest"]] if row else [])
        reported = sum(one.visits for one in each.inside)
        found[unit.pk] = VisitFigures(
            in_period=row.get("in_period", 0) + reported,
            in_all=row.get("in_all", 0) + sum(one.visits for one in each.until),
            views=row.get("seen", 0),
            as_of=max(ends, default=None),
            partial=list(each.partial),
            reported=reported,
        )
    return found


@dataclass(frozen=True)
class Line:
    """Visits and views of one month, section or page."""

    key: str
    visits: int
    views: int

    @property
    def known(self) -> bool:
        """Whether anything was counted or reported: else nobody knows whether anybody came."""
        return bool(self.visits or self.views)


@dataclass(frozen=True)
class ByMonth:
    """Visits and views by stretch of days; `longer` was reported for more days than a stretch has."""

    lines: tuple[tuple[Stretch, Line], ...]
    longer: int

    @property
    def visits(self) -> int:
        """In the whole period."""
        return sum(line.visits for _stretch, line in self.lines) + self.longer

    @property
    def views(self) -> int:
        """In the whole period."""
        return sum(line.views for _stretch, line in self.lines)


def visits_by_month(units: Sequence[Authority], columns: Sequence[Stretch]) -> ByMonth:
    """The portals' visits over these stretches; their sum is that of the portals' figures. Two queries."""
    days = Stretch(columns[0].first, columns[-1].last)
    told = _reported(units, days)
    inside = {pk: each.inside for pk, each in told.items()}
    visits: dict[Stretch, int] = defaultdict(int)
    views: dict[Stretch, int] = defaultdict(int)
    for row in (
        _during(units, days)
        .order_by()
        .values("day")
        .annotate(visits_counted=_sum("visits", ~_covered(inside)), seen=_sum("views", Q()))
    ):
        stretch = stretch_of(row["day"], columns)
        if stretch is not None:
            visits[stretch] += row["visits_counted"]
            views[stretch] += row["seen"]
    longer = 0
    for one in [one for rows in inside.values() for one in rows]:
        home = next((stretch for stretch in columns if one.lies_in(stretch)), None)
        if home is None:
            longer += one.visits
        else:
            visits[home] += one.visits
    lines = ((each, Line(each.first.isoformat(), visits[each], views[each])) for each in columns)
    return ByMonth(tuple(lines), longer)


def visits_by_section(units: Sequence[Authority], days: Stretch) -> list[Line]:
    """What was counted here by section, most read first; the key "" is what stands in no section."""
    rows = _during(units, days).order_by().values("section")
    rows = rows.annotate(begun=_sum("visits", Q()), seen=_sum("views", Q()))
    lines = [Line(row["section"], row["begun"], row["seen"]) for row in rows]
    return sorted(lines, key=lambda line: (-line.views, line.key))


@dataclass(frozen=True)
class ReadArticle:
    """An article with how often it was read in the period."""

    page: ArticlePage
    authority: Authority
    visits: int
    views: int


def most_read(units: Sequence[Authority], days: Stretch, limit: int) -> list[ReadArticle]:
    """The portals' articles with the most views in these days; two queries."""
    articles = ArticlePage.objects.order_by().values("pk")
    rows = list(
        _during(units, days)
        .filter(page_id__in=articles)
        .order_by()
        .values("authority", "page_id")
        .annotate(begun=_sum("visits", Q()), seen=_sum("views", Q()))
        .order_by("-seen", "page_id")[:limit]
    )
    pages = ArticlePage.objects.select_related("office").in_bulk([row["page_id"] for row in rows])
    places = {unit.pk: unit for unit in units}
    return [
        ReadArticle(pages[row["page_id"]], places[row["authority"]], row["begun"], row["seen"])
        for row in rows
        if row["page_id"] in pages
    ]


def article_views(pages: Iterable[int], first: datetime.date, last: datetime.date) -> dict[int, int]:
    """How often these pages were read from first to last, by id; what was not read is left out."""
    rows = DailyVisits.objects.filter(page_id__in=list(pages), day__gte=first, day__lte=last)
    return dict(rows.order_by().values("page_id").annotate(seen=Sum("views")).values_list("page_id", "seen"))


def _during(units: Sequence[Authority], days: Stretch) -> QuerySet:
    return DailyVisits.objects.filter(
        authority__in=[unit.pk for unit in units], day__gte=days.first, day__lte=days.last
    )


def _reported(units: Sequence[Authority], days: Stretch) -> dict[int, Sorted]:
    rows: dict[int, list[Reported]] = defaultdict(list)
    for row in ReportedVisits.objects.filter(authority__in=[unit.pk for unit in units]).order_by("last"):
        rows[row.authority_id].append(Reported(row.first, row.last, row.visits, row.source))
    return {unit.pk: sort_reported(rows[unit.pk], days) for unit in units}


def _covered(reported: Mapping[int, Iterable[Reported]]) -> Q:
    """The days for which a reported number stands: what was counted on them does not count again."""
    found = _NOTHING
    for unit, rows in reported.items():
        for row in rows:
            days = Q(authority=unit, day__lte=row.last)
            found |= days & Q(day__gte=row.first) if row.first else days
    return found


def _sum(field: str, only: Q) -> Coalesce:
    return Coalesce(Sum(field, filter=only), 0)
