"""What of the assessments everybody may see: units that switched it on, pages that are public now."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, QuerySet
from wagtail.models import Page, Site

from compliance.models import Assessment, FindingRecord, ScoreRecord
from sitepages.models import Authority
from sitepages.registers.public import public_now


@dataclass(frozen=True)
class PublicPage:
    """A page as everybody can read it now."""

    title: str
    url: str


def open_units() -> QuerySet[Authority]:
    """The units whose portal shows its transparency page, in order, with their sites."""
    shown = Authority.objects.filter(site__sitesettings__show_transparency=True)
    return shown.select_related("site", "tier", "parent", "successor").order_by("order", "code")


def newest_by_day() -> QuerySet[Assessment]:
    """The assessments that count: the newest of each day, newest day first."""
    newest = Assessment.objects.order_by().values("date").annotate(newest=Max("pk")).values("newest")
    return Assessment.objects.filter(pk__in=newest).select_related("rules").order_by("-date")


def assessment_of(day: datetime.date | None = None) -> Assessment | None:
    """The newest assessment of a day; of all days when none is named."""
    found = newest_by_day()
    return (found if day is None else found.filter(date=day)).first()


def last_assessment_of(unit: Authority) -> Assessment | None:
    """The newest assessment in which the unit was judged; that of its last day once it has ended."""
    return newest_by_day().filter(scores__authority=unit).first()


def public_findings(assessment: Assessment, units: Iterable[Authority]) -> QuerySet[FindingRecord]:
    """The findings of these units, in the units' own order and the order of the catalogue."""
    rows = FindingRecord.objects.filter(assessment=assessment, authority__in=list(units))
    return rows.select_related("authority").order_by("authority__order", "authority__code", "pk")


def public_scores(assessment: Assessment, units: Iterable[Authority]) -> QuerySet[ScoreRecord]:
    """The scores of these units, in the units' own order."""
    rows = ScoreRecord.objects.filter(assessment=assessment, authority__in=list(units))
    return rows.select_related("authority").order_by("authority__order", "authority__code")


def scores_over_time(unit: Authority) -> QuerySet[ScoreRecord]:
    """A unit's scores, the newest of each day, newest day first."""
    rows = ScoreRecord.objects.filter(authority=unit, assessment__in=newest_by_day().values("pk"))
    return rows.select_related("assessment").order_by("-assessment__date")


def public_pages(findings: Iterable[FindingRecord], today: datetime.date) -> dict[int, PublicPage]:
    """The pages behind these findings that everybody can read today, by id: two queries.

    A finding keeps the title a page had on its day, which may have been a draft's, or have been withdrawn
    since. So no stored title or address is ever shown: only what the page says in public now.
    """
    wanted: set[int] = set()
    for finding in findings:
        wanted |= {finding.page_id} if finding.page_id else set()
        wanted |= {item["page"] for item in finding.open_items if item.get("page") and item.get("public")}
    if not wanted:
        return {}
    roots = Site.get_site_root_paths()
    found: dict[int, PublicPage] = {}
    pages = public_now(Page.objects.filter(pk__in=wanted).public(), today)
    for pk, title, path in pages.values_list("pk", "title", "url_path"):
        root = next((each for each in roots if path.startswith(each.root_path)), None)
        if root is not None:
            found[pk] = PublicPage(title, f"{root.root_url}/{path.removeprefix(root.root_path)}")
    return found
