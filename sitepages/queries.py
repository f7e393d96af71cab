"""Reads: which portal a page belongs to, and what its front page shows."""

from __future__ import annotations

import datetime
from typing import Any

from django.apps import apps
from django.db.models import Count, Max, QuerySet
from django.db.models.functions import Substr
from wagtail.models import Page

from sitepages import tongues
from sitepages.registers.public import public_now


def _model(name: str) -> Any:
    return apps.get_model("sitepages", name)


def authority_of(page: Page) -> Any:
    """The authority whose site holds the page, in whatever language; None outside every site.

    The front page in another language shares the key of the site's own.
    """
    step = page.steplen
    prefixes = [page.path[:end] for end in range(step, len(page.path) + 1, step)]
    keys = Page.objects.filter(path__in=prefixes).values("translation_key")
    return (
        _model("Authority")
        .objects.filter(site__root_page__translation_key__in=keys)
        .select_related("site", "tier")
        .order_by("-site__root_page__depth")
        .first()
    )


def homes_of(units: QuerySet) -> dict[str, int]:
    """The units by the paths of their front pages, those in other languages too."""
    keys = dict(units.filter(site__isnull=False).values_list("site__root_page__translation_key", "pk"))
    rows = Page.objects.filter(translation_key__in=keys).values_list("path", "translation_key")
    return {path: keys[key] for path, key in rows}


def source_of(page: Page) -> Any:
    """What a translation was made from, as its own class; None for what is no translation."""
    if not tongues.is_translation(page):
        return None
    found = type(page).objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    return found.filter(locale__language_code=tongues.default()).first()


def section_page(authority: Any, section: str) -> Any:
    """The page of a section on an authority's site; None when it was never made."""
    if authority.site_id is None:
        return None
    return (
        _model("SectionPage")
        .objects.descendant_of(authority.site.root_page)
        .filter(section=section)
        .order_by("path")
        .first()
    )


def article_index(authority: Any) -> Any:
    """The article index of an authority's site; None when it was never made."""
    if authority.site_id is None:
        return None
    return _model("ArticleIndexPage").objects.child_of(authority.site.root_page).order_by("path").first()


def records_below(home: Page, today: datetime.date) -> dict[str, tuple[int, datetime.datetime | None]]:
    """How many public records stand under each page of a portal, and when the newest came: by path."""
    depth, length = home.depth + 2, len(home.path) + home.steplen
    rows = (
        public_now(Page.objects.descendant_of(home).filter(depth=depth).public(), today)
        .annotate(place=Substr("path", 1, length))
        .order_by()
        .values_list("place")
        .annotate(count=Count("pk"), newest=Max("first_published_at"))
    )
    return {place: (count, newest) for place, count, newest in rows}


def subportals(authority: Any) -> QuerySet:
    """The portals directly under an authority's, in order, with their sites."""
    return authority.children.filter(site__isnull=False).select_related("site")
