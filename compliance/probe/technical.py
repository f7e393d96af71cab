"""What a portal can do, told from outside. None: it could not be told; a machine never guesses."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from compliance.probe.bounded import BoundError, Caller, direct
from compliance.probe.crawl import same_site
from compliance.probe.feeds import is_feed, is_sitemap
from compliance.probe.markup import UnreadableError, join, parse
from compliance.probe.text import decode_body, fold, is_utf8
from compliance.probe.types import FUNCTIONS, Fetched, Fetcher

Told = dict[str, bool | None]

_SEARCH_NAMES = {
    "q",
    "s",
    "query",
    "search",
    "keyword",
    "keywords",
    "key",
    "kw",
    "tukhoa",
    "tu-khoa",
    "timkiem",
}
_FEED_WORD = re.compile(r"\b(?:rss|feeds?|atom)\b")
_WORDS: dict[str, tuple[str, ...]] = {
    "sitemap_html": ("so do trang", "so do cong", "so do website", "so do web", "sitemap", "site map"),
    "print": ("in trang", "ban in", "in bai", "in noi dung", "print"),
    "save": ("luu trang", "luu bai", "luu tin", "tai ve", "tai xuong", "luu ve", "save", "download"),
    "satisfaction_rating": ("muc do hai long", "danh gia hai long", "su hai long", "khao sat hai long"),
    "channel_list": ("kenh cung cap", "kenh thong tin", "kenh giao tiep", "danh sach kenh", "cac kenh"),
    "visit_statistics": (
        "luot truy cap",
        "so truy cap",
        "thong ke truy cap",
        "tong truy cap",
        "dang truc tuyen",
        "dang online",
    ),
}
_KNOWN = {name: re.compile(rf"\b(?:{'|'.join(words)})\b") for name, words in _WORDS.items()}
_LINK_FUNCTIONS = ("sitemap_html",)
_ARTICLE_FUNCTIONS = ("print", "save")


@dataclass(frozen=True)
class Place:
    """What the law expects of the portal's address."""

    domain_labels: frozenset[int] = frozenset({4})  # dakdoa.gialai.gov.vn; three for a province
    provincial_host: str = ""  # "": not known, so whether it belongs there is not told


@dataclass(frozen=True)
class _Facts:
    """What one page shows, small enough to hand from one process to another."""

    told: tuple[tuple[str, bool | None], ...]
    feeds: tuple[str, ...] = ()
    article: str = ""
    hosts: tuple[str, ...] = ()


def check_functions(
    base_url: str,
    fetcher: Fetcher,
    *,
    place: Place | None = None,
    addresses: Callable[[str, int], Iterable[str]] | None = None,
    call: Caller = direct,
) -> tuple[Told, str]:
    """Every function as present, absent or untold, and the error that kept us from the home page.

    ``addresses`` resolves a name; without it IPv6 is untold. ``call`` reads pages: give a bounded caller for
    pages of strangers.
    """
    told: Told = dict.fromkeys(FUNCTIONS)
    home = fetcher.get(base_url)
    if home.error:
        return told, home.error
    place = place or Place()
    told["https"] = _https(home, fetcher)
    told["ipv6"] = _ipv6(home.final_url, addresses)
    told["domain_pattern"] = _domain(home.final_url, place.domain_labels)
    told["sitemap_xml"] = _sitemap(home.final_url, fetcher, call)
    try:
        facts = call(home_facts, home)
    except BoundError:
        return told, "unreadable"
    told.update(facts.told)
    told["rss"] = _rss(facts.feeds, fetcher, call)
    told["part_of_provincial_portal"] = _belongs(home.final_url, facts.hosts, place.provincial_host)
    told.update(_article_functions(facts.article, fetcher, call))
    return told, ""


def home_facts(answer: Fetched) -> _Facts:
    """What the home page itself shows."""
    try:
        soup = parse(answer.body, answer.charset)
    except (UnreadableError, RecursionError):
        return _Facts(())
    words = fold(soup.get_text(" ")[:200_000])
    links = _links(soup, answer.final_url)
    told: Told = {
        "search": _search(soup),
        "mobile": _mobile(soup),
        "unicode": _unicode(answer),
        "alt_text": _alt_text(soup),
        "headings": _headings(soup),
    }
    for name, known in _KNOWN.items():
        if name in _LINK_FUNCTIONS:
            told[name] = any(known.search(text) for text, _url in links)
        elif name not in _ARTICLE_FUNCTIONS:
            told[name] = known.search(words) is not None
    return _Facts(
        tuple(told.items()),
        tuple(dict.fromkeys(_feeds(soup, links, answer.final_url)))[:3],
        _first_article(links, answer.final_url),
        tuple({urlsplit(url).hostname or "" for _text, url in links}),
    )


def article_facts(answer: Fetched) -> _Facts:
    """What an article offers its reader: printing and keeping it."""
    try:
        soup = parse(answer.body, answer.charset)
    except (UnreadableError, RecursionError):
        return _Facts(())
    controls = [
        fold(_name(each)) for each in soup.find_all(["a", "button", "input"]) if isinstance(each, Tag)
    ]
    return _Facts(
        tuple((name, any(_KNOWN[name].search(text) for text in controls)) for name in _ARTICLE_FUNCTIONS)
    )


def _links(soup: BeautifulSoup, url: str) -> list[tuple[str, str]]:
    found = (each for each in soup.find_all("a", href=True, limit=2000) if isinstance(each, Tag))
    return [(fold(_name(each)), place) for each in found if (place := join(url, str(each["href"])))]


