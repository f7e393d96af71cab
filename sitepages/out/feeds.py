"""The newest records of a portal or of one of its sections, as RSS and as Atom."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from html import escape
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import feedgenerator, translation
from django.utils.http import parse_http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from sitepages.frame.record import Place
from sitepages.out.answers import answered
from sitepages.out.here import Here, here_or_404, section_named, updated, with_changes
from sitepages.out.summary import shortened, summary_of

NEWEST = 30
LONGEST_TITLE = 255


@dataclass(frozen=True)
class Source:
    """What a feed is of: a whole portal, or one place of it."""

    here: Here
    place: Place | None
    address: str

    @property
    def top(self) -> Any:
        return self.place or self.here.frame.home

    def records(self) -> list[Any]:
        """The newest public records with when they changed: as many queries as there are kinds."""
        path = self.top.path
        depth = len(self.here.frame.home.path) // Page.steplen + 2
        listed = self.here.public(Page.objects.filter(path__startswith=path, depth=depth))
        listed = listed.filter(first_published_at__isnull=False).order_by("-first_published_at", "-pk")
        newest = list(listed.values_list("pk", flat=True)[:NEWEST])
        pages: Any = with_changes(Page.objects.filter(pk__in=newest))
        found = {page.pk: page for page in pages.specific()}
        return [found[pk] for pk in newest if pk in found]


def tag(what: str) -> str:
    """A name that stays when addresses change (RFC 4151)."""
    return f"tag:{settings.PORTAL_HOST},2021:{what}"


class _SteadyMixin:
    """An empty feed changes no more than a full one: it is as old as the portal."""

    def latest_post_date(self: Any) -> datetime.datetime:
        if not self.items:
            return datetime.datetime(2021, 1, 1, tzinfo=datetime.UTC)
        latest: datetime.datetime = super().latest_post_date()  # type: ignore[misc]
        return latest


class Rss(_SteadyMixin, feedgenerator.Rss201rev2Feed):
    content_type = "application/rss+xml; charset=utf-8"


class Atom(_SteadyMixin, feedgenerator.Atom1Feed):
    content_type = "application/atom+xml; charset=utf-8"


class Records(Feed):
    """A feed of records; guids are the pages' own numbers, so that a renamed page is not told twice."""

    item_guid_is_permalink = False
    language = "vi"

    def __init__(self, kind: type) -> None:
        self.feed_type = kind

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Source:
        here = here_or_404(request)
        slug = kwargs.get("section", "")
        if not slug:
            return Source(here, None, here.address(request.path))
        section = section_named(slug)
        place = here.place(section) if section is not None else None
        if place is None:
            raise Http404
        return Source(here, place, here.address(request.path))

    def title(self, source: Source) -> str:
        name = source.here.name
        return shortened(f"{source.place.title} – {name}" if source.place else name, LONGEST_TITLE)

    def link(self, source: Source) -> str:
        return source.here.address(source.place.url if source.place else "/")

    def feed_url(self, source: Source) -> str:
        return source.address

    def feed_guid(self, source: Source) -> str:
        return tag(f"feed/{source.top.pk}")

    def description(self, source: Source) -> str:
        return _("What was published last: %(what)s") % {"what": self.title(source)}

    subtitle = description

    def items(self, source: Source) -> list[Any]:
        records = source.records()
        for record in records:
            record.source = source
        return records

    def item_title(self, item: Any) -> str:
        return shortened(item.title, LONGEST_TITLE)

    def item_description(self, item: Any) -> str:
        return escape(summary_of(item), quote=False)  # readers take it for HTML

    def item_link(self, item: Any) -> str:
        return item.source.here.address(item.source.here.path_of(item))

    def item_guid(self, item: Any) -> str:
        return tag(f"page/{item.pk}")

    def item_pubdate(self, item: Any) -> datetime.datetime:
        return item.first_published_at

    def item_updateddate(self, item: Any) -> datetime.datetime:
        return updated(item)

    def item_categories(self, item: Any) -> list[str]:
        holder = item.source.here.frame.holder(item.path)
        return [holder.title] if holder is not None else []


_FEEDS = {"rss": Records(Rss), "atom": Records(Atom)}


@require_safe
def feed(request: HttpRequest, kind: str, section: str = "") -> HttpResponse:
    """A feed, in Vietnamese."""
    with translation.override("vi"):
        found = _FEEDS[kind](request, section=section)
    moment = parse_http_date(found["Last-Modified"]) if found.has_header("Last-Modified") else None
    return answered(request, found.content, found["Content-Type"], moment=moment)
