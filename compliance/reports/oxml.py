"""What python-docx has no words for: fields, borders, fixed tables, repeated heads."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from compliance.reports.document import Table

#: Columns below this width (mm) get hardly any padding (twentieths of a point).
NARROW, NARROW_PADDING = 7.0, 12


def element(tag: str, **attributes: Any) -> Any:
    """An element of WordprocessingML with attributes of its namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def page_number(paragraph: Paragraph) -> None:
    """The field that shows the page's number."""
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("", "1"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            run._r.append(element("w:fldChar", fldCharType=kind))
        elif text == "PAGE":
            code = OxmlElement("w:instrText")
            code.text = text
            run._r.append(code)
        else:
            run.text = text


def restart_pages(section: Section) -> None:
    """Number the pages of this section from 1: annexes are numbered apart."""
    properties = section._sectPr
    old = properties.find(qn("w:pgNumType"))
    if old is not None:
        properties.remove(old)
    numbering = element("w:pgNumType", start=1)
    before = next((properties.find(qn(f"w:{tag}")) for tag in ("cols", "titlePg", "docGrid")), None)
    if before is None:
        properties.append(numbering)
    else:
        before.addprevious(numbering)


def bottom_border(paragraph: Paragraph) -> None:
    """A solid line under the paragraph."""
    borders = element("w:pBdr")
    borders.append(element("w:bottom", val="single", sz=6, space=0, color="000000"))
    properties = paragraph._p.get_or_add_pPr()
    follower = next(
        (
            child
            for child in properties
            if child.tag in {qn(f"w:{tag}") for tag in ("spacing", "ind", "jc", "rPr")}
        ),
        None,
    )
    if follower is None:
        properties.append(borders)
    else:
        follower.addprevious(borders)


def shrink(paragraph: Paragraph) -> None:
    """An empty paragraph that Word asks for, made too small to begin a page."""
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)


def outline(paragraph: Paragraph, level: int) -> None:
    """Let the paragraph appear in the navigation as a heading of this level."""
    properties = paragraph._p.get_or_add_pPr()
    made = element("w:outlineLvl", val=level - 1)
    tail = properties.find(qn("w:rPr"))
    if tail is None:
        properties.append(made)
    else:
        tail.addprevious(made)


def two_columns(word: Document, left: float, right: float, *, keep: bool = False) -> tuple[_Cell, _Cell]:
    """A table of one row without borders: the two cells. ``keep`` keeps the row on one page."""
    first, second = columns(word, [left, right], keep=keep)
    return first, second


def columns(word: Document, widths: list[float], *, keep: bool = False) -> list[_Cell]:
    """A table of one row without borders: its cells. ``keep`` keeps the row on one page."""
    table = word.add_table(rows=1, cols=len(widths))
    _fix(table, widths)
    if keep:
        table.rows[0]._tr.get_or_add_trPr().append(element("w:cantSplit"))
    return list(table.rows[0].cells)


def grid(word: Document, table: Table) -> WordTable:
    """An empty table with borders, of the right size, its head row repeated on every page."""
    heads = 2 if table.over else 1
    made = word.add_table(rows=heads + len(table.rows), cols=len(table.head))
    made.style = word.styles["Table Grid"]
    _fix(made, list(table.widths), NARROW_PADDING if min(table.widths) < NARROW else 57)
    for row in made.rows:
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
        for cell in row.cells:
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for head in made.rows[:heads]:
        head._tr.get_or_add_trPr().append(element("w:tblHeader"))
    if table.upright:
        head = made.rows[heads - 1]
        head.height = Mm(table.head_height)
        for index in table.upright:
            head.cells[index]._tc.get_or_add_tcPr().append(element("w:textDirection", val="btLr"))
    _merge(made, table, heads)
    return made


def _merge(made: WordTable, table: Table, heads: int) -> None:
    """Join the cells that a text runs over: columns named together, heads of two rows, bands."""
    width = len(table.head)
    for first, last, _text in table.over:
        made.cell(0, first).merge(made.cell(0, last))
    if heads > 1:
        joined = {index for first, last, _text in table.over for index in range(first, last + 1)}
        for index in sorted(set(range(width)) - joined):
            made.cell(0, index).merge(made.cell(1, index))
    for number in table.bands:
        made.cell(heads + number, 0).merge(made.cell(heads + number, width - 1))


def _fix(table: WordTable, widths: list[float], padding: int = 57) -> None:
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    properties = table._tbl.tblPr
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=padding, type="dxa"))
    follower = properties.find(qn("w:tblLook"))
    if follower is None:
        properties.append(margins)
    else:
        follower.addprevious(margins)
    for index, width in enumerate(widths):
        table.columns[index].width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
