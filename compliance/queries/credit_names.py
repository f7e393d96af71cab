"""Names written by hand in lines of credit, and the records they may mean."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, F, Max, Min, QuerySet
from django.db.models.functions import Coalesce

from compliance.rules.months import local_date
from sitepages.models import Authority, Contribution, Contributor, Office
from sitepages.text import fold


@dataclass(frozen=True)
class HandName:
    """One name without a record, under one office: two people of a name mostly work at two offices."""

    name: str
    office: Office
    articles: int
    first: datetime.date | None
    last: datetime.date | None
    proposed: tuple[Contributor, ...]


def hand_written(authority: Authority) -> QuerySet:
    """Credits of the portal's articles that name nobody's record, with the office they count for."""
    rows = Contribution.objects.filter(article__office__authority=authority, contributor__isnull=True)
    return rows.exclude(name="").annotate(credited=Coalesce(F("office"), F("article__office")))


def hand_names(authority: Authority, at: slice | None = None) -> list[HandName]:
    """The portal's names without a record, most articles first; a record is proposed when its name, or a
    pen name of it, is the same with or without diacritics. Four queries.
    """
    rows = (
        hand_written(authority)
        .values("name", "credited")
        .annotate(
            articles=Count("article", distinct=True),
            first=Min("article__first_published_at"),
            last=Max("article__first_published_at"),
        )
        .order_by("-articles", "name", "credited")
    )
    found = list(rows if at is None else rows[at])
    offices = Office.objects.in_bulk({row["credited"] for row in found})
    known = _by_name(Contributor.objects.filter(authority=authority))
    return [
        HandName(
            row["name"],
            offices[row["credited"]],
            row["articles"],
            local_date(row["first"]) if row["first"] else None,
            local_date(row["last"]) if row["last"] else None,
            tuple(known.get(fold(row["name"]), ())),
        )
        for row in found
    ]


def _by_name(records: QuerySet) -> dict[str, list[Contributor]]:
    found: dict[str, list[Contributor]] = defaultdict(list)
    for each in records.select_related("office").prefetch_related("pen_names"):
        for name in dict.fromkeys(
            fold(name) for name in (each.name, *(p.name for p in each.pen_names.all()))
        ):
            found[name].append(each)
    return found
