"""What templates ask of pages sent down, and of news drawn up."""

from __future__ import annotations

from typing import Any

from django import template

from sitepages.sent.marks import Origin, canonical_page, origin_of

register = template.Library()


@register.simple_tag
def origin(page: Any) -> Origin | None:
    """Which portal sent the page down; None for one of its own, and where there is no page."""
    return origin_of(page) if page else None


@register.simple_tag
def canonical_address(page: Any) -> str:
    """The one address of a page's words: its source's where it was sent down and not changed."""
    return str(canonical_page(page).full_url or "") if page else ""
