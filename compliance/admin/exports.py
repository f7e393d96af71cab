"""Spreadsheets that open right in Excel and run nothing."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from compliance.presentation import guarded

__all__ = ["RowExportMixin", "SafeExportMixin", "guarded"]


class SafeExportMixin(SpreadsheetExportMixin):
    """Wagtail's export with a byte-order mark, formula guard and local times."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        if isinstance(value, datetime.datetime) and timezone.is_aware(value):
            value = timezone.localtime(value).replace(tzinfo=None, microsecond=0)
        return guarded(super().preprocess_field_value(field, value, export_format))

    def stream_csv(self, queryset: Any) -> Iterator[bytes]:
        yield "\ufeff".encode()
        yield from super().stream_csv(queryset)


class RowExportMixin(SafeExportMixin):
    """Export of plain rows: ``list_export`` are positions, ``head`` the headings."""

    head: list[str]

    def prepare(self, head: list[str]) -> None:
        self.head = head
        self.list_export = [str(index) for index in range(len(head))]

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        return dict(zip(self.list_export, item, strict=True))

    def get_heading(self, queryset: Any, field: str) -> str:
        return str(self.head[int(field)])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["exports"] = [(name.upper(), self.get_export_url(name)) for name in ("xlsx", "csv")]
        return context
