"""What the head of a page tells machines: its own address, a summary, a picture, where its feeds are."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from sitepages import tongues
from sitepages.out.calendars import CALENDARS
from sitepages.out.copies import source_of
from sitepages.out.here import Here, here_of, section_of
from sitepages.out.linked import linked_data
from sitepages.out.summary import summary_of
from sitepages.registers.weeks import monday_of, read_week, week_code
from sitepages.vocabulary import sections

CARD = "fill-1200x630|format-jpeg"
LONGEST = 200
#: Questions of a list that make no address of their own: what was typed in.
_PASSING = frozenset({"q"})
#: Letters that could end the element they stand in, as JSON writes them otherwise.
_UNSAFE = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class Picture:
    """A picture for a card."""

    url: str
    width: int
    height: int
    alt: str = ""
    is_large: bool = False


@dataclass(frozen=True)
class Follow:
    """Something to subscribe to."""

    url: str
    type: str
    title: str
    kind: str = ""


@dataclass(frozen=True)
class About:
    """All of it."""

    canonical: str = ""
    summary: str = ""
    kind: str = "website"
    picture: Picture | None = None
    follow: list[Follow] = field(default_factory=list)
    data: str = ""
    published: Any = None


def about_page(request: HttpRequest | None, page: Any, listing: Any = None) -> About:
    """What to tell of a page of the portal that answers; little of one that is not published yet."""
    here = here_of(request)
    if here is not None and page is not None and page.pk and tongues.is_translation(page):
        return About(canonical=page.full_url or "", summary=summary_of(page, LONGEST))
    if (
        here is None
        or page is None
        or not page.pk
        or not str(page.path or "").startswith(here.frame.home.path)
    ):
        return About()
    source = source_of(page, here.frame, here.today)
    address = source.full_url if source is not None else here.address(here.path_of(page))
    canonical = address + _query(request, page, listing, here)
    summary = summary_of(page, LONGEST)
    picture = _picture(page, here)
    data = linked_data(page, here, address=canonical, summary=summary, picture=picture)
    is_article = page._meta.model_name == "articlepage"
    return About(
        canonical=canonical,
        summary=summary,
        kind="article" if is_article else "website",
        picture=picture,
        data=as_script(data),
        published=page.first_published_at if is_article else None,
    )


def as_script(data: Any) -> SafeString:
    """Data as JSON for a script element: nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_UNSAFE))  # noqa: S308 - every letter that could end the element is escaped


def _query(request: Any, page: Any, listing: Any, here: Here) -> str:
    """What of the question belongs to the address: the filters of the list in their order, and its page."""
    said: dict[str, str] = {
        name: value
        for name, value in sorted((getattr(listing, "kept", None) or {}).items())
        if name not in _PASSING
    }
    week = read_week(request.GET.get("tuan", "")[:10]) if getattr(page, "section", "") else None
    if week is not None and page.section == "leaders_schedule" and week != monday_of(here.today):
        said["tuan"] = week_code(week)
    number = getattr(listing, "number", 1)
    if number > 1:
        said["page"] = str(number)
    return f"?{urlencode(said)}" if said else ""


def _picture(page: Any, here: Here) -> Picture | None:
    """An article's own picture, else the portal's crest; none where the file is gone."""
    cover = page.cover if getattr(page, "cover_id", None) else None
    if cover is not None:
        try:
            made = cover.get_rendition(CARD)
        except Exception:  # whatever a lost or broken file makes an image library say
            made = None
        if made is not None:
            return Picture(
                here.address(made.url), made.width, made.height, str(cover.default_alt_text or ""), True
            )
    crest = here.frame.crest
    return Picture(here.address(crest.url), crest.width, crest.height) if crest else None


def follow(request: HttpRequest | None, page: Any = None) -> list[Follow]:
    """The feeds of the portal, those of the section whose list the page is before them."""
    here = here_of(request)
    if here is None:
        return []
    found = []
    section = section_of(page) if page is not None else None
    place = here.place(section) if section is not None else None
    if section is not None and place is not None:
        for kind in ("rss", "atom"):
            url = reverse(f"out:section_{kind}", args=[section.slug])
            found.append(_feed(url, kind, f"{place.name} – {here.name}"))
        found += [each for each in calendars(here) if each.kind == section.code]
    return found + [_feed(reverse(f"out:{kind}"), kind, here.name) for kind in ("rss", "atom")]


def _feed(url: str, kind: str, title: str) -> Follow:
    return Follow(url, f"application/{kind}+xml", f"{title} ({'RSS' if kind == 'rss' else 'Atom'})", kind)


def calendars(here: Here) -> list[Follow]:
    """The calendars of the sections the portal shows; ``kind`` is the section."""
    return [
        Follow(reverse("out:calendar", args=[name]), "text/calendar", str(words), section)
        for name, (words, section, _events) in CALENDARS.items()
        if section in sections() and here.place(sections()[section]) is not None
    ]
