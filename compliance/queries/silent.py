"""Offices that could have supplied an article and did not."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet

from compliance.queries.counted import counted_articles
from compliance.rules.stretches import Stretch
from sitepages.models import Authority, Office


def silent_offices(authority: Authority, first: datetime.date, last: datetime.date) -> list[Office]:
    """The authority's offices in force on any of these days without a counted article, in order."""
    wrote = counted_articles([authority], Stretch(first, last)).order_by().values("office")
    return list(offices_of_days([authority], first, last).exclude(pk__in=wrote))


def offices_of_days(units: list[Authority], first: datetime.date, last: datetime.date) -> QuerySet:
    """The units' offices in force on any of these days, in the official order."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=last)
    still = Q(valid_to__isnull=True) | Q(valid_to__gte=first)
    rows = Office.objects.filter(begun & still, authority__in=[unit.pk for unit in units])
    return rows.select_related("authority").order_by("authority__order", "group", "order", "code")
