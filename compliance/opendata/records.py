"""The addresses of what the portals publish: news, documents, schedules; of every portal that is open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query

from compliance.opendata import record_content as content
from compliance.opendata import record_schemas as out
from compliance.opendata import record_tables as tables
from compliance.opendata import schemas, words
from compliance.opendata.answers import RefusedError, as_csv, as_json
from compliance.opendata.api import ROOT, api
from compliance.opendata.tables import csv_file, plain_rows
from compliance.queries import published
from sitepages.vocabulary import sections

_TABLE = {"responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}}
_REFUSED = {400: schemas.Problem, 404: schemas.Problem}


@api.get(
    "/portals",
    response={200: out.PortalsOut, 400: schemas.Problem},
    operation_id="portals",
    openapi_extra=_TABLE,
)
def portals(request: HttpRequest, asked: Query[schemas.Chosen]) -> HttpResponse:
    rows = [content.portal_out(unit) for unit in published.portals().units.values()]
    if asked.format == "csv":
        return as_csv(csv_file(tables.PORTAL_COLUMNS, plain_rows(rows)), "portals")
    return as_json(out.PortalsOut(portals=rows))


@api.get(
    "/news",
    response={200: out.ArticlesOut, **_REFUSED},
    operation_id="news",
    openapi_extra=_TABLE,
)
def news(request: HttpRequest, asked: Query[out.NewsAsked]) -> HttpResponse:
    found = _portals(asked.unit)
    rows = published.news(found, unit=asked.unit, kind=asked.kind, topic=asked.topic, year=asked.year)
    part = _Part(rows, asked, "/news")
    shown = content.articles_out(part.rows, found)
    answer = out.ArticlesOut(**part.told, articles=shown)
    return part.answered(answer, "news", tables.ARTICLE_COLUMNS, tables.article_rows(shown))


@api.get(
    "/documents",
    response={200: out.DocumentsOut, **_REFUSED},
    operation_id="documents",
    openapi_extra=_TABLE,
)
def documents(request: HttpRequest, asked: Query[out.DocumentsAsked]) -> HttpResponse:
    found = _portals(asked.unit)
    if asked.section and "LegalDocumentPage" not in getattr(sections().get(asked.section), "accepts", ()):
        raise RefusedError(404, str(words.UNKNOWN_SECTION) % {"code": asked.section})
    rows = published.documents(
        found,
        unit=asked.unit,
        section=asked.section,
        kind=asked.kind,
        year=asked.year,
        number=asked.number,
        force=asked.force,
    )
    part = _Part(rows, asked, "/documents")
    shown = content.documents_out(part.rows, found, timezone.localdate())
    answer = out.DocumentsOut(**part.told, documents=shown)
    return part.answered(answer, "documents", tables.DOCUMENT_COLUMNS, tables.document_rows(shown))


@api.get(
    "/schedules",
    response={200: out.SchedulesOut, **_REFUSED},
    operation_id="schedules",
    openapi_extra=_TABLE,
)
def schedules(request: HttpRequest, asked: Query[out.SchedulesAsked]) -> HttpResponse:
    found = _portals(asked.unit)
    rows = published.schedules(found, unit=asked.unit, year=asked.year, day=asked.day)
    part = _Part(rows, asked, "/schedules")
    shown = content.schedules_out(part.rows, found)
    answer = out.SchedulesOut(**part.told, schedules=shown)
    return part.answered(answer, "schedules", tables.SCHEDULE_COLUMNS, tables.schedule_rows(shown))


def _portals(unit: str | None) -> published.Portals:
    """The portals; a unit without one is answered as one that does not exist."""
    found = published.portals()
    if unit and unit not in found.units:
        raise RefusedError(404, str(words.NO_PORTAL) % {"code": unit, "address": f"{ROOT}/portals"})
    return found


class _Part:
    """One part of a long list, and the address of the next."""

    def __init__(self, rows: QuerySet, asked: schemas.Paged, path: str) -> None:
        first = (asked.page - 1) * asked.size
        self.asked = asked
        self.total = rows.count()
        self.rows: list[Any] = list(rows[first : first + asked.size]) if first < self.total else []
        self.next: str | None = None
        if first + asked.size < self.total:
            said = asked.model_dump(mode="json", exclude_none=True)
            again = {**said, "page": asked.page + 1, "page_size": asked.size}
            self.next = f"{ROOT}{path}?{urlencode(again)}"

    @property
    def told(self) -> dict[str, Any]:
        """What the answer says of the part."""
        return {"total": self.total, "page": self.asked.page, "page_size": self.asked.size, "next": self.next}

    def answered(
        self, answer: out.PartOut, name: str, columns: Iterable[str], rows: Iterable[dict[str, Any]]
    ) -> HttpResponse:
        """The part as it was asked for."""
        if self.asked.format == "csv":
            response = as_csv(csv_file(list(columns), rows), name)
        else:
            response = as_json(answer)
        if self.next:
            response["Link"] = f'<{self.next}>; rel="next"'
        return response
