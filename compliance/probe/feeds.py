"""Feeds and sitemaps into dated items. Bytes in, items out: nothing here opens an address."""

from __future__ import annotations

import calendar
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, ParseError

import feedparser
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from compliance.probe.dates import AHEAD, EARLIEST, LOCAL, find_dates
from compliance.probe.text import clean
from compliance.probe.types import Item

MOST_ENTRIES = 500
MOST_ADDRESSES = 5000
_HEAD = 1024
_DATES = ("published", "created", "updated")


def looks_like_xml(body: bytes, content_type: str) -> bool:
    """Whether to read it as a feed or a sitemap; XHTML is a page."""
    head = body[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<html" in head or "xhtml" in content_type:
        return False
    marks = (b"<rss", b"<feed", b"<rdf:rdf", b"<urlset", b"<sitemapindex")
    return any(mark in head for mark in marks) or (head.startswith(b"<?xml") and "html" not in content_type)


def is_sitemap(body: bytes) -> bool:
    """Whether it is a sitemap or an index of them."""
    return _sitemap_root(body) is not None


def feed_items(body: bytes, url: str, *, today: date) -> list[Item]:
    """The dated entries of an RSS or Atom feed; [] for what is none."""
    return [
        item
        for entry in _parsed(body).get("entries", [])[:MOST_ENTRIES]
        if (item := _item(entry, url, today))
    ]


def is_feed(body: bytes) -> bool:
    return bool(_parsed(body).get("version"))


def feed_home(body: bytes, url: str) -> str:
    """The page a feed says it is of."""
    return _join(url, str(_parsed(body).get("feed", {}).get("link", "")))


def sitemap_items(body: bytes, url: str, *, today: date) -> list[Item]:
    """The addresses of a sitemap with a date of last change."""
    root = _sitemap_root(body)
    items = []
    for place, changed in _addresses(root, "url"):
        days = find_dates(changed[:40], today=today)
        if days:
            items.append(
                Item(clean(place), _join(url, place), days[0], "sitemap", clean(f"{place} {changed}"))
            )
    return items


def sitemap_children(body: bytes, url: str) -> list[str]:
    """The sitemaps an index names."""
    return [_join(url, place) for place, _changed in _addresses(_sitemap_root(body), "sitemap")]


def _parsed(body: bytes) -> Any:
    if b"<!entity" in body.lower():
        return {}  # no feed needs entities of its own
    try:
        return feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    except Exception:  # a parser of other people's mistakes: whatever it trips over is no feed
        return {}


def _item(entry: Any, url: str, today: date) -> Item | None:
    day = _day(entry, today)
    if day is None:
        return None
    title = str(entry.get("title", ""))
    stated = next((text for name in _DATES if (text := _own(entry, name))), "")
    return Item(clean(title), _join(url, str(entry.get("link", ""))), day, "feed", clean(f"{title} {stated}"))


def _own(entry: Any, name: str) -> Any:
    """A value the entry really has: the library makes up some from others."""
    return dict.get(entry, name)


def _day(entry: Any, today: date) -> date | None:
    """The day of publication in Viet Nam, else of the last change."""
    for name in _DATES:
        if parsed := _own(entry, f"{name}_parsed"):
            try:
                day = datetime.fromtimestamp(calendar.timegm(parsed), UTC).astimezone(LOCAL).date()
            except (ValueError, OverflowError, OSError):
                continue
            if EARLIEST <= day <= today + AHEAD:
                return day
        if days := find_dates(str(_own(entry, name) or "")[:80], today=today):
            return days[0]
    return None


def _sitemap_root(body: bytes) -> Element | None:
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        return None
    return root if _name(root) in ("urlset", "sitemapindex") else None


def _addresses(root: Element | None, kind: str) -> Iterator[tuple[str, str]]:
    for number, child in enumerate(root if root is not None else ()):
        if number >= MOST_ADDRESSES:
            return
        if _name(child) == kind:
            parts = {_name(part): (part.text or "").strip() for part in child}
            if parts.get("loc"):
                yield parts["loc"], parts.get("lastmod", "")


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _join(base: str, place: str) -> str:
    try:
        return urljoin(base, place.strip())
    except ValueError:
        return ""
