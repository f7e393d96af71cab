"""What a page says, as plain text: its title, numbers, words, and the files it offers."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any

from django.utils import timezone
from wagtail.blocks import StreamValue

from sitepages.search.words import clean

_INLINE = re.compile(r"</?(?:a|b|i|em|strong|sup|sub|u|span)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_LINKED = re.compile(r'<a\b[^>]*\blinktype="document"[^>]*>', re.IGNORECASE)
_ID = re.compile(r'\bid="(\d{1,18})"')

#: Fields and properties that a page shows, by its type. A type may say its own by ``search_texts``.
_TEXTS: dict[str, tuple[str, ...]] = {
    "ArticlePage": ("lead", "body", "byline", "source"),
    "ArticleIndexPage": ("introduction",),
    "SectionMapPage": ("introduction",),
    "PortalHomePage": ("introduction",),
    "SubportalHomePage": ("introduction",),
    "SectionPage": ("body",),
    "PlainPage": ("body",),
    "LegalDocumentPage": ("type_name", "abstract", "issuer", "signer"),
    "WorkSchedulePage": ("rows", "note"),
    "ProcurementPage": (
        "project", "goal", "field_name", "project_type", "period", "funding", "sponsor", "investor", "winner",
        "attachments",
    ),
    "BudgetDisclosurePage": ("explanation", "tables"),
    "EventPage": ("place", "body"),
    "DisclosurePage": ("kind_name", "shown_fields", "body"),
}  # fmt: skip
_NUMBERS: dict[str, tuple[str, ...]] = {
    "LegalDocumentPage": ("number",),
    "ProcurementPage": ("plan_number", "result_number", "egp_number"),
    "BudgetDisclosurePage": ("decision_number",),
    "DisclosurePage": ("number",),
}
_DATES: dict[str, tuple[str, ...]] = {
    "LegalDocumentPage": ("issue_date", "effective_date"),
    "ProcurementPage": ("approval_date", "notice_date", "result_date"),
    "BudgetDisclosurePage": ("decision_date",),
    "EventPage": ("starts_at",),
    "DisclosurePage": ("legal_day", "answered_on"),
}
_ROW = ("leader", "content", "place")


def numbers_of(page: Any) -> list[str]:
    """The numbers a page is known by."""
    names = getattr(page, "search_numbers", None) or _NUMBERS.get(type(page).__name__, ())
    return [str(value) for name in names if (value := getattr(page, name))]


def dates_of(page: Any) -> list[datetime.date]:
    """The days that are a page's own, the one it is ordered by first."""
    first = page.legal_date or _local(page.first_published_at or page.latest_revision_created_at)
    names = getattr(page, "search_dates", None) or _DATES.get(type(page).__name__, ())
    more = [_local(value) for name in names if (value := getattr(page, name))]
    return list(dict.fromkeys([first, *more]))


def _local(value: Any) -> datetime.date:
    if value is None:
        return datetime.date(1970, 1, 1)
    return timezone.localdate(value) if isinstance(value, datetime.datetime) else value


def text_of(page: Any) -> str:
    """What a page shows, its title and files aside."""
    names = getattr(page, "search_texts", None) or _TEXTS.get(type(page).__name__, ())
    lines = (line for name in names for text in _said(getattr(page, name)) for line in text.splitlines())
    parts = (clean(" ".join(line.split())) for line in lines)
    return "\n".join(part for part in parts if part)


def stream_text(value: StreamValue, enough: int) -> str:
    """The first words of a text in parts, as plain text; what stands beside a picture is not among them."""
    found = ""
    for block in value.raw_data:
        if block["type"] == "figure":
            continue
        for said in _in_block(block["value"]):
            found = f"{found} {clean(' '.join(said.split()))}".strip()
            if len(found) >= enough:
                return found
    return found


def _said(value: Any) -> Iterator[str]:
    if callable(value):
        value = value()
    if isinstance(value, StreamValue):
        for block in value.raw_data:
            yield from _in_block(block["value"])
    elif isinstance(value, str):
        yield value
    elif hasattr(value, "all"):
        for row in value.all():
            yield from (str(said) for name in _ROW if (said := getattr(row, name, "")))
    elif isinstance(value, Iterable):
        for each in value:  # what a disclosure shows
            shown = each.value
            yield (
                f"{each.name}: {shown:%d/%m/%Y}"
                if isinstance(shown, datetime.date)
                else f"{each.name}: {shown}"
            )


def _in_block(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield plain(value)
    elif isinstance(value, Mapping):
        data = value.get("data")
        for each in [data] if isinstance(data, list) else value.values():
            yield from _in_block(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _in_block(each)


def plain(html: str) -> str:
    """Text without its markup, its parts on lines of their own."""
    if "<" in html:
        html = _TAG.sub("\n", _INLINE.sub("", html))
    return unescape(html)


def documents_of(page: Any) -> dict[int, str]:
    """The files a page offers, each with the title it is shown by, empty for its own."""
    found: dict[int, str] = {}
    if hasattr(page, "files"):
        found |= {row.document_id: row.title for row in page.files.all() if row.document_id}
    for field in page._meta.concrete_fields:
        value = getattr(page, field.attname)
        if isinstance(value, StreamValue):
            for block in value.raw_data:
                found |= _files_in(block["type"], block["value"])
    return found


def _files_in(kind: str, value: Any) -> dict[int, str]:
    if kind == "attachment" and isinstance(value, Mapping):
        number = value.get("document")
        return {number: str(value.get("title") or "")} if isinstance(number, int) else {}
    if isinstance(value, str):
        ids = (_ID.search(tag) for tag in _LINKED.findall(value))
        return {int(match[1]): "" for match in ids if match}
    return {}
