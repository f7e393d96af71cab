"""Published pages, and known ones that are not public, as evidence for duties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from compliance.rules.months import local_date
from compliance.rules.types import Evidence
from sitepages.models import (
    Authority,
    BudgetDisclosurePage,
    LegalDocumentPage,
    ProcurementPage,
    SectionPage,
    WorkSchedulePage,
)
from sitepages.models.base import BasePage

Found = dict[tuple[int, str], list[Evidence]]

#: The page types that hold a section's records.
_RECORDS: dict[str, tuple[type[BasePage], ...]] = {
    "leaders_schedule": (WorkSchedulePage,),
    "directives": (LegalDocumentPage,),
    "projects_procurement": (ProcurementPage,),
    "budget": (BudgetDisclosurePage,),
}


def evidence_by_duty(authorities: Iterable[Authority]) -> Found:
    """All evidence of the authorities, by (authority id, duty code): one query a page type.

    Drafts with a legal date are included as not published; aliases are not (they are somebody else's record).
    """
    homes = {
        authority.site.root_page.path: authority.pk for authority in authorities if authority.site is not None
    }
    width = max((len(path) for path in homes), default=0)
    sections = {
        page.path: page.section
        for page in SectionPage.objects.filter(section__in=_RECORDS).only("path", "section")
    }
    found: Found = defaultdict(list)
    models = {model for group in _RECORDS.values() for model in group}
    for model in sorted(models, key=lambda each: each.__name__):
        for page in model.objects.filter(alias_of__isnull=True).order_by("pk"):
            owner = homes.get(page.path[:width])
            section = sections.get(page.path[: -page.steplen])
            if owner is None or section is None or model not in _RECORDS[section]:
                continue
            found[owner, _duty(section, page)].append(_evidence(page))
    return found


def _duty(section: str, page: BasePage) -> str:
    return f"budget_{page.kind}" if isinstance(page, BudgetDisclosurePage) else section


def _evidence(page: BasePage) -> Evidence:
    public = page.live and page.first_published_at is not None
    return Evidence(
        record_id=page.pk,
        title=page.title,
        url=page.full_url or "",
        kind=_kind(page),
        trigger=page.legal_date,
        period=page.period_code if isinstance(page, BudgetDisclosurePage) else "",
        published=local_date(page.first_published_at) if public else None,
        week=page.week_start if isinstance(page, WorkSchedulePage) else None,
    )


def _kind(page: BasePage) -> str:
    """The kind of record the time limits of a duty tell apart."""
    if isinstance(page, LegalDocumentPage):
        return page.origin
    if isinstance(page, BudgetDisclosurePage) and page.period == page.Period.YEAR:
        return "annual"
    return ""
