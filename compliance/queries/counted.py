"""Articles that count, and their numbers by office and month, grouped by the database."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from compliance.rules.months import Month
from sitepages.models import ArticlePage, Authority

#: What makes a published article count, and its absence one left out: another reason is added here alone.
COUNTS = Q(live=True, alias_of__isnull=True, repost_of__isnull=True)


def counted_articles(units: Iterable[Authority | int]) -> QuerySet:
    """Live originals that an office of the units wrote: the rule of `rules.counting` in SQL."""
    keys = [getattr(unit, "pk", unit) for unit in units]
    return ArticlePage.objects.filter(COUNTS, office__authority__in=keys).order_by()


def left_out(authority: Authority, start: datetime.datetime, end: datetime.datetime) -> QuerySet:
    """The authority's articles of [start, end) that do not count, and drafts worked on then."""
    mine = Q(office__authority=authority)
    nobodys = Q(office__isnull=True)
    if authority.site is not None:
        nobodys &= Q(path__startswith=authority.site.root_page.path)
        mine |= nobodys
    published = Q(first_published_at__gte=start, first_published_at__lt=end)
    drafts = Q(first_published_at__isnull=True) & (
        Q(latest_revision_created_at__isnull=True)
        | Q(latest_revision_created_at__gte=start, latest_revision_created_at__lt=end)
    )
    wrong = ~COUNTS | Q(office__isnull=True)
    return ArticlePage.objects.filter(mine, (published & wrong) | drafts).select_related("office").order_by()


def office_months(units: Iterable[Authority | int], period: Sequence[Month]) -> dict[tuple[int, Month], int]:
    """How many articles each office has in each month, by local time; what has none is left out."""
    if not period:
        return {}
    wanted = tuple(sorted(period))
    found = (
        counted_articles(units)
        .filter(first_published_at__gte=wanted[0].start, first_published_at__lt=wanted[-1].end)
        .annotate(place=_place(wanted))
        .exclude(place__isnull=True)
        .values_list("office_id", "place")
        .annotate(number=Count("pk"))
    )
    return {(office, wanted[place]): number for office, place, number in found}


def _place(wanted: Sequence[Month]) -> Case:
    """The number of the month a moment lies in: edges are moments, the database needs no time zone."""
    return Case(
        *(
            When(first_published_at__gte=month.start, first_published_at__lt=month.end, then=Value(place))
            for place, month in enumerate(wanted)
        ),
        output_field=IntegerField(),
    )
