"""The dated items of a page, and whether it shows anything at all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from bs4 import Tag

from compliance.probe.dates import find_dates, newest
from compliance.probe.markup import Page, Span, join
from compliance.probe.text import clean, fold
from compliance.probe.types import Item

MOST_HITS = 2000
_ROW = 1200  # characters a row may hold; more is a list or a page
_FEW_LINKS = 6
_NEAR = 4  # pieces of text between a date and its link in a list without rows
_CLIMB = 8
_LIST_TAGS = {"li", "tr", "td", "dd", "dt", "article"}
_LABEL = re.compile(
    r"(ngay dang|ngay cap nhat|cap nhat|dang ngay|dang luc|ngay xuat ban|xuat ban|ngay ban hanh|ngay tao"
    r"|published|posted|updated)(?: tin| bai| luc| ngay)?\s*:?\s*"
    r"(?:thu \w+|chu nhat)?[\s,|:\dh]*(?:ngay\s*)?$"
)
_EMPTY = re.compile(
    r"dang (?:duoc )?cap nhat|chua co (?:du lieu|noi dung|bai viet|tin|thong tin)"
    r"|khong co (?:du lieu|bai viet|ban ghi)|khong tim thay (?:du lieu|ket qua|ban ghi)"
    r"|noi dung dang xay dung|no (?:data|records|items)"
)
_GONE = re.compile(r"\b404\b|khong tim thay trang|trang khong ton tai|khong ton tai|page not found")
_META = (
    "article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "pubdate",
    "publishdate",
)
_THIN = 60


def page_items(page: Page, *, today: date) -> list[Item]:
    """Every dated item of the page, in no order."""
    return [*_machine(page, today), *_seen(page, today)]


def newest_item(items: list[Item], *, today: date) -> Item | None:
    """The newest that has been; when all lie ahead, the nearest. A named one wins over a nameless."""
    day = newest([item.date for item in items], today=today)
    return max((item for item in items if item.date == day), key=lambda item: bool(item.title), default=None)


def item_ahead(items: list[Item], *, today: date) -> Item | None:
    """The nearest that is still to come: a plan of next week shows that the page is kept."""
    return min((item for item in items if item.date > today), key=lambda item: item.date, default=None)


def shows_nothing(page: Page) -> bool:
    """Whether the page says, or shows, that there is nothing."""
    length = page.length(page.whole)
    if length < _ROW and _EMPTY.search(fold(page.text(page.whole))):
        return True
    bare = length < _THIN and not page.link_count(page.whole)
    return bare and page.soup.find(["img", "iframe", "object", "embed", "video"]) is None


def needs_script(page: Page) -> bool:
    """Whether the content is only made in a browser."""
    return page.length(page.whole) < _THIN and page.soup.find("script") is not None


def is_gone(page: Page) -> bool:
    """A page that says it is not there, though the server says it is."""
    heading = page.soup.find("h1")
    said = f"{page.title} {heading.get_text(' ')[:200] if isinstance(heading, Tag) else ''}"
    return page.length(page.whole) < _ROW and bool(_GONE.search(fold(said)))


def feed_links(page: Page) -> list[str]:
    """The feeds a page names."""
    found = page.soup.find_all(
        "link", rel="alternate", href=True, type=re.compile(r"(rss|atom)\+xml"), limit=5
    )
    return [place for link in found if isinstance(link, Tag) and (place := join(page.url, str(link["href"])))]


def _machine(page: Page, today: date) -> Iterator[Item]:
    """Dates written for machines: of the page itself, and of what its data lists."""
    for meta in page.soup.find_all("meta", content=True, limit=200):
        name = str(meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name in _META:
            for day in find_dates(str(meta["content"])[:60], today=today)[:1]:
                yield Item(page.title, page.url, day, "meta", clean(str(meta["content"])))
    for script in page.soup.find_all("script", type="application/ld+json", limit=20):
        for node in _nodes(script.get_text()):
            for day in find_dates(str(node.get("datePublished", ""))[:60], today=today)[:1]:
                title = node.get("headline") or node.get("name") or page.title
                place = join(page.url, str(node.get("url") or "")) or page.url
                yield Item(
                    clean(str(title)), place, day, "json-ld", clean(f"{title} {node['datePublished']}")
                )


def _nodes(text: str) -> Iterator[dict[str, Any]]:
    try:
        waiting: list[Any] = [json.loads(text[:300_000])]
    except (ValueError, RecursionError):
        return
    seen = 0
    while waiting and seen < MOST_HITS:
        node = waiting.pop()
        seen += 1
        if isinstance(node, dict):
            yield node
            waiting.extend(value for value in node.values() if isinstance(value, dict | list))
        elif isinstance(node, list):
            waiting.extend(node)


def _seen(page: Page, today: date) -> Iterator[Item]:
    """Dates a reader sees beside a link, or after words like “updated on”."""
    hits = 0
    for element, span, stated in _dated(page, today):
        hits += 1
        if hits > MOST_HITS:
            return
        row = _row(page, element)
        if row is None:
            if stated.labelled or stated.machine:
                yield Item(page.title, page.url, stated.day, "label", clean(page.text(span)))
            continue
        tag, around = row
        if stated.day == today and not (stated.machine or stated.labelled or _is_listed(page, tag)):
            continue  # the clock of the page
        link = _link_of(page, around, span)
        if link is None:
            if stated.labelled:
                yield Item(page.title, page.url, stated.day, "label", clean(page.text(span)))
            continue
        small = page.link_count(around) <= _FEW_LINKS and page.length(around) <= _ROW
        days = find_dates(page.text(around), today=today) if small else []
        day = newest([*days, stated.day], today=today) or stated.day
        yield Item(link[0], link[1], day, "time" if stated.machine else "row", clean(page.text(around)))


class _Stated:
    """A date as it stands on the page."""

    def __init__(self, day: date, *, machine: bool, labelled: bool) -> None:
        self.day, self.machine, self.labelled = day, machine, labelled


def _dated(page: Page, today: date) -> Iterator[tuple[Tag, Span, _Stated]]:
    """Every place with a date: ``<time datetime>``, one run of text, or a few short ones that make a date."""
    tried: set[int] = set()
    for time in page.soup.find_all("time", datetime=True, limit=MOST_HITS):
        span = page.span(time)
        days = find_dates(str(time["datetime"])[:60], today=today)
        if span is not None and days:
            tried.add(id(time))
            yield time, span, _Stated(days[0], machine=True, labelled=False)
    for number, piece in enumerate(page.pieces):
        if id(piece.parent) in tried or not any(char.isdigit() for char in piece.text):
            continue
        span = Span(number, number + 1)
        days = find_dates(piece.text, today=today)
        element: Tag = piece.parent
        if not days and len(piece.text) <= 12:
            element, span, days = _joined(page, piece.parent, tried, today)
        day = newest(days, today=today)
        if day is not None:
            before = Span(max(0, span.first - 2), span.last)
            yield (
                element,
                span,
                _Stated(day, machine=False, labelled=_is_labelled(page.text(before))),
            )


def _joined(page: Page, element: Tag, tried: set[int], today: date) -> tuple[Tag, Span, list[date]]:
    """A date torn over neighbouring elements, as boxes with day and month are."""
    here: Tag | None = element
    for _step in range(2):
        here = here.parent if here is not None else None
        span = page.span(here) if here is not None else None
        if here is None or span is None or page.length(span) > 40:
            break
        if id(here) in tried:
            break
        tried.add(id(here))
        if days := find_dates(page.text(span), today=today):
            return here, span, days
    return element, Span(0, 0), []


def _is_labelled(text: str) -> bool:
    """Whether words like “updated on” stand right before the date."""
    plain = fold(text)
    for match in re.finditer(r"\d{1,4}\s?(?:[/.-]|thang)", plain):
        if _LABEL.search(plain[max(0, match.start() - 60) : match.start()]):
            return True
    return False


def _row(page: Page, element: Tag) -> tuple[Tag, Span] | None:
    """The smallest element around a date that also holds a link."""
    here: Tag | None = element
    for _step in range(_CLIMB):
        span = page.span(here) if here is not None else None
        if here is None or span is None:
            return None
        if page.link_count(span):
            return here, span
        here = here.parent
    return None


def _is_listed(page: Page, tag: Tag) -> bool:
    """Whether the element is a row: by its name, or because a neighbour is built alike."""
    if tag.name in _LIST_TAGS:
        return True
    shape = (tag.name, tuple(tag.get_attribute_list("class")))
    for neighbour in (tag.find_next_sibling(), tag.find_previous_sibling()):
        if isinstance(neighbour, Tag) and (span := page.span(neighbour)) and page.link_count(span):
            alike = (neighbour.name, tuple(neighbour.get_attribute_list("class"))) == shape
            if alike:
                return True
    return False


def _link_of(page: Page, around: Span, at: Span) -> tuple[str, str] | None:
    """Title and address of the link a date belongs to: the wordiest of a row, the nearest of a list."""
    if page.link_count(around) <= _FEW_LINKS and page.length(around) <= _ROW:
        near = page.pieces[around.first : around.last]
    else:
        before = page.pieces[max(around.first, at.first - _NEAR) : at.first]
        after = page.pieces[at.last : min(around.last, at.last + _NEAR)]
        near = [piece for piece in before if piece.href] or [piece for piece in after if piece.href][:1]
    links = [piece for piece in near if piece.href]
    if not links:
        return None
    best = max(links, key=lambda piece: len(piece.label or piece.text))
    return best.label or best.text, best.href
