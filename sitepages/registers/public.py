"""What is public today: the one place that knows of records which leave by themselves."""

from __future__ import annotations

import datetime
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef


def public_now(pages: Any, today: datetime.date) -> Any:
    """Of these pages (of any page type) the live ones whose term of display has not run out.

    Lists, search, feeds and front pages all ask here; a record that has left answers 404 as well.
    """
    entries = apps.get_model("sitepages", "RegisterEntry").objects
    gone = entries.filter(page_id=OuterRef("pk"), leaves_on__lte=today)
    return pages.filter(~Exists(gone), live=True)


def has_left(page: Any, today: datetime.date) -> bool:
    """Whether a page's own term of display has run out: no query."""
    ends = getattr(page, "leaves_on", None)
    return ends is not None and ends <= today
