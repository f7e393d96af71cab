"""Whose portal is asked, and what of it is public today. Nothing of another portal is ever found here."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest
from django.utils import timezone

from sitepages import tongues
from sitepages.frame.record import Frame, Place
from sitepages.frame.store import frame_of
from sitepages.registers.public import public_now
from sitepages.vocabulary import Section, sections


@dataclass(frozen=True)
class Here:
    """The portal of a request on a day."""

    frame: Frame
    today: datetime.date

    @property
    def name(self) -> str:
        """What the portal is called; in another language as its front page is called there."""
        frame = self.frame
        tongue = frame.tongues.get(tongues.active())
        if tongue is not None:
            return str(tongue.home.title)
        return frame.site.site_name or frame.texts.organisation or frame.site.hostname

    def address(self, path: str) -> str:
        """A path of this portal as a whole address, by the portal's own name and not by what was asked."""
        return f"{self.frame.site.root_url}{path}"

    def path_of(self, page: Any) -> str:
        """The path of a page of this portal: no question to the database."""
        return str(page.url_path)[len(self.frame.home.url_path) - 1 :]

    def public(self, pages: QuerySet) -> QuerySet:
        """Of these pages the ones on this portal that everybody may see today."""
        here = pages.filter(path__startswith=self.frame.home.path)
        return self.frame.open_only(public_now(here, self.today))

    def place(self, section: Section) -> Place | None:
        """Where a section is, if everybody may see it."""
        found = self.frame.section("articles" if section.kind == "articles" else section.code)
        return found if found is not None and self.frame.is_open(found.path) else None


def here_of(request: HttpRequest | None) -> Here | None:
    """The portal that answers a request; None where none does."""
    frame = frame_of(request)
    return Here(frame, timezone.localdate()) if frame is not None else None


def here_or_404(request: HttpRequest) -> Here:
    """The portal that answers, if everybody may see its front page."""
    found = here_of(request)
    if found is None or not found.frame.home.live or not found.frame.is_open(found.frame.home.path):
        raise Http404
    return found


def section_named(slug: str) -> Section | None:
    """The section of this name in addresses; the map of sections has no records and is none."""
    return next((each for each in sections().values() if each.slug == slug and each.kind != "map"), None)


def section_of(page: Any) -> Section | None:
    """The section whose list a page is."""
    code = "news" if page._meta.model_name == "articleindexpage" else getattr(page, "section", "")
    is_list = page._meta.model_name in ("articleindexpage", "sectionpage")
    return sections().get(code) if is_list else None


def with_changes(pages: QuerySet) -> QuerySet:
    """The pages with how often they were changed after publication, and when last."""
    notes = apps.get_model("sitepages", "ChangeNote").objects.filter(page=OuterRef("pk")).order_by()
    number = notes.values("page").annotate(number=Count("pk")).values("number")
    last = notes.order_by("-at").values("at")[:1]
    return pages.annotate(
        changes_made=Coalesce(Subquery(number, output_field=IntegerField()), 0), changed_at=Subquery(last)
    )


def updated(page: Any) -> datetime.datetime:
    """When the public words of a page last changed; saving or publishing the same again is no change."""
    first: datetime.datetime | None = page.first_published_at
    last = getattr(page, "changed_at", None) or getattr(page, "human_changed_at", None)
    known = [moment for moment in (first, last) if moment is not None]
    return max(known) if known else datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
