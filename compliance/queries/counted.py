"""Articles that count, and their numbers by office and month, grouped by the database."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from compliance.queries.exclusions import left_out, with_exclusions
from compliance.rules.months import Month, span
from compliance.rules.stretches import Stretch
from sitepages.models import ArticlePage, Authority, Office

#: What makes a published article count, the board's word aside.
COUNTS = Q(live=True, alias_of__isnull=True, repost_of__isnull=True)


def counted_articles(units: Iterable[Authority | int], days: Stretch | None = None) -> QuerySet:
    """Live originals that an office of the units wrote: the rule of `rules.counting` in SQL."""
    found = ArticlePage.objects.filter(COUNTS, ~left_out(), office__in=_offices(units)).order_by()
    if days is None:
        return found
    start, end = span(days.first, days.last)
    return found.filter(first_published_at__gte=start, first_published_at__lt=end)


def uncounted(authority: Authority, start: datetime.datetime, end: datetime.datetime) -> list[ArticlePage]:
    """The authority's articles of [start, end) that do not count, and drafts worked on then.

    Three questions, each by an index: together they would read every article there is.
    """
    mine = Q(office__in=_offices([authority]))
    if authority.site is not None:
        mine |= Q(office__isnull=True, path__startswith=authority.site.root_page.path)
    wrong = ~COUNTS | Q(office__isnull=True)
    worked_on = Q(latest_revision_created_at__isnull=True) | Q(
        latest_revision_created_at__gte=start, latest_revision_created_at__lt=end
    )
    rows = with_exclusions(ArticlePage.objects.filter(mine)).select_related("office").order_by()
    then = rows.filter(first_published_at__gte=start, first_published_at__lt=end)
    published = then.filter(wrong)
    judged = then.filter(COUNTS, left_out(), office__isnull=False)
    drafts = rows.filter(worked_on, first_published_at__isnull=True)
    return sorted([*published, *judged, *drafts], key=lambda page: page.pk)


def _offices(units: Iterable[Authority | int]) -> list[int]:
    keys = [getattr(unit, "pk", unit) for unit in units]
    return list(Office.objects.filter(authority__in=keys).order_by().values_list("pk", flat=True))


def office_months(units: Iterable[Authority | int], period: Sequence[Month]) -> dict[tuple[int, Month], int]:
    """How many articles each office has in each month, by local time; what has none is left out."""
    if not period:
        return {}
    wanted = tuple(sorted(period))
    found = (
        counted_articles(units)
        .filter(first_published_at__gte=wanted[0].start, first_published_at__lt=wanted[-1].end)
        .annotate(place=_place(wanted))
        .values_list("office_id", "place")
        .annotate(number=Count("pk"))
    )
    return {(office, wanted[place]): number for office, place, number in found if place is not None}


def _place(wanted: Sequence[Month]) -> Case:
    """The number of the month a moment lies in: edges are moments, the database needs no time zone."""
    return Case(
        *(
            When(first_published_at__gte=month.start, first_published_at__lt=month.end, then=Value(place))
            for place, month in enumerate(wanted)
        ),
        output_field=IntegerField(),
    )
