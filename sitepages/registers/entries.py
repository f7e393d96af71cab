"""The lines of the registers: what each kind of page puts into its own."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from sitepages.disclosures import disclosure
from sitepages.pagecache.changes import pages_changed
from sitepages.registers.force import Effect, standing
from sitepages.sent.marks import FROM_ITS_OWN
from sitepages.text import fold

_DAY = 24 * 60
#: Records without a day of their own come after all that have one, the newest publication first.
_UNDATED = -(10**10)
_WORDS = 1500
#: Types of documents that inform or ask, and are neither in force nor out of it unless they say so.
WITHOUT_FORCE = frozenset({"letter", "invitation", "notice", "report", "other"})


def _minutes(moment: datetime.datetime | None) -> int:
    if moment is None:
        return 0
    local = timezone.localtime(moment)
    return local.date().toordinal() * _DAY + local.hour * 60 + local.minute


def _day(day: datetime.date | None) -> int:
    return day.toordinal() * _DAY if day else 0


def _year_of(page: Any) -> int | None:
    return timezone.localtime(page.first_published_at).year if page.first_published_at else None


def _published(page: Any) -> dict[str, Any]:
    return {"sort_key": _minutes(page.first_published_at), "year": _year_of(page)}


def _article(page: Any) -> dict[str, Any]:
    return {**_published(page), "kind": page.genre}


def _event(page: Any) -> dict[str, Any]:
    return {**_published(page), "kind": page.kind}


def _dates(page: Any) -> tuple[datetime.date | None, datetime.date | None]:
    """The days of issue and of effect that force is counted from; none for a letter, which has no force."""
    if page.document_type in WITHOUT_FORCE and page.effective_date in (None, page.issue_date):
        return None, None
    return page.issue_date, page.effective_date


def _document(page: Any) -> dict[str, Any]:
    issued, effective = _dates(page)
    return {
        "sort_key": _day(page.issue_date),
        "year": page.issue_date.year,
        "kind": page.document_type,
        "issuer": page.issuer,
        "valid_from": effective or issued,
        "folded": f"{page.title} {page.number} {page.abstract}",
    }


def _schedule(page: Any) -> dict[str, Any]:
    return {"sort_key": _day(page.week_start), "year": page.week_start.year}


def _procurement(page: Any) -> dict[str, Any]:
    return {
        "sort_key": _day(page.approval_date),
        "year": page.approval_date.year,
        "field": page.field,
        "status": page.status,
        "issuer": page.investor,
        "folded": f"{page.title} {page.project} {page.plan_number} {page.egp_number} {page.winner}",
    }


def _budget(page: Any) -> dict[str, Any]:
    return {
        "sort_key": page.fiscal_year * 10**10 + _minutes(page.first_published_at),
        "year": page.fiscal_year,
        "kind": page.kind,
        "period": page.period,
        "folded": f"{page.title} {page.decision_number}",
    }


def _record(page: Any) -> dict[str, Any]:
    shape = disclosure(page.section)
    columns = shape.columns if shape else ()
    details = page.details or {}
    day = page.legal_day if "legal_day" in columns else None
    year = page.fiscal_year if "fiscal_year" in columns else None
    said = " ".join(str(details[code]) for code in (shape.found_by if shape else ()) if code in details)
    return {
        "sort_key": _day(day) if day else _UNDATED + _minutes(page.first_published_at),
        "year": year or (day.year if day else _year_of(page)),
        "kind": shape.kind(page.kind) if shape else "",
        "period": page.period_token if "period_token" in columns else "",
        "field": str(details.get(shape.field_code, ""))[:150] if shape else "",
        "issuer": str(details.get(shape.office_code, ""))[:255] if shape else "",
        "leaves_on": page.term_ends if shape and shape.leaves else None,
        "folded": f"{page.title} {page.number} {said}",
    }


_BY_MODEL = {
    "articlepage": _article,
    "eventpage": _event,
    "legaldocumentpage": _document,
    "workschedulepage": _schedule,
    "procurementpage": _procurement,
    "budgetdisclosurepage": _budget,
    "disclosurepage": _record,
    "plainpage": _published,
}


def values_of(page: Any) -> dict[str, Any] | None:
    """What the register keeps of a page; None for a page that stands in no list."""
    maker = _BY_MODEL.get(page._meta.model_name)
    if maker is None or page.pk is None:
        return None
    said = maker(page)
    return {**said, "live": page.live, "folded": fold(said.get("folded", page.title))[:_WORDS]}


def fill(found: Any) -> int:
    """Write every page's line anew, from the models of `found` (the installation's, or a migration's)."""
    entries = found.get_model("sitepages", "RegisterEntry")
    above = dict(found.get_model("wagtailcore", "Page").objects.values_list("path", "pk"))
    made = 0
    for name in _BY_MODEL:
        batch = []
        for page in found.get_model("sitepages", name).objects.iterator(chunk_size=500):
            values, parent = values_of(page), above.get(page.path[:-4])
            if values is not None and parent is not None:
                batch.append(entries(page_id=page.pk, parent_id=parent, **values))
        entries.objects.filter(pk__in=[entry.pk for entry in batch]).delete()
        entries.objects.bulk_create(batch, batch_size=500)
        made += len(batch)
    return made


