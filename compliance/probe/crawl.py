"""Probe one unit: every section link, its feed, the sitemap, and what mark they propose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urljoin, urlsplit

from compliance.probe.bounded import Bounded, BoundError, Caller
from compliance.probe.extract import newest_item
from compliance.probe.fetch import PoliteFetcher
from compliance.probe.reading import Reading, SitemapReading, read, read_sitemap
from compliance.probe.types import (
    LATE,
    MET,
    MISSING,
    NO_PROPOSAL,
    Fetched,
    Fetcher,
    Item,
    Limits,
    SectionLink,
    SectionProbe,
)

MOST_FEEDS = 2
_PAGE_ENDINGS = (".html", ".htm", ".aspx", ".php")


def probe_unit(
    base_url: str,
    section_links: Sequence[SectionLink],
    *,
    today: date,
    limits: Limits | None = None,
    fetcher: Fetcher | None = None,
    call: Caller | None = None,
) -> list[SectionProbe]:
    """What each section of a portal shows, one after another. Never raises for what a site does."""
    limits = limits or Limits()
    fetcher = fetcher or PoliteFetcher(limits=limits)
    if call is not None:
        return _Unit(base_url, fetcher, call, today, limits).probe(section_links)
    with Bounded(limits.parse_seconds) as bounded:
        return _Unit(base_url, fetcher, bounded, today, limits).probe(section_links)


def propose(
    item: Item | None, *, today: date, max_age_days: int | None, empty: bool = False, error: str = ""
) -> tuple[str, str]:
    """Mark and error code from what was seen. Without certainty no mark: unreached is not missing."""
    if item is not None:
        if max_age_days is None or (today - item.date).days <= max_age_days:
            return MET, ""
        return LATE, ""
    if error:
        return NO_PROPOSAL, error
    if empty:
        return MISSING, ""
    return (MET, "") if max_age_days is None else (NO_PROPOSAL, "undated")


class _Unit:
    """One unit while it is being probed; the sitemap is read once, when a section needs it."""

    def __init__(self, base_url: str, fetcher: Fetcher, call: Caller, today: date, limits: Limits) -> None:
        self.base_url, self.fetcher, self.call = base_url, fetcher, call
        self.today, self.limits = today, limits
        self._sitemap: list[Item] | None = None
        self._sitemap_checked: list[tuple[str, str]] = []

    def probe(self, links: Sequence[SectionLink]) -> list[SectionProbe]:
        return [self._section(link) for link in links]

    def _section(self, link: SectionLink) -> SectionProbe:
        answer = self.fetcher.get(link.url)
        checked = [(link.url, answer.error)]
        if answer.error:
            return SectionProbe(
                link.section, NO_PROPOSAL, answer.final_url, None, answer.error, tuple(checked)
            )
        seen = self._read(answer)
        if self._sent_home(answer):
            seen = Reading(error="sent_home", text=seen.text)
        items = [seen.newest] if seen.newest else []
        if seen.error in ("", "needs_script"):
            items += self._from_feeds(seen.feeds, answer, checked)
            if not items and not seen.empty:
                items = self._from_sitemap(answer.final_url, checked)
        item = newest_item(items, today=self.today)
        state, error = propose(
            item, today=self.today, max_age_days=link.max_age_days, empty=seen.empty, error=seen.error
        )
        if state == LATE and seen.ahead is not None:
            item, state = seen.ahead, MET
        excerpt = item.excerpt if item else seen.text
        return SectionProbe(
            link.section, state, answer.final_url, item, error, tuple(checked), answer.sha256, excerpt
        )

    def _read(self, answer: Fetched) -> Reading:
        try:
            return self.call(read, answer, self.today)
        except BoundError:
            return Reading(error="unreadable")

    def _sent_home(self, answer: Fetched) -> bool:
        """A section that sends its reader to the home page is not there."""
        asked, came = urlsplit(answer.url), urlsplit(answer.final_url)
        if same_place(answer.url, answer.final_url) or same_place(answer.url, self.base_url):
            return False
        at_root = not came.path.strip("/") and not came.query and bool(asked.path.strip("/") or asked.query)
        return at_root or same_place(answer.final_url, self.base_url)

    def _from_feeds(
        self, feeds: Sequence[str], answer: Fetched, checked: list[tuple[str, str]]
    ) -> list[Item]:
        """Items of the section's own feeds; a feed of the whole site says nothing about one section."""
        items: list[Item] = []
        for place in [each for each in feeds if same_site(each, answer.final_url)][:MOST_FEEDS]:
            feed = self.fetcher.get(place)
            checked.append((place, feed.error))
            if feed.error:
                continue
            seen = self._read(replace(feed, content_type="application/xml"))
            if seen.newest and (is_below(place, answer.final_url) or same_place(seen.home, answer.final_url)):
                items.append(seen.newest)
        return items

    def _from_sitemap(self, section: str, checked: list[tuple[str, str]]) -> list[Item]:
        """Pages of the sitemap below the section's address."""
        if self._sitemap is None:
            self._sitemap = self._read_sitemaps()
        checked += self._sitemap_checked
        return [item for item in self._sitemap if is_below(item.url, section)]

    def _read_sitemaps(self) -> list[Item]:
        items: list[Item] = []
        waiting = [(urljoin(self.base_url, "/sitemap.xml"), 0)]
        for _number in range(self.limits.max_sitemaps):
            if not waiting:
                break
            place, level = waiting.pop(0)
            answer = self.fetcher.get(place)
            self._sitemap_checked.append((place, answer.error))
            if answer.error:
                continue
            try:
                found = self.call(read_sitemap, answer, self.today)
            except BoundError:
                found = SitemapReading()
            items += found.items
            if level == 0:
                waiting += [(child, 1) for child in found.children if same_site(child, answer.final_url)]
        return items


def same_site(place: str, other: str) -> bool:
    """Whether two addresses share host and port."""
    try:
        return urlsplit(place).netloc == urlsplit(other).netloc
    except ValueError:
        return False


def same_place(place: str, other: str) -> bool:
    """Whether two addresses are one, whatever the scheme and the last slash."""
    try:
        one, two = urlsplit(place), urlsplit(other)
    except ValueError:
        return False
    return (one.netloc, one.path.rstrip("/"), one.query) == (two.netloc, two.path.rstrip("/"), two.query)


def is_below(place: str, section: str) -> bool:
    """Whether an address lies under the section's own; below the home page lies nothing in particular."""
    try:
        one, two = urlsplit(place), urlsplit(section)
    except ValueError:
        return False
    folder = two.path.rpartition(".")[0] if two.path.endswith(_PAGE_ENDINGS) else two.path
    folder = folder.rstrip("/") + "/"
    return one.netloc == two.netloc and folder != "/" and one.path.startswith(folder)
