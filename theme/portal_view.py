"""What the frame of a page needs to know of its portal, read once a request and only when shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, Site

#: More entries than these do not fit a menu; more steps do not fit a trail.
MOST_IN_MENU, MOST_IN_TRAIL = 16, 5


@dataclass(frozen=True)
class Link:
    """A place to go; ``current`` is the value of ``aria-current``, empty elsewhere."""

    title: str
    url: str
    current: str = ""


class Portal:
    """The portal that answers a request: its site, texts, menu, and the portals above and below."""

    def __init__(self, request: HttpRequest | None) -> None:
        config: Any = apps.get_app_config("sitepages")
        self.request = request
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
        """The portal's name as its site carries it."""
        if self.site is None:
            return ""
        return self.site.site_name or (self.texts.organisation if self.texts else "") or self.site.hostname

    @property
    def home_url(self) -> str:
        """The front page's address."""
        return self.site.root_page.get_url(self.request) or "/" if self.site else "/"

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
        return self.frame.tasks if self.frame else ()

    def section(self, code: str) -> Link | None:
        """Where a section is; None where the portal has none."""
        place = self.frame.section(code) if self.frame else None
        return Link(place.title, place.url) if place else None

    def open_only(self, pages: Any) -> Any:
        """The pages that everybody may see."""
        return self.frame.open_only(pages) if self.frame else pages.public()

    def menu(self, page: Any = None) -> list[Link]:
        """The sections in the main menu, the one that holds ``page`` marked. A long menu ends in the map."""
        here = getattr(page, "path", "") or ""
        places = [place for place in self._places if place.live and place.in_menu]
        if len(places) > MOST_IN_MENU:
            places = [*places[: MOST_IN_MENU - 1], *(each for each in self._places if each.section == "map")]
        links = []
        for place in places:
            current = "page" if here == place.path else "true" if here.startswith(place.path) else ""
            links.append(Link(place.title, place.url, current))
        return links

    @property
    def _places(self) -> Any:
        return self.frame.places if self.frame else ()

    def trail(self, page: Any) -> list[Link]:
        """The way from the front page to ``page``, which comes last; empty on the front page itself."""
        path = getattr(page, "path", "") or ""
        root = self.site.root_page if self.site else None
        if root is None or not path.startswith(root.path) or path == root.path:
            return []
        last = Link(page.title, page.get_url(self.request) or "", "page")
        holder = self.frame.holder(path) if self.frame else None
        if holder is not None and len(path) - len(holder.path) <= page.steplen:
            return [last] if holder.path == path else [Link(holder.title, holder.url), last]
        above = Page.objects.ancestor_of(page).filter(depth__gt=root.depth).order_by("depth")
        links = [Link(step.title, step.get_url(self.request) or "") for step in above]
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
