"""What the frame of a page needs to know of its portal, read once a request and only when shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, Site

from theme import language

#: More entries than these do not fit a menu; more steps do not fit a trail.
MOST_IN_MENU, MOST_IN_TRAIL = 16, 5


@dataclass(frozen=True)
class Link:
    """A place to go; ``current`` is the value of ``aria-current``, empty elsewhere, and ``written_in`` the
    language of the title, empty where it is the portal's own."""

    title: str
    url: str
    current: str = ""
    written_in: str = ""


class Portal:
    """The portal that answers a request: its site, texts, menu, and the portals above and below."""

    def __init__(self, request: HttpRequest | None) -> None:
        config: Any = apps.get_app_config("sitepages")
        self.request = request
        self.code = language.shown_in(request)  # the language around the page
        self.prefix = language.tongues().prefix(self.code)
        self.frame = config.frame_of(request)  # what is kept of the portal; None where no site answers
        self.site: Site | None = Site.find_for_request(request)

    @cached_property
    def texts(self) -> Any:
        """The site's texts and colours; None where no site answers."""
        return self.frame.texts if self.frame else None

    @cached_property
    def authority(self) -> Any:
        """The body whose portal this is, with the body above it and its successor."""
        return self.frame.authority if self.frame else None

    @property
    def name(self) -> str:
        """The portal's name as its site carries it; in another language as its front page is called there."""
        if self.site is None:
            return ""
        if self.tongue is not None:
            return str(self.tongue.home.title)
        return self.site.site_name or (self.texts.organisation if self.texts else "") or self.site.hostname

    @property
    def home_url(self) -> str:
        """The front page's address."""
        if self.tongue is not None:
            return f"{self.prefix}/"
        return self.site.root_page.get_url(self.request) or "/" if self.site else "/"

    @cached_property
    def tongue(self) -> Any:
        """The portal's pages in the reader's language; None in its own, or where it has none."""
        return self.frame.tongues.get(self.code) if self.frame and self.prefix else None

    @property
    def in_language(self) -> list[Any]:
        """The sections in the reader's language that everybody may see."""
        places = self.tongue.places if self.tongue is not None else ()
        return [place for place in places if place.live and self.frame.is_open(place.path)]

    def said(self, name: str) -> tuple[str, str]:
        """A text of the portal, and the language it is in."""
        found: tuple[str, str] = self.texts.said(name, self.code) if self.texts else ("", self.code)
        return found

    def source(self, page: Any) -> Any:
        """What a translation was made from, where everybody may read it; asked once a page."""
        if not hasattr(page, "_theme_source"):
            config: Any = apps.get_app_config("sitepages")
            found = config.source_of(page)
            public = (
                found is not None and found.live and (self.frame is None or self.frame.is_open(found.path))
            )
            page._theme_source = found if public else None
        return page._theme_source

    def others(self, page: Any = None) -> list[language.Other]:
        """The other languages of what is being shown."""
        return language.others(self, self.request, page)

    def is_untranslated(self, page: Any) -> bool:
        """Whether a page stands within another language than its own."""
        return page is not None and language.text_in(page) != self.code

    @property
    def parent(self) -> Any:
        """The body above, when it has a portal of its own."""
        above = self.authority.parent if self.authority else None
        return above if above and above.site else None

    @property
    def has_ended(self) -> bool:
        """Whether the body was dissolved before today."""
        end = self.authority.valid_to if self.authority else None
        return end is not None and end < timezone.localdate()

    @cached_property
    def subportals(self) -> list[Any]:
        """The bodies in force directly under this one that have a portal, in order."""
        today = timezone.localdate()
        return [body for body in self.frame.subportals if body.is_in_force(today)] if self.frame else []

    @cached_property
    def alerts(self) -> list[Any]:
        """What everybody is told today, the most urgent first."""
        return self.frame.shown_notices(timezone.localdate()) if self.frame else []

    @cached_property
    def mourning(self) -> Any:
        """The mourning of today; None on other days."""
        return self.frame.mourning(timezone.localdate()) if self.frame else None

    @property
    def crest(self) -> Any:
        """The portal's own crest; None where the drawn emblem stands."""
        return self.frame.crest if self.frame else None

    @property
    def tasks(self) -> Any:
        """What people look for."""
        found = self.frame.tasks if self.frame else ()
        return [replace(task, url=self._here(task.url)) for task in found] if self.prefix else found

    def _here(self, url: str) -> str:
        """An address of the portal's own within the reader's language."""
        return str(language.tongues().twin(url, self.code)) if url.startswith("/") else url

    def section(self, code: str) -> Link | None:
        """Where a section is; None where the portal has none."""
        place = self.frame.section(code) if self.frame else None
        return self._link(place) if place else None

    def _link(self, place: Any, current: str = "") -> Link:
        """To a place in the reader's language where it has one, else to it within that language."""
        told = self.tongue.pages.get(place.key) if self.tongue is not None else None
        if told is not None and self.frame.is_open(told.path):
            return Link(told.title, told.url, current, self.code)
        name = getattr(place, "name", place.title)
        known = self.code if name != place.title else language.text_in(place)
        return Link(name, self._here(place.url), current, known)

    def open_only(self, pages: Any) -> Any:
        """The pages that everybody may see."""
        return self.frame.open_only(pages) if self.frame else pages.public()

    def name_of(self, page: Any) -> Link:
        """What a page is called in the reader's language: a section as the vocabulary names it."""
        place = self.frame.holder(page.path) if self.frame and self.prefix and page.path else None
        if place is not None and place.path == page.path:
            return self._link(place)
        return Link(page.title, "", "", language.text_in(page))

    def menu(self, page: Any = None) -> list[Link]:
        """The sections in the main menu, the one that holds ``page`` marked. A long menu ends in the map."""
        here = getattr(page, "path", "") or ""
        places = [place for place in self._places if self._in_menu(place)]
        if self.tongue is not None:  # what is written in the reader's language, then where the rest is
            rest = (self.frame.section("articles"), self.frame.section("map"))
            places = [
                *(place for place in self.tongue.places if self._in_menu(place)),
                *filter(None, rest),
            ]
        if len(places) > MOST_IN_MENU:
            places = [*places[: MOST_IN_MENU - 1], *(each for each in self._places if each.section == "map")]
        links = []
        for place in places:
            current = "page" if here == place.path else "true" if here.startswith(place.path) else ""
            links.append(self._link(place, current))
        return links

    def _in_menu(self, place: Any) -> bool:
        return bool(place.live and place.in_menu and self.frame.is_open(place.path))

    @property
    def _places(self) -> Any:
        return self.frame.places if self.frame else ()

    def trail(self, page: Any) -> list[Link]:
        """The way from the front page to ``page``, which comes last; empty on the front page itself."""
        path = getattr(page, "path", "") or ""
        root = self.site.root_page if self.site else None
        if self.tongue is not None and path.startswith(self.tongue.home.path):
            root = self.tongue.home
        if root is None or not path.startswith(root.path) or path == root.path:
            return []
        last = Link(page.title, page.get_url(self.request) or "", "page", language.text_in(page))
        holder = self.frame.holder(path) if self.frame else None
        if holder is not None and len(path) - len(holder.path) <= page.steplen:
            return [last] if holder.path == path else [self._link(holder), last]
        above = Page.objects.ancestor_of(page).filter(depth__gt=root.depth).order_by("depth")
        links = [
            Link(step.title, self._here(step.get_url(self.request) or ""), "", language.text_in(step))
            for step in above
        ]
        if len(links) > MOST_IN_TRAIL:
            links = [*links[:1], Link("…", ""), *links[-(MOST_IN_TRAIL - 1) :]]
        return [*links, last]


def portal_of(request: HttpRequest | None) -> Portal:
    """The request's portal, made once and kept on the request."""
    if request is None:
        return Portal(None)
    if not hasattr(request, "_theme_portal"):
        request._theme_portal = Portal(request)  # type: ignore[attr-defined]
    return request._theme_portal  # type: ignore[attr-defined]
