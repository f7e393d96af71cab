"""Plain tables as spreadsheets: amounts as numbers with a format, text never as a formula."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

_MONEY, _DAY, _MOMENT = "#,##0", "dd/mm/yyyy", "dd/mm/yyyy hh:mm"
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", "-"))


def xlsx_bytes(
    title: str,
    head: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    money: Collection[int],
    total: str = "",
    sums: Collection[int] | None = None,
) -> bytes:
    """A workbook of one sheet, days as days and amounts in ``money`` columns with their thousands apart.

    ``sums`` columns (those of ``money`` when not told) are summed by formula in a last row that says
    ``total``; without one there is no such row.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(title.translate(_NOT_IN_A_NAME)[:31] or "1")
    bold = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"})
    formats = {
        "text": book.add_format({"border": 1}),
        "money": book.add_format({"border": 1, "num_format": _MONEY}),
        "day": book.add_format({"border": 1, "num_format": _DAY, "align": "left"}),
        "moment": book.add_format({"border": 1, "num_format": _MOMENT, "align": "left"}),
    }
    strong = book.add_format({"border": 1, "num_format": _MONEY, "bold": True})
    for column, label in enumerate(head):
        sheet.write_string(0, column, label, bold)
        longest = max([len(_shown(row[column])) for row in rows] + [len(label) // 2, 6])
        sheet.set_column(column, column, min(longest + 3, 45))
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write(sheet, line, column, value, formats, column in money)
    if total:
        _total(sheet, head, rows, money if sums is None else sums, total, (bold, strong, formats["text"]))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    book.close()
    return stream.getvalue()


def _write(sheet: Any, line: int, column: int, value: Any, formats: dict[str, Any], money: bool) -> None:
    if value is None:
        sheet.write_blank(line, column, None, formats["text"])
    elif isinstance(value, bool):
        sheet.write_boolean(line, column, value, formats["text"])
    elif isinstance(value, (int, float, Decimal)):
        sheet.write_number(line, column, value, formats["money" if money else "text"])
    elif isinstance(value, datetime.datetime):
        sheet.write_datetime(line, column, value, formats["moment"])
    elif isinstance(value, datetime.date):
        sheet.write_datetime(line, column, value, formats["day"])
    else:
        sheet.write_string(line, column, str(value), formats["text"])


def _total(
    sheet: Any,
    head: Sequence[str],
    rows: Sequence[Sequence[Any]],
    sums: Collection[int],
    total: str,
    formats: tuple[Any, Any, Any],
) -> None:
    bold, strong, text = formats
    last = len(rows) + 1
    sheet.write_string(last, 0, total, bold)
    for column in range(1, len(head)):
        if column in sums and rows:
            letter = xlsxwriter.utility.xl_col_to_name(column)
            value = sum(row[column] or 0 for row in rows)
            sheet.write_formula(last, column, f"=SUM({letter}2:{letter}{last})", strong, value)
        else:
            sheet.write_blank(last, column, None, text)


def _shown(value: Any) -> str:
    """About as long as a cell shows it."""
    if isinstance(value, datetime.date):
        return "00/00/0000"
    return f"{value:,}" if isinstance(value, int) else "" if value is None else str(value)


def csv_bytes(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """Comma-separated text that Excel opens right; guarding the values is the caller's."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows(rows)
    return ("\ufeff" + out.getvalue()).encode()
