"""What may be sent down, and where it would stand: by the code of its section, never by its title."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from wagtail.models import Page

from sitepages.queries import authority_of, subportals

ARTICLES = "news"
#: Sections whose records belong to the body that keeps them: the form for comments, and citizens' questions.
_STAYS = frozenset({"draft_consultation", "qa_feedback"})


def _model(name: str) -> Any:
    return apps.get_model("sitepages", name)


def section_of(page: Page) -> str:
    """The code of the section that holds a record; empty for what stands under none."""
    above = page.get_parent()
    if above is None:
        return ""
    found = _model("SectionPage").objects.filter(pk=above.pk).values_list("section", flat=True).first()
    if found:
        return str(found)
    return ARTICLES if _model("ArticleIndexPage").objects.filter(pk=above.pk).exists() else ""


def why_not(page: Any) -> str:
    """Why a page cannot be sent down, as a code; empty when it can."""
    if not getattr(page, "may_be_sent", False) or section_of(page) in ("", *_STAYS):
        return "kind"
    if page.alias_of_id is not None or getattr(page, "sent_from", None) is not None:
        return "copy"
    if not page.live:
        return "draft"
    if page.get_view_restrictions().exists():
        return "closed"
    return ""


def units_below(page: Page, today: datetime.date) -> QuerySet:
    """The units in force below the one whose portal holds the page."""
    unit = authority_of(page)
    if unit is None:
        return _model("Authority").objects.none()
    below: Any = subportals(unit)
    found: QuerySet = below.in_force(today).select_related("site__root_page")
    return found


@dataclass(frozen=True)
class Places:
    """Where a section stands at many units: two queries whatever their number."""

    by_unit: dict[int, Page]

    @classmethod
    def of(cls, section: str, units: list[Any]) -> Places:
        """The public page of the section at each unit that has one."""
        if section == ARTICLES:
            pages = _model("ArticleIndexPage").objects.live()
        else:
            pages = _model("SectionPage").objects.live().filter(section=section)
        roots = {unit.site.root_page.path: unit.pk for unit in units if unit.site_id}
        found: dict[int, Page] = {}
        for page in pages.order_by("-path"):
            unit = roots.get(page.path[: -page.steplen])
            if unit is not None:
                found[unit] = page
        return cls(found)

    def at(self, unit: Any) -> Page | None:
        """The section at one unit; None where it has none."""
        return self.by_unit.get(unit.pk)