def _name(element: Tag) -> str:
    """What a reader, or a screen reader, is told of a control."""
    said = [element.get_text(" ")[:300]]
    said += [
        str(element.get(key) or "")[:300] for key in ("title", "aria-label", "value", "class", "onclick")
    ]
    return " ".join(said)


def _search(soup: BeautifulSoup) -> bool:
    if soup.find(None, {"role": "search"}) or soup.find("input", type="search"):
        return True
    names = (str(each.get("name") or "").lower() for each in soup.find_all("input") if isinstance(each, Tag))
    return any(name.rpartition("$")[2] in _SEARCH_NAMES or "search" in name for name in names)


def _mobile(soup: BeautifulSoup) -> bool:
    view = soup.find("meta", attrs={"name": "viewport"})
    return isinstance(view, Tag) and "device-width" in str(view.get("content", "")).lower()


def _unicode(answer: Fetched) -> bool:
    """UTF-8 with composed letters; the older Vietnamese charsets put their own bytes there."""
    if not is_utf8(answer.body) or answer.charset.lower() not in ("", "utf-8", "utf8"):
        return False
    text = decode_body(answer.body)
    return unicodedata.is_normalized("NFC", text) and not any("\ue000" <= char <= "\uf8ff" for char in text)


def _alt_text(soup: BeautifulSoup) -> bool | None:
    """Every picture has a text in its place, be it empty for decoration; untold without pictures."""
    pictures = [each for each in soup.find_all("img") if isinstance(each, Tag)]
    return all(each.has_attr("alt") for each in pictures) if pictures else None


def _headings(soup: BeautifulSoup) -> bool:
    """One main heading at least, and no level left out on the way down."""
    levels = [int(each.name[1]) for each in soup.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
    return 1 in levels and all(lower - upper <= 1 for upper, lower in pairwise(levels))


def _feeds(soup: BeautifulSoup, links: list[tuple[str, str]], url: str) -> list[str]:
    named = [each for each in soup.find_all("link", rel="alternate", href=True) if isinstance(each, Tag)]
    feeds = [
        str(each["href"]) for each in named if str(each.get("type", "")).endswith(("rss+xml", "atom+xml"))
    ]
    shown = [place for text, place in links if _FEED_WORD.search(text)]
    return [place for each in [*feeds, *shown] if (place := join(url, each))]


def _first_article(links: list[tuple[str, str]], url: str) -> str:
    """The link with the most to say: on a home page that is news."""
    own = [
        (text, place) for text, place in links if same_site(place, url) and urlsplit(place).path.strip("/")
    ]
    text, place = max(own, key=lambda each: len(each[0].split()), default=("", ""))
    return place if len(text.split()) >= 6 else ""


def _article_functions(url: str, fetcher: Fetcher, call: Caller) -> Told:
    answer = fetcher.get(url) if url else None
    if answer is None or answer.error:
        return dict.fromkeys(_ARTICLE_FUNCTIONS)
    try:
        return dict(call(article_facts, answer).told)
    except BoundError:
        return dict.fromkeys(_ARTICLE_FUNCTIONS)


def _rss(feeds: tuple[str, ...], fetcher: Fetcher, call: Caller) -> bool | None:
    """A feed that can be read; a page about feeds is none. Untold when none of them answers."""
    answers = [fetcher.get(url) for url in feeds]
    for answer in answers:
        try:
            if not answer.error and call(is_feed, answer.body):
                return True
        except BoundError:
            continue
    return None if answers and all(_is_outage(answer) for answer in answers) else False


def _sitemap(url: str, fetcher: Fetcher, call: Caller) -> bool | None:
    answer = fetcher.get(urljoin(url, "/sitemap.xml"))
    if answer.error:
        return None if _is_outage(answer) else False
    try:
        return bool(call(is_sitemap, answer.body))
    except BoundError:
        return None


def _is_outage(answer: Fetched) -> bool:
    """Whether the failure says nothing about what is there."""
    return bool(answer.error) and answer.error != "not_found"


def _https(home: Fetched, fetcher: Fetcher) -> bool | None:
    parts = urlsplit(home.final_url)
    if parts.scheme == "https":
        return True
    if parts.port:
        return None  # where a secure twin of an odd port would be is not known
    secure = fetcher.get(parts._replace(scheme="https").geturl())
    if not secure.error:
        return urlsplit(secure.final_url).scheme == "https"
    return False if secure.error in ("connect", "tls", "timeout") else None


def _ipv6(url: str, addresses: Callable[[str, int], Iterable[str]] | None) -> bool | None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        return ipaddress.ip_address(host).version == 6
    except ValueError:
        found = list(addresses(host, parts.port or 443)) if addresses else []
    return any(":" in each for each in found) if found else None


def _domain(url: str, labels: frozenset[int]) -> bool | None:
    """Under .gov.vn with as many names as the tier asks for; an address of figures tells nothing."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    if not host or host.replace(".", "").isdigit() or ":" in host:
        return None
    return host.endswith(".gov.vn") and host.count(".") + 1 in labels


def _belongs(url: str, linked: tuple[str, ...], provincial_host: str) -> bool | None:
    """A name below the province's, or at least a link to it."""
    if not provincial_host:
        return None
    host, above = urlsplit(url).hostname or "", provincial_host.removeprefix("www.")
    return host.endswith("." + above) or any(each.removeprefix("www.") == above for each in linked)


def by_outcome(told: Told) -> dict[str, list[str]]:
    """The functions by outcome, in the order of the law's list."""
    return {
        "passed": [name for name in FUNCTIONS if told.get(name) is True],
        "failed": [name for name in FUNCTIONS if told.get(name) is False],
        "untold": [name for name in FUNCTIONS if told.get(name) is None],
    }
