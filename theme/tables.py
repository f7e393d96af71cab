"""A table block's value as rows of cells that a template can write out accessibly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_NUMBER = re.compile(r"[-+−(]?\d[\d.,\s]*\)?\s?%?")


@dataclass(frozen=True)
class Cell:
    """One cell: ``scope`` is set on headers only, ``is_figure`` on what is set flush right."""

    text: str
    scope: str = ""
    rowspan: int = 1
    colspan: int = 1
    is_figure: bool = False


@dataclass(frozen=True)
class Table:
    """The heading rows and the others."""

    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]


def _merges(value: dict[str, Any]) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Where merged cells begin and how far they reach, and the cells they cover."""
    spans, covered = {}, set()
    for merge in value.get("mergeCells") or []:
        row, col, rows, cols = merge["row"], merge["col"], merge["rowspan"], merge["colspan"]
        spans[row, col] = (rows, cols)
        reach = {(row + down, col + across) for down in range(rows) for across in range(cols)}
        covered |= reach - {(row, col)}
    return spans, covered


def read_table(value: dict[str, Any] | None) -> Table:
    """Rows of cells with header scopes and merged cells worked out; trailing empty rows are dropped."""
    value = value or {}
    data = [list(row) for row in value.get("data") or []]
    while data and not any(str(text or "").strip() for text in data[-1]):
        data.pop()
    spans, covered = _merges(value)
    head_row, head_col = bool(value.get("first_row_is_table_header")), bool(value.get("first_col_is_header"))
    rows = []
    for at, texts in enumerate(data):
        cells = []
        for across, text in enumerate(texts):
            if (at, across) in covered:
                continue
            scope = "col" if head_row and at == 0 else "row" if head_col and across == 0 else ""
            rowspan, colspan = spans.get((at, across), (1, 1))
            words = str(text if text is not None else "").strip()
            figure = (
                across > 0 and not scope and bool(_NUMBER.fullmatch(words))
            )  # the first column only counts rows
            cells.append(Cell(words, scope, rowspan, colspan, figure))
        rows.append(tuple(cells))
    cut = 1 if head_row else 0
    return Table(tuple(rows[:cut]), tuple(rows[cut:]))
