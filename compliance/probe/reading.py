"""One answer read: page, feed or sitemap, into what it shows. Bytes in, facts out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from compliance.probe.extract import (
    feed_links,
    is_gone,
    item_ahead,
    needs_script,
    newest_item,
    page_items,
    shows_nothing,
)
from compliance.probe.feeds import (
    feed_home,
    feed_items,
    is_feed,
    is_sitemap,
    looks_like_xml,
    sitemap_children,
    sitemap_items,
)
from compliance.probe.markup import UnreadableError, flatten, parse
from compliance.probe.text import clean
from compliance.probe.types import Fetched, Item


@dataclass(frozen=True)
class Reading:
    """What an answer shows. ``empty``: it was read and there is nothing; ``error``: why one cannot tell."""

    newest: Item | None = None
    ahead: Item | None = None
    empty: bool = False
    error: str = ""
    text: str = ""
    feeds: tuple[str, ...] = ()
    home: str = ""  # of a feed: the page it is of


@dataclass(frozen=True)
class SitemapReading:
    """The dated addresses of a sitemap, and the sitemaps an index names."""

    items: tuple[Item, ...] = field(default=())
    children: tuple[str, ...] = field(default=())


def read(answer: Fetched, today: date) -> Reading:
    """A section's page, or the feed or sitemap it was given by."""
    if looks_like_xml(answer.body, answer.content_type):
        return _read_xml(answer, today)
    try:
        page = flatten(parse(answer.body, answer.charset), answer.final_url)
    except (UnreadableError, RecursionError):
        return Reading(error="unreadable")
    text = clean(page.text(page.whole))
    if is_gone(page):
        return Reading(error="not_found", text=text)
    items = page_items(page, today=today)
    item = newest_item(items, today=today)
    feeds = tuple(feed_links(page))
    if item is not None:
        return Reading(item, item_ahead(items, today=today), text=text, feeds=feeds)
    if needs_script(page):
        return Reading(error="needs_script", text=text, feeds=feeds)
    return Reading(empty=shows_nothing(page), text=text, feeds=feeds)


def read_sitemap(answer: Fetched, today: date) -> SitemapReading:
    """A sitemap or an index of sitemaps; nothing of what is neither."""
    return SitemapReading(
        tuple(sitemap_items(answer.body, answer.final_url, today=today)),
        tuple(sitemap_children(answer.body, answer.final_url)),
    )


def _read_xml(answer: Fetched, today: date) -> Reading:
    if is_sitemap(answer.body):
        items = sitemap_items(answer.body, answer.final_url, today=today)
        return Reading(newest_item(items, today=today))
    items = feed_items(answer.body, answer.final_url, today=today)
    if not items and not is_feed(answer.body):
        return Reading(error="unreadable")
    return Reading(
        newest_item(items, today=today), empty=not items, home=feed_home(answer.body, answer.final_url)
    )
