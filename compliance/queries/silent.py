"""Offices that could have supplied an article and did not."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet

from compliance.models import ImportedTally
from compliance.queries.counted import counted_articles
from compliance.rules.stretches import Stretch
from sitepages.models import Authority, Office


def silent_offices(authority: Authority, first: datetime.date, last: datetime.date) -> list[Office]:
    """The authority's offices in force on any of these days without a counted article, in order.

    A number handed over for a month that begins within the days stands for articles.
    """
    wrote = counted_articles([authority], Stretch(first, last)).order_by().values("office")
    told = ImportedTally.objects.filter(
        authority=authority, month__gte=first, month__lte=last, pieces__gt=0
    ).order_by()
    offices = offices_of_days([authority], first, last)
    return list(offices.exclude(pk__in=wrote).exclude(pk__in=told.values("office")))


def offices_of_days(units: list[Authority], first: datetime.date, last: datetime.date) -> QuerySet:
    """The units' offices in force on any of these days, in the official order."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=last)
    still = Q(valid_to__isnull=True) | Q(valid_to__gte=first)
    rows = Office.objects.filter(begun & still, authority__in=[unit.pk for unit in units])
    return rows.select_related("authority").order_by("authority__order", "group", "order", "code")
