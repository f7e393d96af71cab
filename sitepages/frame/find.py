"""The page at an address, found by what the frame knows."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from wagtail.models import Page

from sitepages.frame.record import Frame, Place, model_of
from sitepages.vocabulary import sections

#: Where a page was sent from, read along with the page.
SENT = ("sent_from__source", "sent_from__sender__site")


def page_at(frame: Frame, parts: list[str]) -> Any:
    """The page at one or two parts of an address, as its own class; None where there is none."""
    place = frame.place(parts[0])
    if place is None:
        return None
    if len(parts) == 1:
        found = model_of(place).objects.filter(pk=place.pk).first()
        above = frame.home
    else:
        found = _child(place, parts[1])
        above = place.as_page()
    if found is not None:
        found._cached_parent_obj = above
    return found


def localized_page(frame: Frame, code: str, parts: list[str]) -> Any:
    """The page in another language at an address; None where it has none, and the original answers."""
    tongue = frame.tongues.get(code)
    if tongue is None:
        return None
    if not parts:
        return tongue.home
    place = tongue.place(parts[0])
    if place is None:
        return None
    found: Any = model_of(place).objects.filter(pk=place.pk).first() if len(parts) == 1 else place.as_page()
    above = tongue.home
    for slug in parts[1:]:
        above, found = found, _any(found, slug)
        if found is None:
            return None
    if found is None or not found.live:
        return None
    found._cached_parent_obj = above
    return found


def _child(place: Place, slug: str) -> Any:
    """The page of this name under a place; at once where a section takes but one kind."""
    above = place.as_page()
    kinds = _kinds(place)
    if len(kinds) == 1:
        model = apps.get_model("sitepages", kinds[0])
        wanted = getattr(model, "shown_with", ())
        if model.may_be_sent:
            wanted = (*wanted, *SENT)
        return model.objects.child_of(above).filter(slug=slug).select_related(*wanted).first() or _any(
            above, slug
        )
    return _any(above, slug)


def _any(above: Any, slug: str) -> Any:
    page = Page.objects.child_of(above).filter(slug=slug).first()
    return page.specific if page is not None else None


def _kinds(place: Place) -> tuple[str, ...]:
    if place.section == "articles":
        return ("ArticlePage",)
    section = sections().get(place.section)
    return section.accepts if section else ()
