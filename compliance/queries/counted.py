"""Articles that count, and their numbers by office and month, grouped by the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from compliance.models import PlacedArticle
from compliance.queries.contributions import facts_of
from compliance.queries.exclusions import left_out
from compliance.rules.counting import ArticleFact
from compliance.rules.months import Month, span
from compliance.rules.stretches import Stretch
from sitepages.models import ArticlePage, Authority, Office

#: Of more keys at once the database rather reads the whole table.
_KEYS = 500

#: What makes a published article count, the board's word aside.
COUNTS = Q(live=True, alias_of__isnull=True, repost_of__isnull=True)


def counted_articles(units: Iterable[Authority | int], days: Stretch | None = None) -> QuerySet:
    """Live originals that an office of the units wrote: the rule of `rules.counting` in SQL."""
    found = ArticlePage.objects.filter(COUNTS, ~left_out(), office__in=_offices(units)).order_by()
    if days is None:
        return found
    start, end = span(days.first, days.last)
    return found.filter(first_published_at__gte=start, first_published_at__lt=end)


def uncounted(authority: Authority, first: Month, last: Month) -> list[ArticleFact]:
    """The authority's articles of these months that do not count, and drafts worked on then, by key.

    What they are is found first, each question by an index: together they would read every article there is.
    """
    offices = _offices([authority])
    mine = Q(office__in=offices)
    if authority.site is not None:
        mine |= Q(office__isnull=True, path__startswith=authority.site.root_page.path)
    worked_on = Q(latest_revision_created_at__isnull=True) | Q(
        latest_revision_created_at__gte=first.start, latest_revision_created_at__lt=last.end
    )
    drafts = ArticlePage.objects.filter(worked_on, first_published_at__isnull=True)
    keys = sorted({*_not_counting(offices, first, last), *drafts.order_by().values_list("pk", flat=True)})
    rows = ArticlePage.objects.filter(mine).order_by("pk")
    return [
        fact
        for begin in range(0, len(keys), _KEYS)
        for fact in facts_of(rows.filter(pk__in=_listed(keys[begin : begin + _KEYS])))
    ]


def _listed(keys: list[int]) -> list[int] | RawSQL:
    """Keys as one parameter where the database has lists: its driver is slow at hundreds of them."""
    return RawSQL("SELECT unnest(%s::integer[])", [keys]) if is_placed() else keys


def _not_counting(offices: list[int], first: Month, last: Month) -> list[int]:
    """Keys of articles of these offices, or of none, published in these months, that do not count."""
    if is_placed():
        rows = PlacedArticle.objects.filter(counts=False, day__gte=first.first, day__lte=last.last)
        return list(rows.filter(Q(office__in=offices) | Q(office__isnull=True)).values_list("pk", flat=True))
    then = ArticlePage.objects.filter(
        first_published_at__gte=first.start, first_published_at__lt=last.end
    ).order_by()
    wrong = then.filter(~COUNTS | Q(office__isnull=True) | left_out())
    return list(wrong.values_list("pk", flat=True))


def is_placed() -> bool:
    """Whether the database keeps the place of each published article in the counts."""
    return connection.vendor == "postgresql"


def _offices(units: Iterable[Authority | int]) -> list[int]:
    keys = [getattr(unit, "pk", unit) for unit in units]
    return list(Office.objects.filter(authority__in=keys).order_by().values_list("pk", flat=True))


def office_months(units: Iterable[Authority | int], period: Sequence[Month]) -> dict[tuple[int, Month], int]:
    """How many articles each office has in each month, by local time; what has none is left out."""
    if not period:
        return {}
    wanted = tuple(sorted(period))
    if is_placed():
        return _placed_months(units, wanted)
    found = (
        counted_articles(units)
        .filter(first_published_at__gte=wanted[0].start, first_published_at__lt=wanted[-1].end)
        .annotate(place=_place(wanted))
        .values_list("office_id", "place")
        .annotate(number=Count("pk"))
    )
    return {(office, wanted[place]): number for office, place, number in found if place is not None}


def _placed_months(units: Iterable[Authority | int], wanted: Sequence[Month]) -> dict[tuple[int, Month], int]:
    """By the narrow rows, one number an office and day: the order of their index, so nothing is sorted."""
    rows = PlacedArticle.objects.filter(counts=True, day__gte=wanted[0].first, day__lte=wanted[-1].last)
    days = rows.order_by().values_list("day", "office_id").annotate(number=Count("pk"))
    offices, asked = set(_offices(units)), {(month.year, month.month): month for month in wanted}
    found: Counter[tuple[int, tuple[int, int]]] = Counter()
    for day, office, number in days:
        if office in offices:
            found[office, (day.year, day.month)] += number
    return {(office, asked[at]): number for (office, at), number in found.items() if at in asked}


def _place(wanted: Sequence[Month]) -> Case:
    """The number of the month a moment lies in: edges are moments, the database needs no time zone."""
    return Case(
        *(
            When(first_published_at__gte=month.start, first_published_at__lt=month.end, then=Value(place))
            for place, month in enumerate(wanted)
        ),
        output_field=IntegerField(),
    )
