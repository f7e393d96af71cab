"""Tables, columns and rules of printed documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib.colors import black
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, LongTable
from reportlab.platypus import Table as Grid

from compliance.reports.document import Table

Cell = Callable[..., Flowable]
_THIN, _RULE_HEIGHT = 0.5, 5.0
_TALL = 1200  # characters: a cell that may be taller than a page


class Upright(Flowable):
    """A text that runs upwards, in a cell of a given height."""

    def __init__(self, inner: Any, height: float) -> None:
        super().__init__()
        self.inner, self.room = inner, height

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        _wide, self.high = self.inner.wrap(self.room, width)
        return width, self.room

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.rotate(90)
        self.inner.drawOn(self.canv, 0, -self.high)
        self.canv.restoreState()


class _Rule(Flowable):
    """A line of its own height, in the middle or at the left of the room it is given."""

    def __init__(self, width: float, left: bool) -> None:
        super().__init__()
        self.long, self.at_left, self.room = width, left, width

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.room = width
        return width, _RULE_HEIGHT

    def draw(self) -> None:
        start = 0 if self.at_left else (self.room - self.long) / 2
        self.canv.setLineWidth(_THIN)
        self.canv.line(start, _RULE_HEIGHT / 2, start + self.long, _RULE_HEIGHT / 2)


def rule(width: float, *, left: bool = False) -> Flowable:
    """A line of so many millimetres."""
    return _Rule(width * mm, left)


def columns(left: Sequence[Flowable], right: Sequence[Flowable], *widths: float) -> Flowable:
    """Two columns side by side, without borders, never divided between pages."""
    return side_by_side([left, right], widths)


def side_by_side(sides: Sequence[Sequence[Flowable]], widths: Sequence[float]) -> Flowable:
    """Columns without borders, never divided between pages."""
    made = Grid([[list(side) for side in sides]], [width * mm for width in widths])
    made.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0),
                   ("RIGHTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 0),
                   ("RIGHTPADDING", (0, 0), (-2, -1), 6)])  # fmt: skip
    return made


def grid(table: Table, cell: Cell) -> Flowable:
    """A table with borders, its head repeated on every page; long cells may be divided between pages."""
    heads = 2 if table.over else 1
    width = len(table.head)
    top: list[Any] = [
        Upright(cell(text, min(table.size, 9), bold=True, left=False), table.head_height * mm)
        if index in table.upright
        else cell(text, table.size, bold=True, left=False)
        for index, text in enumerate(table.head)
    ]
    tall = any(len(text) > _TALL for texts in table.rows for text in texts)
    rows: list[list[Any]] = [top]
    styles: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), _THIN, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]  # fmt: skip
    if table.over:
        rows, more = _two_rows(table, top, cell)
        styles += more
    for number, texts in enumerate(table.rows):
        band, bold = number in table.bands, number in table.bands or number in table.sums
        row: list[Any] = [
            "" if band and index else cell(text, table.size, bold=bold, left=band or index in table.left)
            for index, text in enumerate(texts)
        ]
        rows.append(row)
        if band:
            styles.append(("SPAN", (0, heads + number), (width - 1, heads + number)))
    made = LongTable(rows, [each * mm for each in table.widths], repeatRows=heads, splitInRow=int(tall))
    made.setStyle(styles)
    return made


def _two_rows(table: Table, top: list[Any], cell: Cell) -> tuple[list[list[Any]], list[tuple[Any, ...]]]:
    """The head in two rows: names over several columns, and the other heads as high as both."""
    upper, lower, styles = list(top), list(top), []
    joined = set()
    for first, last, text in table.over:
        upper[first] = cell(text, table.size, bold=True, left=False)
        upper[first + 1 : last + 1] = [""] * (last - first)
        joined |= set(range(first, last + 1))
        styles.append(("SPAN", (first, 0), (last, 0)))
    for index in set(range(len(top))) - joined:
        lower[index] = ""
        styles.append(("SPAN", (index, 0), (index, 1)))
    return [upper, lower], styles
