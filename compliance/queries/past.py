"""What is known from before the system: numbers of articles, payments, and which articles were paid then."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet, Sum

from compliance.models import ImportedArticle, ImportedTally, PastPayment
from compliance.queries.counted import office_months
from compliance.rules.months import Month
from compliance.rules.stretches import Stretch
from compliance.rules.tallies import Lump
from sitepages.models import Authority


def past_paid(authority: Authority, first: datetime.date, last: datetime.date) -> int:
    """What was paid before the system from the first day to the last, before tax, in whole đồng."""
    rows = past_payments(authority).filter(paid_on__gte=first, paid_on__lte=last)
    return rows.aggregate(total=Sum("gross"))["total"] or 0


def past_payments(authority: Authority) -> QuerySet:
    """The payments from before, newest first, with office and contributor."""
    return PastPayment.objects.filter(authority=authority).select_related("office", "contributor")


def past_by_month(authority: Authority, year: int) -> dict[int, int]:
    """What was paid before the system in the year for months of that year; a payment for several months is
    spread over them. What was paid then for another year tells nothing of a month of this one."""
    rows = PastPayment.objects.filter(
        authority=authority, paid_on__year=year, first_day__year=year, last_day__year=year
    ).order_by()
    found: dict[int, int] = {}
    for first, last, gross in rows.values_list("first_day", "last_day").annotate(total=Sum("gross")):
        months = range(first.month, last.month + 1)
        for place, month in enumerate(months):
            part = gross * (place + 1) // len(months) - gross * place // len(months)
            found[month] = found.get(month, 0) + part
    return found


def paid_before_the_system(article: str = "pk") -> Exists:
    """A condition on articles, or on rows that name one in the column: imported as paid already.

    They count, and no pay period takes them.
    """
    return Exists(ImportedArticle.objects.filter(article=OuterRef(article), settled=True))


def carried(authority: Authority, first: Month, last: Month) -> dict[tuple[str, Month], int]:
    """Numbers from before by office code and month, whether or not articles count there too."""
    rows = ImportedTally.objects.filter(
        authority=authority, month__gte=first.first, month__lte=last.first
    ).order_by()
    return {
        (code, Month.of(month)): pieces
        for code, month, pieces in rows.values_list("office__code", "month", "pieces")
    }


def lumps(units: Iterable[Authority], days: Stretch) -> list[Lump]:
    """Numbers from before whose month begins within the days, where no article of office and month counts."""
    codes = {unit.pk: unit.code for unit in units}
    rows = list(
        ImportedTally.objects.filter(authority__in=codes, month__gte=days.first, month__lte=days.last)
        .order_by("month", "office")
        .values_list("authority", "office", "month", "pieces")
    )
    period = sorted({Month.of(month) for _unit, _office, month, _pieces in rows})
    there = office_months(codes, period)
    return [
        Lump(codes[unit], str(office), month, pieces)
        for unit, office, month, pieces in rows
        if not there.get((office, Month.of(month)))
    ]
