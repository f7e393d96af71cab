"""The frame of one portal as it is kept: plain rows, safe to hand to any request."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from wagtail.models import Page, Site

from sitepages import tongues
from sitepages.drawn.rule import NOTHING_DRAWN, Drawn
from sitepages.vocabulary import Word, sections

#: How the pages of these kinds are called in the vocabulary.
_CODES = {"articles": "news", "map": "all_sections"}


@dataclass(frozen=True)
class Place:
    """A page directly under a front page: enough to link to it and to find what stands under it."""

    pk: int
    path: str
    slug: str
    title: str
    url: str
    url_path: str
    locale_id: int
    content_type_id: int
    model: str
    section: str
    live: bool
    in_menu: bool
    key: str = ""

    @property
    def name(self) -> str:
        """The title; where the reader reads another language, the name that language has for the section."""
        word = sections().get(_CODES.get(self.section, self.section))
        told = word is not None and tongues.active() != tongues.code_of(self.locale_id)
        return word.name if told and word else self.title

    def as_page(self) -> Page:
        """The page with what is known of it, for links; never to be saved."""
        return Page(
            pk=self.pk,
            path=self.path,
            depth=len(self.path) // Page.steplen,
            slug=self.slug,
            title=self.title,
            draft_title=self.title,
            url_path=self.url_path,
            locale_id=self.locale_id,
            content_type_id=self.content_type_id,
            live=self.live,
        )


@dataclass(frozen=True)
class Translated:
    """A public page in another language, found by the key it shares with what it translates."""

    path: str
    url: str
    title: str


@dataclass(frozen=True)
class Tongue:
    """The pages of one portal in another language."""

    code: str
    home: Any
    places: tuple[Place, ...] = ()
    pages: dict[str, Translated] = field(default_factory=dict)

    def place(self, slug: str) -> Place | None:
        """The page directly under the front page with this part of the address."""
        return next((place for place in self.places if place.slug == slug), None)


@dataclass(frozen=True)
class Crest:
    """The picture in the header at the size it is shown in."""

    url: str
    width: int
    height: int


@dataclass(frozen=True)
class Task:
    """What people look for, and where it is."""

    title: str
    url: str
    is_elsewhere: bool = False
    word: Word | None = None

    @property
    def name(self) -> str:
        """In the reader's language, where it has a name in both."""
        told = self.word is not None and (self.is_elsewhere or tongues.active() != tongues.default())
        return self.word.name if told and self.word else self.title


@dataclass(frozen=True)
class Mourning:
    """Days of mourning, set for this portal or for one above it."""

    first_day: datetime.date
    last_day: datetime.date
    reason: str


@dataclass(frozen=True)
class Frame:
    """One portal's frame."""

    site: Site
    home: Any
    texts: Any
    authority: Any
    subportals: tuple[Any, ...] = ()
    places: tuple[Place, ...] = ()
    closed: tuple[str, ...] = ()
    notices: tuple[Any, ...] = ()
    mournings: tuple[Mourning, ...] = ()
    tasks: tuple[Task, ...] = ()
    crest: Crest | None = None
    drawn: Drawn = NOTHING_DRAWN
    tongues: dict[str, Tongue] = field(default_factory=dict)
    _by_slug: dict[str, Place] = field(default_factory=dict)

    def translation(self, page: Any, code: str) -> Translated | None:
        """The public page in another language that says what a page says."""
        tongue = self.tongues.get(code)
        found = tongue.pages.get(str(page.translation_key)) if tongue else None
        return found if found is not None and self.is_open(found.path) else None

    def place(self, slug: str) -> Place | None:
        """The page directly under the front page with this part of the address."""
        return self._by_slug.get(slug)

    def holder(self, path: str) -> Place | None:
        """The page directly under the front page that holds a path of the tree."""
        there = [*self.places, *(place for each in self.tongues.values() for place in each.places)]
        return next((place for place in there if path.startswith(place.path)), None)

    def section(self, code: str) -> Place | None:
        """The live page of a section; ``articles`` and ``map`` name the pages of those kinds."""
        return next((place for place in self.places if place.live and place.section == code), None)

    def is_open(self, path: str) -> bool:
        """Whether nobody has to sign in or know a word to see what lies at the path."""
        return not any(path.startswith(each) for each in self.closed)

    def open_only(self, pages: QuerySet) -> QuerySet:
        """The pages everybody may see, without asking the database which are closed."""
        shut = Q()
        for path in self.closed:
            shut |= Q(path__startswith=path)
        return pages.exclude(shut) if shut else pages

    def shown_notices(self, on: datetime.date) -> list[Any]:
        """The notices of a day, the most urgent first."""
        order = {"danger": 0, "warning": 1, "info": 2}
        return sorted(
            (notice for notice in self.notices if notice.is_shown(on)),
            key=lambda notice: (order.get(notice.level, 9), notice.last_day, notice.pk),
        )

    def mourning(self, on: datetime.date) -> Mourning | None:
        """The mourning of a day."""
        return next((each for each in self.mournings if each.first_day <= on <= each.last_day), None)


def model_of(place: Place) -> Any:
    """The class of the page at a place."""
    return apps.get_model(place.model)
