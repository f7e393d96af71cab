"""Published records as rows of CSV files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from compliance.opendata import record_schemas as out

PORTAL_COLUMNS = tuple(out.PortalOut.model_fields)
ARTICLE_COLUMNS = tuple(out.ArticleOut.model_fields)
#: Files stand by their addresses, links by their number.
DOCUMENT_COLUMNS = tuple(out.DocumentOut.model_fields)
SCHEDULE_COLUMNS = (
    *(name for name in out.ScheduleOut.model_fields if name != "items"),
    *out.ItemOut.model_fields,
)


def article_rows(articles: Iterable[out.ArticleOut]) -> Iterable[dict[str, Any]]:
    """One row an article."""
    return (article.model_dump(mode="json") for article in articles)


def document_rows(documents: Iterable[out.DocumentOut]) -> Iterable[dict[str, Any]]:
    """One row a document."""
    for document in documents:
        row = document.model_dump(mode="json")
        yield row | {"files": [file.url for file in document.files], "links": len(document.links)}


def schedule_rows(schedules: Iterable[out.ScheduleOut]) -> Iterable[dict[str, Any]]:
    """One row an item, with its week; a week without items has one row."""
    for schedule in schedules:
        row = schedule.model_dump(mode="json")
        items = row.pop("items") or [{}]
        for item in items:
            yield row | item
