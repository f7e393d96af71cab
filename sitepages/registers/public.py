"""What is public today: the one place that knows of records which leave by themselves."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef
from wagtail.models import PageViewRestriction


def public_now(pages: Any, today: datetime.date) -> Any:
    """Of these pages (of any page type) the live ones whose term of display has not run out.

    Lists, search, feeds and front pages all ask here; a record that has left answers 404 as well.
    """
    entries = apps.get_model("sitepages", "RegisterEntry").objects
    gone = entries.filter(page_id=OuterRef("pk"), leaves_on__lte=today)
    return pages.filter(~Exists(gone), live=True)


def gone_among(pages: Collection[int], today: datetime.date) -> set[int]:
    """Those of these pages whose term of display has run out, whether or not they were taken down yet."""
    entries = apps.get_model("sitepages", "RegisterEntry").objects
    left = entries.filter(page_id__in=pages, leaves_on__lte=today) if pages else entries.none()
    return set(left.values_list("page_id", flat=True))


def closed_below(place: Any) -> list[str]:
    """Where the closed pages below a page stand; the frame that led here knows without asking."""
    frame = getattr(place, "_frame", None)
    if frame is not None:
        return [path for path in frame.closed if path.startswith(place.path)]
    below = PageViewRestriction.objects.filter(page__path__startswith=place.path)
    return list(below.values_list("page__path", flat=True))


def has_left(page: Any, today: datetime.date) -> bool:
    """Whether a page's own term of display has run out: no query."""
    ends = getattr(page, "leaves_on", None)
    return ends is not None and ends <= today
