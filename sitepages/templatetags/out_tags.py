"""What templates ask of what goes out."""

from __future__ import annotations

from typing import Any

from django import template

from sitepages.out import about
from sitepages.out.here import here_of

register = template.Library()


@register.simple_tag(takes_context=True)
def about_page(context: template.Context) -> about.About:
    """What the head of the current page tells machines."""
    listing = next(
        (each for name in ("records", "articles") if hasattr(each := context.get(name), "number")), None
    )
    return about.about_page(context.get("request"), context.get("page"), listing)


@register.simple_tag(takes_context=True)
def follow(context: template.Context) -> list[about.Follow]:
    """What may be subscribed to from the current page, its section's own first."""
    return about.follow(context.get("request"), context.get("page"))


@register.simple_tag(takes_context=True)
def section_feeds(context: template.Context) -> list[about.Follow]:
    """The feeds and calendars of the list shown; none elsewhere."""
    return about.follow(context.get("request"), context.get("page"))[:-2]


@register.simple_tag(takes_context=True)
def calendars(context: template.Context) -> list[Any]:
    """The calendars of the portal."""
    here = here_of(context.get("request"))
    return about.calendars(here) if here is not None else []