def enter(page: Any) -> None:
    """Write the page's line anew; `refresh_standing` sees to the days of force but the first."""
    values = values_of(page)
    if values is None:
        return
    above = apps.get_model("wagtailcore", "Page").objects.filter(path=page.path[: -page.steplen])
    values["parent_id"] = above.values_list("pk", flat=True).first()
    if values["parent_id"] is not None:
        apps.get_model("sitepages", "RegisterEntry").objects.update_or_create(
            page_id=page.pk, defaults=values
        )


def refresh_standing(documents: Iterable[int]) -> None:
    """Work out anew from when to when these documents are in force; drafts bear on nothing.

    A copy sent down stands as what it is the text of: others name its source.
    """
    model = apps.get_model("sitepages", "LegalDocumentPage")
    entries = apps.get_model("sitepages", "RegisterEntry").objects
    sources = _sources(list(documents))
    pages = list(model.objects.filter(pk__in=sources))
    found = effects_on(list(sources.values()))
    columns = ("valid_from", "partly_from", "valid_to", "replaced")
    before = {pk: tuple(row) for pk, *row in entries.filter(pk__in=sources).values_list("pk", *columns)}
    moved = []
    for page in pages:
        stands = standing(*_dates(page), page.expires_on, found.get(sources[page.pk], ()))
        now = (stands.valid_from, stands.partly_from, stands.valid_to, stands.replaced)
        if before.get(page.pk, now) != now:
            entries.filter(pk=page.pk).update(**dict(zip(columns, now, strict=True)))
            moved.append(page.pk)
    pages_changed(moved)


def _sources(documents: list[int]) -> dict[int, int]:
    """These documents and the copies of them, each with what it is the text of: one query."""
    rows = apps.get_model("sitepages", "SentPage").objects.filter(
        page__isnull=False, withdrawn_at__isnull=True
    )
    copies = dict(
        rows.filter(Q(source__in=documents) | Q(page__in=documents)).values_list("page_id", "source_id")
    )
    return {**{pk: pk for pk in documents}, **copies}


def effects_on(documents: list[int]) -> dict[int, list[Effect]]:
    """What documents everybody may read do to these, by target: two queries."""
    links = apps.get_model("sitepages", "DocumentLink").objects
    public = Page.objects.live().public()
    rows = links.filter(FROM_ITS_OWN, target_id__in=documents, page__in=public).values_list(
        "target_id", "kind", "from_day", "page__effective_date", "page__issue_date"
    )
    found: dict[int, list[Effect]] = {}
    for target, kind, day, effective, issued in rows:
        found.setdefault(target, []).append(Effect(kind, day or effective or issued))
    return found
