"""Where everything on a portal is: for search engines, and for people."""

from __future__ import annotations

import zlib
from functools import cached_property
from typing import Any

from django.core.cache import cache
from django.core.paginator import InvalidPage, Paginator
from django.db.models import Count, Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page

from sitepages import tongues
from sitepages.frame.store import mark
from sitepages.out.answers import answered
from sitepages.out.copies import are_copies
from sitepages.out.here import Here, here_or_404
from sitepages.out.tree import tree_of

XML = "application/xml; charset=utf-8"
KEPT_SECONDS = 3600


class PortalSitemap(Sitemap):
    """The public pages of one portal, each under its own address; copies stand where their source is."""

    limit = 5000

    def __init__(self, here: Here) -> None:
        super().__init__()
        self.here = here

    @cached_property
    def paginator(self) -> Paginator:
        """The library makes one anew for each question, and counts again with each."""
        return Paginator(self.items(), self.limit)

    def items(self) -> QuerySet:
        pages = self.here.public(Page.objects.all()).exclude(are_copies(self.here.frame))
        return pages.only("path", "url_path", "last_published_at", "translation_key").order_by("path")

    @cached_property
    def translations(self) -> dict[str, dict[str, str]]:
        """Under the key that translations share: by language, where each public one is. No query."""
        frame = self.here.frame
        found: dict[str, dict[str, str]] = {}
        for code, tongue in frame.tongues.items():
            for key, page in tongue.pages.items():
                if frame.is_open(page.path):
                    found.setdefault(key, {})[code] = page.url
        return found

    def alternates(self, key: str, original: str = "") -> list[dict[str, str]]:
        """A page in every language, its own among them: ``lang_code`` and ``location``; none in one alone."""
        there = {tongues.default(): original} if original else {}
        there |= self.translations.get(key, {})
        told = [{"lang_code": code, "location": self.here.address(url)} for code, url in there.items()]
        return told if len(told) > 1 else []

    def entries(self, number: int) -> list[dict[str, Any]]:
        """One part, as the template of the library writes it out; translations stand in the last one."""
        try:
            rows = self.paginator.page(number).object_list
        except InvalidPage as error:
            raise Http404 from error
        found = []
        for page in rows:
            moment, path = page.last_published_at, self.here.path_of(page)
            found.append(
                {
                    "location": self.here.address(path),
                    "lastmod": timezone.localtime(moment) if moment else None,
                    "alternates": self.alternates(str(page.translation_key), path),
                }
            )
        return found + (self._translated() if number == self.paginator.num_pages else [])

    def _translated(self) -> list[dict[str, Any]]:
        if not self.translations:
            return []
        there = self.items().filter(translation_key__in=self.translations)
        originals = {str(page.translation_key): self.here.path_of(page) for page in there}
        return [
            {"location": self.here.address(url), "alternates": self.alternates(key, originals.get(key, ""))}
            for key, pages in self.translations.items()
            for url in pages.values()
        ]


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The pages of the portal; their parts, when they are too many for one file."""
    here = here_or_404(request)
    asked = request.GET.get("p", "")
    if asked and not (asked.isascii() and asked.isdecimal() and len(asked) <= 6):
        raise Http404
    found = PortalSitemap(here)
    state = found.items().order_by().aggregate(number=Count("pk"), latest=Max("last_published_at"))
    found.paginator.count = state["number"]  # known already, and not asked again
    token = mark()
    key = f"sitemap:{token}:{here.frame.site.pk}:{asked}:{state['number']}:{state['latest']}".replace(" ", "")
    kept: bytes | None = cache.get(key) if token else None
    if kept is None:
        kept = zlib.compress(_written(found, asked).encode(), 1)
        cache.set(key, kept, KEPT_SECONDS)
    latest = state["latest"]
    moment = int(latest.timestamp()) if latest else None
    answer = answered(request, zlib.decompress(kept), XML, moment=moment)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _written(found: PortalSitemap, asked: str) -> str:
    parts = found.paginator.num_pages
    if parts > 1 and not asked:
        address = found.here.address(reverse("out:sitemap"))
        sites = [{"location": f"{address}?p={number}"} for number in range(1, parts + 1)]
        return render_to_string("sitemap_index.xml", {"sitemaps": sites})
    return render_to_string("sitemap.xml", {"urlset": found.entries(int(asked or 1))})


@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """The same for people: everything on one page, by group."""
    here = here_or_404(request)
    with translation.override("vi"):
        return render(request, "maps/tree.html", tree_of(here))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What machines may read, and where the map is."""
    here = here_or_404(request)
    lines = ["User-agent: *", f"Disallow: {reverse('wagtailadmin_home')}", ""]
    lines.append(f"Sitemap: {here.address(reverse('out:sitemap'))}")
    return answered(request, ("\n".join(lines) + "\n").encode(), "text/plain; charset=utf-8")
