"""Where a page stands: the unit and the duty its record belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sitepages.models import ArticleIndexPage, Authority, SectionPage
from sitepages.models.base import BasePage

NEWS = "news"


@dataclass(frozen=True)
class Place:
    """A unit's id and the section of its site."""

    authority: int
    section: str


class Places:
    """Finds the place of any page by its path: three queries, however many pages are asked for."""

    def __init__(self, paths: Iterable[str] | None = None) -> None:
        """`paths` of the pages to be asked for, to read only what they need."""
        wanted = None if paths is None else {path[:end] for path in paths for end in range(4, len(path), 4)}
        sections, indexes = SectionPage.objects.all(), ArticleIndexPage.objects.all()
        homes = Authority.objects.filter(site__isnull=False)
        if wanted is not None:
            sections, indexes = sections.filter(path__in=wanted), indexes.filter(path__in=wanted)
            homes = homes.filter(site__root_page__path__in=wanted)
        self._sections = dict(sections.values_list("path", "section"))
        self._sections |= dict.fromkeys(indexes.values_list("path", flat=True), NEWS)
        self._homes = dict(homes.values_list("site__root_page__path", "pk"))

    def of(self, page: BasePage) -> Place | None:
        """The place of a page under a section; None for any other page."""
        section = self._sections.get(page.path[: -page.steplen])
        if section is None:
            return None
        for end in range(len(page.path) - page.steplen, 0, -page.steplen):
            authority = self._homes.get(page.path[:end])
            if authority is not None:
                return Place(authority, section)
        return None
