"""The demo's disclosure records and pages of text: built from ``content.toml``, not yet in the tree."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from portal.demo.files import illustration
from sitepages.models import Authority, DisclosureFile, DisclosurePage, PlainPage

Entry = dict[str, Any]


def paragraphs(text: str) -> list[tuple[str, Any]]:
    """Blocks of a text whose paragraphs are set apart by an empty line."""
    parts = (part.strip() for part in text.split("\n\n"))
    return [("paragraph", f"<p>{escape(part, quote=False)}</p>") for part in parts if part]


def plain_page(entry: Entry) -> PlainPage:
    page: Any = PlainPage(title=entry["title"], covers=entry.get("covers", []))
    page.body = paragraphs(entry.get("text", ""))
    return page


def disclosure_page(entry: Entry, unit: Authority, day: Callable[[Entry, str], Any]) -> DisclosurePage:
    """A record; ``day`` reads a date, fixed or counted back from the day of loading."""
    page: Any = DisclosurePage(
        title=entry["title"],
        section=entry["section"],
        kind=entry.get("kind", ""),
        number=entry.get("number", ""),
        legal_day=day(entry, "day"),
        fiscal_year=entry.get("year"),
        period_token=entry.get("period", ""),
        month=entry.get("month"),
        answered_on=day(entry, "answered"),
        term_ends=day(entry, "ends"),
        details=dict(entry.get("details", {})),
    )
    if "opens_days_ago" in entry:
        page.details["opens_at"] = day(entry, "opens").isoformat()
    blocks = paragraphs(entry.get("text", ""))
    if "table" in entry:
        table = {"data": entry["table"], "first_row_is_table_header": True, "first_col_is_header": True}
        blocks.append(("figures", {"caption": entry["title"], "unit": entry.get("unit", ""), "table": table}))
    page.body = blocks
    page.files = [
        DisclosureFile(sort_order=order, serves=code, document=illustration(unit, title))
        for order, (code, title) in enumerate(entry.get("files", {}).items())
    ]
    return page
