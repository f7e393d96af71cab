"""Spreadsheets that open right in Excel and run nothing."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from compliance.presentation import guarded
from compliance.reports.sheet import xlsx_bytes

__all__ = ["RowExportMixin", "SafeExportMixin", "guarded"]


class SafeExportMixin(SpreadsheetExportMixin):
    """Wagtail's export with a byte-order mark, formula guard and local times, and sheets fit to be printed.

    ``export_sums`` are the columns of ``list_export`` that a last row adds up.
    """

    export_sums: Collection[str] = ()
    export_title: Any = ""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        if isinstance(value, datetime.datetime) and timezone.is_aware(value):
            value = timezone.localtime(value).replace(tzinfo=None, microsecond=0)
        return guarded(super().preprocess_field_value(field, value, export_format))

    def write_xlsx(self, queryset: Any, output: IO[bytes]) -> None:
        """By the writer of the treasury's file: a named sheet, widths, days as days, thousands apart."""
        head = [str(self.get_heading(queryset, field)) for field in self.list_export]
        rows = [
            [
                self.preprocess_field_value(field, value, self.FORMAT_XLSX)
                for field, value in self.to_row_dict(item).items()
            ]
            for item in queryset
        ]
        money = {index for index, label in enumerate(head) if "(đồng)" in label}
        sums = {index for index, field in enumerate(self.list_export) if field in self.export_sums}
        title = str(self.export_title or getattr(self, "page_title", "") or self.get_filename())
        total = _("Total") if sums and rows else ""
        output.write(xlsx_bytes(title, head, rows, money=money, sums=sums, total=total))

    def stream_csv(self, queryset: Any) -> Iterator[bytes]:
        yield "\ufeff".encode()
        yield from super().stream_csv(queryset)


class RowExportMixin(SafeExportMixin):
    """Export of plain rows: ``list_export`` are positions, ``head`` the headings."""

    head: list[str]

    def prepare(self, head: list[str], sums: Collection[int] = ()) -> None:
        """``sums`` are the columns that a last row of the spreadsheet adds up."""
        self.head = head
        self.export_sums = {str(index) for index in sums}
        self.list_export = [str(index) for index in range(len(head))]

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        return dict(zip(self.list_export, item, strict=True))

    def get_heading(self, queryset: Any, field: str) -> str:
        return str(self.head[int(field)])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["exports"] = [(name.upper(), self.get_export_url(name)) for name in ("xlsx", "csv")]
        return context
