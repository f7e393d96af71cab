"""What the frame of a page needs to know of its portal, read once a request and only when shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, Site


@dataclass(frozen=True)
class Link:
    """A place to go; ``current`` is the value of ``aria-current``, empty elsewhere."""

    title: str
    url: str
    current: str = ""


class Portal:
    """The portal that answers a request: its site, texts, menu, and the portals above and below."""

    def __init__(self, request: HttpRequest | None) -> None:
        self.request = request
        self.site: Site | None = Site.find_for_request(request)

    @cached_property
    def texts(self) -> Any:
        """The site's texts and colours; None where no site answers."""
        if self.site is None:
            return None
        return apps.get_model("sitepages", "SiteSettings").for_request(self.request)

    @cached_property
    def authority(self) -> Any:
        """The body whose portal this is, with the body above it and its successor."""
        if self.site is None:
            return None
        bodies = apps.get_model("sitepages", "Authority").objects
        return bodies.filter(site=self.site).select_related("parent__site", "successor__site").first()

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
        if self.authority is None:
            return []
        children = self.authority.children.in_force(timezone.localdate())
        return list(children.filter(site__isnull=False).select_related("site"))

    @cached_property
    def _menu_pages(self) -> list[Page]:
        if self.site is None:
            return []
        return list(Page.objects.child_of(self.site.root_page).live().in_menu().order_by("path"))

    def menu(self, page: Any = None) -> list[Link]:
        """The sections in the main menu; the one that holds ``page`` is marked."""
        here = getattr(page, "path", "") or ""
        links = []
        for item in self._menu_pages:
            current = "page" if here == item.path else "true" if here.startswith(item.path) else ""
            links.append(Link(item.title, item.get_url(self.request) or "", current))
        return links

    def trail(self, page: Any) -> list[Link]:
        """The way from the front page to ``page``, which comes last; empty on the front page itself."""
        path = getattr(page, "path", "") or ""
        root = self.site.root_page if self.site else None
        if root is None or not path.startswith(root.path) or path == root.path:
            return []
        above = Page.objects.ancestor_of(page).filter(depth__gt=root.depth).order_by("depth")
        links = [Link(step.title, step.get_url(self.request) or "") for step in above]
        return [*links, Link(page.title, page.get_url(self.request) or "", "page")]


def portal_of(request: HttpRequest | None) -> Portal:
    """The request's portal, made once and kept on the request."""
    if request is None:
        return Portal(None)
    if not hasattr(request, "_theme_portal"):
        request._theme_portal = Portal(request)  # type: ignore[attr-defined]
    return request._theme_portal  # type: ignore[attr-defined]
