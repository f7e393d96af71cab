"""Reads for the detail pages and the rows of a list."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sitepages.disclosures import disclosure
from sitepages.registers.files import TEXTS
from sitepages.registers.window import Window
from sitepages.sent.marks import FROM_ITS_OWN, canonical_page

#: Comments shown under a draft, and the longest list of links.
MOST_COMMENTS, MOST_LINKS = 50, 100


def row_fields(record: Any) -> list[Any]:
    """What a record's row shows: the fields its section names for it, else its first four."""
    shape = disclosure(record.section)
    fields = record.shown_fields()
    if shape is None or not shape.row:
        return [field for field in fields[:4] if field.type != "long"]
    by_code = {field.code: field for field in fields}
    return [by_code[code] for code in shape.row if code in by_code]


@dataclass(frozen=True)
class Cell:
    """A field in a table's row, empty ones too."""

    name: str
    value: Any = None
    type: str = "text"


def row_cells(record: Any) -> list[Any]:
    """One cell for each field of the section's rows, in their order."""
    shape = disclosure(record.section)
    by_code = {field.code: field for field in record.shown_fields()}
    named = [shape.field(code) for code in shape.row] if shape else []
    return [by_code.get(each.code) or Cell(each.name) for each in named if each is not None]


@dataclass(frozen=True)
class Together:
    """Records of one kind, year, field or office, under its name."""

    name: str
    records: list[Any]

    @property
    def layout(self) -> str:
        """How the section's list is set."""
        shape = disclosure(self.records[0].section)
        return shape.layout if shape else "cards"

    @property
    def heads(self) -> list[Any]:
        """The fields that head the columns of a table."""
        shape = disclosure(self.records[0].section)
        return [shape.field(code) for code in shape.row] if shape else []


def put_together(records: Iterable[Any]) -> list[Together]:
    """Neighbouring records by what their section puts them together by; one nameless group without."""
    groups: list[Together] = []
    for record in records:
        name = _group_of(record)
        found = next((group for group in groups if group.name == name), None)
        if found is None:
            groups.append(found := Together(name, []))
        found.records.append(record)
    return groups


def _group_of(record: Any) -> str:
    shape = disclosure(record.section)
    by = shape.group if shape else ""
    if shape is None or not by:
        return ""
    if by == "kind":
        return str(record.kind_name)
    if by == "year":
        year = record.fiscal_year or (record.legal_day.year if record.legal_day else None)
        return str(year or "")
    code = shape.field_code if by == "field" else shape.office_code
    named = shape.field(code)
    value = (record.details or {}).get(code, "")
    return str(named.shown(value) if named and value else _("Other"))


def count_pages(documents: Iterable[Any]) -> None:
    """Note on each document how many pages it has, where the text of files is read: one query."""
    documents = [each for each in documents if each is not None and not hasattr(each, "page_count")]
    counted: dict[int, int | None] = {}
    try:
        texts = apps.get_model("sitepages", TEXTS)
    except LookupError:
        texts = None
    if texts is not None and documents:
        rows = texts.objects.filter(document_id__in=[each.pk for each in documents])
        counted = dict(rows.values_list("document_id", "pages"))
    for each in documents:
        each.page_count = counted.get(each.pk)


def links_of(page: Any) -> list[dict[str, Any]]:
    """Links both ways, this document's own first; the other side only where all may see it: one query."""
    model = apps.get_model("sitepages", "DocumentLink")
    mine = Q(page_id=page.pk)
    first = canonical_page(page)  # what a copy sent down is the text of: others name that
    rows = (
        model.objects.filter(mine | Q(target_id=first.pk, page__live=True) & FROM_ITS_OWN)
        .select_related("target", "page")
        .order_by(
            Case(When(mine, then=0), default=1),
            Case(When(mine, then=F("sort_order"))),
            "-page__issue_date",
            "pk",
        )
    )
    found, frame = [], getattr(page, "_frame", None)
    for link in rows[: 2 * MOST_LINKS]:
        own = link.page_id == page.pk
        other = link.target if own else link.page
        public = other is not None and other.live and (frame is None or frame.is_open(other.path))
        if own and (public or link.elsewhere):
            found.append(_link(link, other if public else None, link.elsewhere, link.get_kind_display()))
        elif public and not own:
            found.append(_link(link, other, "", _passive(link.kind)))
    return found


def _link(link: Any, page: Any, elsewhere: str, word: str) -> dict[str, Any]:
    return {"word": word, "page": page, "elsewhere": elsewhere, "note": link.note, "day": link.from_day}


def _passive(kind: str) -> str:
    return {
        "replaces": _("is replaced by"),
        "repeals": _("is repealed by"),
        "repeals_part": _("is repealed in part by"),
        "amends": _("is amended by"),
        "corrects": _("is corrected by"),
        "based_on": _("is implemented by"),
    }.get(kind, kind)


_NAMES = {
    "date": gettext_lazy("day"),
    "time": gettext_lazy("time"),
    "leader": gettext_lazy("leader"),
    "content": gettext_lazy("content"),
    "place": gettext_lazy("place"),
    "state": gettext_lazy("state"),
}


def change_of(changes: Any, row: Any) -> dict[str, Any] | None:
    """How one item of a schedule differs from what was announced first; None for one that does not."""
    found = (changes or {}).get("rows", {}).get(str(row.pk)) if isinstance(changes, dict) else None
    if found is None:
        return None
    was = [
        (_NAMES[name], as_text(name, value))
        for name, value in found["was"].items()
        if name != "state" and value
    ]
    return {"is_new": "new" in found["what"], "day": as_date(found["on"]), "was": was}


def gone_of(changes: Any) -> list[dict[str, Any]]:
    """The items of the first announcement that no longer stand in the schedule."""
    rows = changes.get("gone", []) if isinstance(changes, dict) else []
    return [{**row, "date": as_date(row["date"]), "on": as_date(row["on"])} for row in rows]


def as_date(text: str) -> datetime.date | None:
    """A day as JSON keeps it."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def as_text(name: str, value: str) -> str:
    """A former value in words."""
    day = as_date(value) if name == "date" else None
    return f"{day:%d/%m/%Y}" if day else value


def figures_in(page: Any) -> list[tuple[int, str]]:
    """The tables of a page by number and caption, for download."""
    stream = getattr(page, "tables", None) or getattr(page, "body", None) or []
    captions = [block.value.get("caption", "") for block in stream if block.block_type == "figures"]
    return list(enumerate(captions, start=1))


@dataclass(frozen=True)
class Consultation:
    """A draft's window, and what was said within it."""

    window: Window
    received: int
    published: list[Any]


def consultation_of(page: Any, today: datetime.date) -> Consultation:
    """How many comments came, and the texts that are published: two queries."""
    comments = page.comments.all()
    shown = comments.filter(state="approved").exclude(public_text="").only("public_text", "received_at")
    window = Window.of(page.details, page.term_ends, today)
    return Consultation(window, comments.count(), list(shown[:MOST_COMMENTS]))
