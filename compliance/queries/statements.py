"""Declarations and waivers as they stand, and the records that speak against a declaration."""

from __future__ import annotations

import datetime

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from compliance.models import Declaration, Observation, Waiver


def declarations(authorities: QuerySet) -> QuerySet:
    """The declarations of these units, standing ones first."""
    rows = Declaration.objects.filter(authority__in=authorities)
    return rows.select_related("authority", "stated_by", "withdrawn_by").order_by(
        F("withdrawn_at").asc(nulls_first=True), "-last", "-pk"
    )


def waivers(authorities: QuerySet) -> QuerySet:
    """The waivers of these units, standing ones first."""
    rows = Waiver.objects.filter(authority__in=authorities)
    return rows.select_related("authority", "stated_by", "withdrawn_by").order_by(
        F("withdrawn_at").asc(nulls_first=True), "-valid_from", "-pk"
    )


def records_within(authority: int, duty: str, first: datetime.date, last: datetime.date) -> list[Observation]:
    """The duty's records that fall to these days, by their own day or else by that of publication."""
    newest = Observation.objects.filter(authority=authority, duty=duty).annotate(
        rank=Window(RowNumber(), partition_by=F("page_id"), order_by=[F("at").desc(), F("pk").desc()])
    )
    # Narrowed here and not in the query: Django would narrow before ranking, and show what a page once was.
    return [
        row
        for row in newest.filter(rank=1).order_by("published", "pk")
        if row.state != Observation.State.GONE
        and (day := row.trigger or row.published) is not None
        and first <= day <= last
    ]
