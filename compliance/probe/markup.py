"""A page flattened once, so that whatever is asked of it afterwards takes time in its size, not its depth."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Comment, NavigableString, ParserRejectedMarkup, Tag
from bs4.element import PreformattedString

from compliance.probe.text import clean, decode_body

MOST_NODES = 60_000
_SKIPPED = {"script", "style", "template", "noscript", "svg", "head", "iframe", "select", "textarea"}
_AROUND = {"footer", "nav", "aside"}
_AROUND_ROLES = {"banner", "contentinfo", "navigation", "complementary", "search"}
_AROUND_NAMES = {
    "footer",
    "header",
    "sidebar",
    "nav",
    "navbar",
    "menu",
    "breadcrumb",
    "banner",
    "topbar",
    "top-bar",
}
_CONTENT = {"main", "article", "section", "li"}
_NAME_SPLIT = re.compile(r"\s+")


@dataclass
class Piece:
    """One run of text, the element it stands in, and the address it links to ("" for none)."""

    text: str
    parent: Tag
    href: str = ""
    label: str = ""  # of a link: its whole text or its title


@dataclass
class Span:
    """Which pieces an element covers: ``first`` to before ``last``, with the links among them."""

    first: int
    last: int = 0


@dataclass
class Page:
    """A parsed page without what surrounds its content."""

    soup: BeautifulSoup
    url: str
    title: str = ""
    pieces: list[Piece] = field(default_factory=list)
    spans: dict[int, Span] = field(default_factory=dict)
    lengths: list[int] = field(default_factory=lambda: [0])
    links: list[int] = field(default_factory=lambda: [0])

    def text(self, span: Span, longest: int = 4000) -> str:
        parts, room = [], longest
        for number in range(span.first, span.last):
            parts.append(self.pieces[number].text[:room])
            room -= len(parts[-1]) + 1
            if room <= 0:
                break
        return " ".join(parts)

    def length(self, span: Span) -> int:
        return self.lengths[span.last] - self.lengths[span.first]

    def link_count(self, span: Span) -> int:
        return self.links[span.last] - self.links[span.first]

    def span(self, element: Tag) -> Span | None:
        return self.spans.get(id(element))

    @property
    def whole(self) -> Span:
        return Span(0, len(self.pieces))


class UnreadableError(Exception):
    """The markup is beyond the parser."""


def parse(body: bytes, charset: str) -> BeautifulSoup:
    """The tree of a page, in whatever charset; UnreadableError when even a lenient parser gives up."""
    try:
        return BeautifulSoup(decode_body(body, charset), "html.parser")
    except (ParserRejectedMarkup, AssertionError, RecursionError, ValueError) as error:
        raise UnreadableError from error


def flatten(soup: BeautifulSoup, url: str) -> Page:
    """The page's content in one pass: its main part when it names one, without menus, headers and footers."""
    title = soup.find("title")
    page = Page(soup, _base(soup, url), clean(title.get_text(" ")) if isinstance(title, Tag) else "")
    root = soup.find("main") or soup.find(None, {"role": "main"}) or soup.body or soup
    _walk(page, root if isinstance(root, Tag) else soup)
    for piece in page.pieces:
        page.lengths.append(page.lengths[-1] + len(piece.text))
        page.links.append(page.links[-1] + bool(piece.href))
    return page


def _walk(page: Page, root: Tag) -> None:
    """Depth first, without recursion. An entry is a node to enter, or one that was entered and is left."""
    stack: list[tuple[object, str, str, bool, bool]] = [(root, "", "", False, False)]
    nodes = 0
    while stack:
        node, href, label, inside, leaving = stack.pop()
        if leaving:
            page.spans[id(node)].last = len(page.pieces)
            continue
        nodes += 1
        if nodes > MOST_NODES:
            continue  # but leave what was entered
        if isinstance(node, NavigableString):
            text = "" if isinstance(node, Comment | PreformattedString) else clean(str(node), 2000)
            if text and isinstance(node.parent, Tag):
                page.pieces.append(Piece(text, node.parent, href, label))
        elif isinstance(node, Tag) and not _is_around(node, inside=inside):
            if node.name == "a" and not href and (place := _link(page.url, node)):
                href, label = place, clean(str(node.get("title") or "") or node.get_text(" "))
            page.spans[id(node)] = Span(len(page.pieces))
            stack.append((node, "", "", False, True))
            inside = inside or node.name in _CONTENT
            stack.extend((child, href, label, inside, False) for child in reversed(node.contents))


def _is_around(node: Tag, *, inside: bool) -> bool:
    """Menus, headers, footers and what is not shown; a header within an article is its own."""
    if node.name in _SKIPPED or node.has_attr("hidden") or node.get("aria-hidden") == "true":
        return True
    if node.name in _AROUND or str(node.get("role", "")).lower() in _AROUND_ROLES:
        return True
    if inside:
        return False
    if node.name == "header":
        return True
    names = {
        str(node.get("id", "")).lower(),
        *(str(name).lower() for name in node.get_attribute_list("class")),
    }
    return bool(names & _AROUND_NAMES)


def _base(soup: BeautifulSoup, url: str) -> str:
    base = soup.find("base", href=True)
    if isinstance(base, Tag):
        return join(url, str(base["href"])) or url
    return url


def _link(base: str, node: Tag) -> str:
    place = str(node.get("href") or "").strip()
    return "" if not place or place.startswith("#") else join(base, place)


def join(base: str, place: str) -> str:
    """An absolute http or https address; "" for everything else."""
    try:
        whole = urljoin(base, place.strip())
        return whole if urlsplit(whole).scheme in ("http", "https") else ""
    except ValueError:
        return ""
