"""Articles that count, and their numbers by office and month: grouped by the database, never read one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When

from compliance.rules.months import Month
from sitepages.models import ArticlePage, Authority


def counted_articles(units: Iterable[Authority | int]) -> QuerySet:
    """Live originals that an office of the units wrote: the rule of `rules.counting`, said to the database.

    The one place where an article is left out of every count; another reason is added here.
    """
    return ArticlePage.objects.filter(
        office__authority__in=[getattr(unit, "pk", unit) for unit in units],
        live=True,
        alias_of__isnull=True,
        repost_of__isnull=True,
    ).order_by()


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
    """The number of the month a moment lies in: edges are moments, so no time zone is asked in the database."""
    return Case(
        *(
            When(first_published_at__gte=month.start, first_published_at__lt=month.end, then=Value(place))
            for place, month in enumerate(wanted)
        ),
        output_field=IntegerField(),
    )
