"""Which address is a page's own: that of its source, for what was sent down to other portals."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from sitepages.frame.record import Frame
from sitepages.registers.public import has_left
from sitepages.sent.marks import canonical_page, origin_of

_UNCHANGED = Q(sent_from__changed_at__isnull=True)
#: How a page leads to its source, and what must hold besides: words a unit has changed are its own.
_SOURCES = {
    "alias_of": Q(),
    "articlepage__repost_of": _UNCHANGED | Q(sent_from__withdrawn_at__isnull=False),
    "sent_from__source": _UNCHANGED & Q(sent_from__withdrawn_at__isnull=True),
}


def source_of(page: Any, frame: Frame, today: Any) -> Any:
    """The page a page is a copy of, where everybody may see it; None for an original. A query for a copy."""
    first = canonical_page(page)
    if first.pk != page.pk:
        return None if has_left(page, today) else first
    if (origin := origin_of(page)) is not None and origin.changed_here:
        return None
    for name in ("alias_of", "repost_of"):
        if getattr(page, f"{name}_id", None):
            source = getattr(page, name)
            if source is not None and source.live and frame.is_open(source.path):
                return None if has_left(page, today) else source
    return None


def are_copies(frame: Frame) -> Q:
    """The same asked of many pages."""
    found = Q()
    for name, besides in _SOURCES.items():
        one = Q(**{f"{name}__live": True}) & besides
        for path in frame.closed:
            one &= ~Q(**{f"{name}__path__startswith": path})
        found |= one
    return found
