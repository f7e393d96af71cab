"""Reads: the newest of the portals below, by the rule; one query on the front page, few in the list."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber, Substr

from sitepages.drawn.rule import Source
from sitepages.frame.record import Frame

_MINUTES = 24 * 60
_COLUMNS = ("page_id", "page__title", "page__path", "page__url_path", "page__first_published_at")


@dataclass(frozen=True)
class DrawnItem:
    """One item of a portal below; its address is there."""

    title: str
    url: str
    unit: str
    published: datetime.datetime | None


def entries(frame: Frame, sources: Iterable[Source], today: datetime.date) -> QuerySet:
    """The public lines of these portals: nothing closed, nothing that has left, nothing sent from above."""
    places = [pk for source in sources if source.authority.is_in_force(today) for pk in source.places]
    found = apps.get_model("sitepages", "RegisterEntry").objects.filter(
        Q(leaves_on=None) | Q(leaves_on__gt=today),
        parent__in=places,
        live=True,
        page__live=True,
        page__alias_of__isnull=True,
        page__sent_from__isnull=True,
    )
    for path in frame.closed:
        found = found.exclude(page__path__startswith=path)
    return found


def newest_drawn(frame: Frame, today: datetime.date) -> list[DrawnItem]:
    """What the front page shows: the newest of the last days, so many of one unit at most."""
    rule = frame.drawn
    if not rule.sources:
        return []
    since = (today - datetime.timedelta(days=rule.days)).toordinal() * _MINUTES
    length = len(rule.sources[0].root)
    rank = Window(
        RowNumber(),
        partition_by=Substr("page__path", 1, length),
        order_by=[F("sort_key").desc(), F("page_id").desc()],
    )
    recent = entries(frame, rule.sources, today).filter(sort_key__gte=since).annotate(rank=rank)
    rows = recent.filter(rank__lte=rule.per_unit).order_by("-sort_key", "-page_id")
    return items(rows.values_list(*_COLUMNS)[: rule.items], rule.sources)


def items(rows: Iterable[Any], sources: Iterable[Source]) -> list[DrawnItem]:
    """Lines as they are shown."""
    by_root = {source.root: source for source in sources}
    found = []
    for _pk, title, path, url_path, published in rows:
        source = next((by_root[path[:end]] for end in range(4, len(path), 4) if path[:end] in by_root), None)
        if source is not None:
            url = f"{source.address}/{url_path.removeprefix(source.url_path)}"
            found.append(DrawnItem(title, url, source.authority.display_name, published))
    return found


def listed(frame: Frame, sources: Iterable[Source], today: datetime.date) -> QuerySet:
    """The lines of the list, the newest first, whatever their age and unit."""
    return entries(frame, sources, today).order_by("-sort_key", "-page_id").values_list(*_COLUMNS)
