"""What is known of a page that was sent down: that it was, from where, and which address is the first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q

_sending: ContextVar[bool] = ContextVar("sending_down", default=False)

#: What a query of pages keeps to leave out everything that was sent down from above.
OF_ITS_OWN = Q(alias_of__isnull=True, sent_from__isnull=True)
#: The same of rows that belong to a page.
FROM_ITS_OWN = Q(page__alias_of__isnull=True, page__sent_from__isnull=True)


@contextmanager
def sending() -> Iterator[None]:
    """Within it pages are made that count for nobody here: they are sent down, though no row says so yet."""
    token = _sending.set(True)
    try:
        yield
    finally:
        _sending.reset(token)


def is_sent_down(page: Any) -> bool:
    """Whether the page came from the portal above: it is nobody's article, evidence or duplicate here."""
    return _sending.get() or _sent(page)


def _sent(page: Any) -> bool:
    if page.pk is None:
        return False
    return bool(apps.get_model("sitepages", "SentPage").objects.filter(page_id=page.pk).exists())


@dataclass(frozen=True)
class Origin:
    """Where a page came from: the portal above by name, and the page there where everybody may read it."""

    name: str
    url: str
    changed_here: bool


def _row_of(page: Any) -> Any:
    """The row of a page sent down and not withdrawn; asks nothing of pages that are never sent."""
    if not getattr(page, "may_be_sent", False) or page.pk is None:
        return None
    row = getattr(page, "sent_from", None)
    return row if row is not None and row.withdrawn_at is None else None


def _is_public(source: Any, page: Any) -> bool:
    frame = getattr(page, "_frame", None)
    if not source.live:
        return False
    return frame.is_open(source.path) if frame is not None else not source.get_view_restrictions().exists()


def canonical_page(page: Any) -> Any:
    """The page whose address stands for this one: its source, unless the unit has changed the words."""
    row = _row_of(page)
    if row is None or row.is_own_by_now or not _is_public(row.source, page):
        return page
    return row.source


def origin_of(page: Any) -> Origin | None:
    """Who sent the page down; None for a page of the portal's own."""
    row = _row_of(page)
    if row is None:
        return None
    site = row.sender.site
    name = (site.site_name if site else "") or row.sender.display_name
    url = row.source.full_url if _is_public(row.source, page) else ""
    return Origin(name, url or "", row.is_own_by_now)
