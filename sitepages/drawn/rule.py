"""The rule by which news is drawn up, with the places it is drawn from, as the frame keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps

from sitepages.vocabulary import drawable_sections

ARTICLES = "news"


@dataclass(frozen=True)
class Source:
    """A portal below: enough to say whose an item is, and to link to it."""

    authority: Any
    root: str
    url_path: str
    address: str
    places: tuple[int, ...]


@dataclass(frozen=True)
class Drawn:
    """What is drawn, and how much of it the front page shows."""

    sources: tuple[Source, ...] = ()
    shown: bool = False
    days: int = 30
    items: int = 6
    per_unit: int = 2

    @property
    def is_shown(self) -> bool:
        """Whether the front page has a part for it."""
        return self.shown and bool(self.sources)


NOTHING_DRAWN = Drawn()


def drawn_from(texts: Any, subportals: tuple[Any, ...]) -> Drawn:
    """The rule of a portal's settings; two queries where portals stand below, none elsewhere."""
    if not subportals:
        return NOTHING_DRAWN
    offered = {section.code for section in drawable_sections()}
    wanted = [code for code in texts.drawn_sections or () if code in offered]
    chosen = set(texts.drawn_units or ())
    units = [unit for unit in subportals if not chosen or unit.code in chosen]
    places = _places(wanted, {unit.site.root_page.path for unit in units})
    return Drawn(
        sources=tuple(
            Source(
                authority=unit,
                root=unit.site.root_page.path,
                url_path=unit.site.root_page.url_path,
                address=unit.site.root_url,
                places=tuple(places.get(unit.site.root_page.path, ())),
            )
            for unit in units
        ),
        shown=texts.drawn_shown,
        days=texts.drawn_days,
        items=texts.drawn_items,
        per_unit=texts.drawn_per_unit,
    )


def _places(sections: list[str], roots: set[str]) -> dict[str, list[int]]:
    """The public pages of these sections, by the path of their portal's front page."""
    found: dict[str, list[int]] = {}
    pages = apps.get_model("sitepages", "SectionPage").objects.live().filter(section__in=sections)
    rows = list(pages.values_list("path", "pk"))
    if ARTICLES in sections:
        indexes = apps.get_model("sitepages", "ArticleIndexPage").objects.live()
        rows += indexes.values_list("path", "pk")
    for path, pk in rows:
        root = path[:-4]
        if root in roots:
            found.setdefault(root, []).append(pk)
    return found
