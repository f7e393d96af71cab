"""Pairs of articles alike over all portals: for the board's list, and as figures for its report."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page, PageViewRestriction

from compliance.models import AlikePair, CountExclusion
from compliance.queries.exclusions import StillPaid, exclusions_in, still_paid
from compliance.queries.likeness import originals
from sitepages.models import Authority


@dataclass(frozen=True)
class Duplicate:
    """Two articles alike, and what was decided: who is not counted, and whether that was paid before."""

    pair: AlikePair
    left_out: CountExclusion | None
    still_paid: StillPaid | None

    @property
    def is_settled(self) -> bool:
        """Whether the board decided on it."""
        return self.left_out is not None or self.pair.dismissed_at is not None


@dataclass(frozen=True)
class DuplicateFigures:
    """Pairs an article of the unit takes part in, in how many it came later, and their articles left out.

    A pair is of the day on which its later article appeared: only then is there anything alike.
    """

    pairs: int
    later_here: int
    not_counted: int


def pairs_in(
    units: Iterable[Authority] | None,
    first: datetime.date,
    last: datetime.date,
    *,
    own: bool = False,
    dismissed: bool = False,
) -> QuerySet:
    """Pairs of public articles, later one of these days; of these units (None: all), the later one `own`."""
    found = AlikePair.objects.filter(day__gte=first, day__lte=last, dismissed_at__isnull=not dismissed)
    if units is not None:
        ids = [unit.pk for unit in units]
        found = found.filter(
            Q(later_unit__in=ids) if own else Q(later_unit__in=ids) | Q(earlier_unit__in=ids)
        )
    return seen_by_all(found).select_related(
        "earlier__office", "later__office", "earlier_unit", "later_unit", "dismissed_by"
    )


def seen_by_all(pairs: QuerySet) -> QuerySet:
    """Pairs both of which anybody may read: nothing taken down, nothing kept private."""
    shown = pairs.filter(earlier__live=True, later__live=True)
    for path in PageViewRestriction.objects.values_list("page__path", flat=True):
        shown = shown.exclude(Q(earlier__path__startswith=path) | Q(later__path__startswith=path))
    return shown


def with_state(pairs: QuerySet, *, settled: bool) -> QuerySet:
    """The pairs one of whose articles is not counted, or the others."""
    standing = CountExclusion.objects.filter(withdrawn_at__isnull=True)
    out = Exists(standing.filter(Q(article=OuterRef("earlier")) | Q(article=OuterRef("later"))))
    return pairs.filter(out) if settled else pairs.exclude(out)


def is_seen_by_all(page: Page) -> bool:
    """Whether anybody may read the article."""
    return bool(originals().public().filter(pk=page.pk).exists())


def with_decisions(pairs: Iterable[AlikePair]) -> list[Duplicate]:
    """The pairs with what was decided about their articles: two queries whatever their number."""
    rows = list(pairs)
    ids = {pk for row in rows for pk in (row.earlier_id, row.later_id)}
    said = CountExclusion.objects.filter(article__in=ids, withdrawn_at__isnull=True).select_related("by")
    out = {row.article_id: row for row in said}
    paid = still_paid(out)
    found = []
    for row in rows:
        one = out.get(row.later_id) or out.get(row.earlier_id)
        found.append(Duplicate(row, one, paid.get(one.article_id) if one else None))
    return found


def duplicates_in(authority: Authority | None, first: datetime.date, last: datetime.date) -> list[Duplicate]:
    """The pairs whose later article the unit published in these days, newest first; None: every unit."""
    units = None if authority is None else [authority]
    return with_decisions(pairs_in(units, first, last, own=True))


def duplicate_figures(
    authority: Authority | None, first: datetime.date, last: datetime.date
) -> DuplicateFigures:
    """What the board's list shows of a unit and days, as numbers; None: every unit."""
    return figures_of(None if authority is None else [authority], first, last)


def figures_of(
    units: Iterable[Authority] | None, first: datetime.date, last: datetime.date
) -> DuplicateFigures:
    """The numbers of a report and of the list: counted here alone, so that they agree."""
    units = None if units is None else list(units)
    found = pairs_in(units, first, last)
    return DuplicateFigures(
        pairs=found.count(),
        later_here=pairs_in(units, first, last, own=True).count(),
        not_counted=_left_out_of(found).values("article").distinct().count(),
    )


def left_out_with(
    units: Iterable[Authority] | None, first: datetime.date, last: datetime.date
) -> QuerySet[CountExclusion]:
    """What the board left out of these pairs, and of the units' other articles of the days."""
    units = None if units is None else list(units)
    ids = [
        *_left_out_of(pairs_in(units, first, last)).order_by().values_list("pk", flat=True),
        *exclusions_in(units, first, last).order_by().values_list("pk", flat=True),
    ]
    found = CountExclusion.objects.filter(pk__in=ids)
    return found.select_related("article__office__authority", "duplicate_of", "by")


def _left_out_of(pairs: QuerySet) -> QuerySet[CountExclusion]:
    """What stands left out among the articles of the pairs."""
    standing = CountExclusion.objects.filter(withdrawn_at__isnull=True)
    plain = pairs.order_by()
    return standing.filter(Q(article__in=plain.values("earlier")) | Q(article__in=plain.values("later")))
