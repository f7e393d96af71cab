"""What the portals publish, as everybody can read it today: news, documents, schedules."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from sitepages.models import (
    ArticlePage,
    Authority,
    DocumentFile,
    DocumentLink,
    LegalDocumentPage,
    RegisterEntry,
    SectionPage,
    WorkSchedulePage,
    WorkScheduleRow,
)
from sitepages.out.here import with_changes
from sitepages.registers.filters import in_state
from sitepages.registers.force import State
from sitepages.registers.public import public_now
from sitepages.registers.weeks import monday_of


@dataclass(frozen=True)
class Portals:
    """The portals of this installation that everybody may see, and what is closed on them: two queries."""

    units: dict[str, Authority]
    closed: tuple[str, ...]

    def unit_of(self, page: Page) -> Authority | None:
        """The unit whose portal holds a page; None outside of every one."""
        return next((unit for unit in self.units.values() if page.path.startswith(_root(unit))), None)

    def address(self, page: Page) -> str:
        """The whole address of a page, by the portal that holds it; empty where none does."""
        unit = self.unit_of(page)
        if unit is None:
            return ""
        root = unit.portal.root_page.url_path
        return f"{unit.portal.root_url}/{page.url_path.removeprefix(root)}"

    def may_be_seen(self, page: Page | None) -> bool:
        """Whether everybody can read a page, its own term of display aside."""
        if page is None or not page.live or self.unit_of(page) is None:
            return False
        return not any(page.path.startswith(path) for path in self.closed)

    def public(self, pages: QuerySet, unit: str | None) -> QuerySet:
        """Of these pages the public ones of a unit, or of all of them."""
        chosen = [self.units[unit]] if unit else list(self.units.values())
        here = Q(pk__in=[])
        for each in chosen:
            here |= Q(path__startswith=_root(each))
        shut = Q()
        for path in self.closed:
            shut |= Q(path__startswith=path)
        found = public_now(pages.filter(here, first_published_at__isnull=False), timezone.localdate())
        return found.exclude(shut) if shut else found


def _root(unit: Authority) -> str:
    return str(unit.portal.root_page.path)


def portals() -> Portals:
    """All of them, in the units' own order."""
    closed = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    units = Authority.objects.filter(site__root_page__live=True).select_related("site__root_page", "tier")
    shown = [
        unit
        for unit in units.order_by("order", "code")
        if not any(_root(unit).startswith(path) for path in closed)
    ]
    return Portals({unit.code: unit for unit in shown}, closed)


def news(
    found: Portals, *, unit: str | None, kind: str | None, topic: str | None, year: int | None
) -> QuerySet:
    """Articles, newest first."""
    pages = found.public(ArticlePage.objects.all(), unit)
    if kind:
        pages = pages.filter(genre=kind)
    if topic:
        pages = pages.filter(topics__slug=topic)
    if year:
        pages = pages.filter(register_entry__year=year)
    pages = with_changes(pages).select_related("office", "alias_of", "repost_of")
    return pages.prefetch_related("topics").order_by("-first_published_at", "-pk")


def documents(
    found: Portals,
    *,
    unit: str | None,
    section: str | None,
    kind: str | None,
    year: int | None,
    number: str | None,
    force: str | None,
) -> QuerySet:
    """Legal and administrative documents, the last issued first."""
    pages = found.public(LegalDocumentPage.objects.all(), unit)
    if section:
        places = SectionPage.objects.filter(section=section).values("pk")
        pages = pages.filter(register_entry__parent__in=places)
    if kind:
        pages = pages.filter(document_type=kind)
    if year:
        pages = pages.filter(issue_date__year=year)
    if number:
        pages = pages.filter(number=number)
    if force:
        fitting = RegisterEntry.objects.filter(in_state(State(force), timezone.localdate()))
        pages = pages.filter(pk__in=fitting.values("pk"))
    return with_changes(pages).select_related("register_entry").order_by("-issue_date", "-pk")


def schedules(found: Portals, *, unit: str | None, year: int | None, day: datetime.date | None) -> QuerySet:
    """The leaders' weeks, newest first; where two pages tell of one week, both are there."""
    pages = found.public(WorkSchedulePage.objects.all(), unit)
    if year:
        pages = pages.filter(week_start__year=year)
    if day:
        pages = pages.filter(week_start=monday_of(day))
    return with_changes(pages).order_by("-week_start", "-pk")


def sections_of(pages: Iterable[Page]) -> dict[str, str]:
    """The section of each page's place, by the place's path: one query."""
    paths = {page.path[: -page.steplen] for page in pages}
    return dict(SectionPage.objects.filter(path__in=paths).values_list("path", "section"))


def files_of(pages: Iterable[Page]) -> dict[int, list[DocumentFile]]:
    """The files of documents by page, those in closed collections left out: two queries."""
    closed = list(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
    rows = DocumentFile.objects.filter(page__in=list(pages)).select_related("document__collection")
    found: dict[int, list[DocumentFile]] = {}
    for row in rows.order_by("page_id", "sort_order", "pk"):
        if not any(row.document.collection.path.startswith(path) for path in closed):
            found.setdefault(row.page_id, []).append(row)
    return found


def links_of(pages: Iterable[Page], most: int = 100) -> dict[int, list[tuple[str, Any]]]:
    """Links of documents both ways by page, as ("out" or "in", link): two queries."""
    ids = [page.pk for page in pages]
    found: dict[int, list[tuple[str, Any]]] = {}
    for link in (
        DocumentLink.objects.filter(page__in=ids).select_related("target").order_by("sort_order", "pk")
    ):
        found.setdefault(link.page_id, []).append(("out", link))
    rows = (
        DocumentLink.objects.filter(target__in=ids).select_related("page").order_by("-page__issue_date", "pk")
    )
    for link in rows:
        found.setdefault(link.target_id, []).append(("in", link))
    return {pk: links[:most] for pk, links in found.items()}


def items_of(pages: Iterable[Page]) -> dict[int, list[WorkScheduleRow]]:
    """The items of schedules by page, in the order of time: one query."""
    found: dict[int, list[WorkScheduleRow]] = {}
    rows = WorkScheduleRow.objects.filter(page__in=list(pages))
    for row in rows.order_by("page_id", "date", "sort_order", "pk"):
        found.setdefault(row.page_id, []).append(row)
    return found
