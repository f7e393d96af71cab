"""Plain tables as spreadsheets: amounts as numbers with a format, text never as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence
from typing import Any

import xlsxwriter

_MONEY = "#,##0"


def xlsx_bytes(
    title: str, head: Sequence[str], rows: Sequence[Sequence[Any]], *, money: Collection[int], total: str
) -> bytes:
    """A workbook of one sheet; ``money`` columns are summed by formula in a last row that says ``total``."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(title[:31])
    bold = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"})
    text, sums = book.add_format({"border": 1}), book.add_format({"border": 1, "num_format": _MONEY})
    strong = book.add_format({"border": 1, "num_format": _MONEY, "bold": True})
    for column, label in enumerate(head):
        sheet.write_string(0, column, label, bold)
        longest = max([len(str(row[column])) for row in rows] + [len(label) // 2, 6])
        sheet.set_column(column, column, min(longest + 3, 45))
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(line, column, value, sums if column in money else text)
            else:
                sheet.write_string(line, column, str(value), text)
    last = len(rows) + 1
    sheet.write_string(last, 0, total, bold)
    for column in range(1, len(head)):
        if column in money and rows:
            letter = xlsxwriter.utility.xl_col_to_name(column)
            value = sum(row[column] for row in rows)
            sheet.write_formula(last, column, f"=SUM({letter}2:{letter}{last})", strong, value)
        else:
            sheet.write_blank(last, column, None, text)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    book.close()
    return stream.getvalue()


def csv_bytes(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """Comma-separated text that Excel opens right; guarding the values is the caller's."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows(rows)
    return ("\ufeff" + out.getvalue()).encode()
