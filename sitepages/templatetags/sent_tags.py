"""What templates ask of pages sent down, and of news drawn up."""

from __future__ import annotations

from typing import Any

from django import template

from sitepages.sent.marks import Origin, origin_of

register = template.Library()


@register.simple_tag
def origin(page: Any) -> Origin | None:
    """Which portal sent the page down; None for one of its own, and where there is no page."""
    return origin_of(page) if page else None
