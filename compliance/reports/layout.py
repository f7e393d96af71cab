"""The layout of Decree 30/2020/ND-CP for Word: page, letterhead, title, body, signature, annexes.

A4, margins 20/20/30/20 mm, Times New Roman 14; page numbers centred in the top margin, none on a first page.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Sequence

import docx
from django.utils.translation import gettext as _
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from compliance.reports import oxml
from compliance.reports.document import Annex, Block, Heading, OfficialDocument, Paragraph, Table
from compliance.reports.footnotes import Footnotes
from compliance.reports.wording import blank, number_line, place_and_date

FONT, SIZE = "Times New Roman", 14
PAGE, MARGINS = (210.0, 297.0), {"top": 20.0, "bottom": 20.0, "left": 30.0, "right": 20.0}
TEXT_WIDTH = PAGE[0] - MARGINS["left"] - MARGINS["right"]
LEFT_COLUMN, RIGHT_COLUMN = 65.0, 95.0
INDENT = 12.7
_BEFORE_SIGNATURE = 3
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
CENTRE, JUSTIFY, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT


def docx_bytes(document: OfficialDocument, *, made_at: datetime.datetime) -> bytes:
    """The document as a .docx file."""
    writer = Writer(document)
    writer.write()
    properties = writer.word.core_properties
    properties.title = clean(f"{document.kind}: {document.abstract}")[:255]
    properties.author = clean(document.letterhead.issuing_body)[:255]
    properties.language = "vi-VN"
    properties.created = properties.modified = made_at.astimezone(datetime.UTC).replace(tzinfo=None)
    properties.last_modified_by, properties.comments = "", ""
    stream = io.BytesIO()
    writer.word.save(stream)
    return _same_ever(stream)


def _same_ever(stream: io.BytesIO) -> bytes:
    """The package without the moments of its packing: the same document is the same file."""
    made = io.BytesIO()
    with zipfile.ZipFile(stream) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for entry in given.infolist():
            kept = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            kept.compress_type, kept.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            package.writestr(kept, given.read(entry))
    return made.getvalue()


def clean(text: str) -> str:
    """Text that XML can hold, on one line."""
    return " ".join(_ILLEGAL.sub("", text).split())


class Writer:
    """Writes one official document."""

    def __init__(self, document: OfficialDocument) -> None:
        self.document = document
        self.word = docx.Document()
        self._styles()
        self._page(self.word.sections[0])
        self.notes = Footnotes(self.word)

    def write(self) -> None:
        self._letterhead()
        self._title(self.document.kind.upper(), self.document.abstract, before=12)
        self._blocks(self.document.blocks)
        for closing in self.word.paragraphs[-_BEFORE_SIGNATURE:]:  # never a signature with one line alone
            closing.paragraph_format.keep_with_next = True
            closing.paragraph_format.keep_together = True
        self._signature()
        for annex in self.document.annexes:
            self._annex(annex)
        oxml.shrink(self.word.add_paragraph(style=self.block))
        self.notes.finish()

    # --- page and styles

    def _styles(self) -> None:
        normal = self.word.styles["Normal"]
        _font(normal, SIZE)
        form = normal.paragraph_format
        form.space_before, form.space_after = Pt(0), Pt(6)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.MULTIPLE, 1.15
        form.widow_control = True
        for level in (1, 2, 3):
            style = self.word.styles[f"Heading {level}"]
            _font(style, SIZE, bold=True, italic=level == 3)
            style.paragraph_format.first_line_indent = Mm(INDENT)
            style.paragraph_format.alignment = JUSTIFY
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(6), Pt(6)
            style.paragraph_format.keep_with_next = True
        body = self.word.styles.add_style("Official Body", WD_STYLE_TYPE.PARAGRAPH)
        body.base_style = normal
        body.paragraph_format.alignment = JUSTIFY
        body.paragraph_format.first_line_indent = Mm(INDENT)
        tight = self.word.styles.add_style("Official Block", WD_STYLE_TYPE.PARAGRAPH)
        tight.base_style = normal
        tight.paragraph_format.space_after = Pt(0)
        tight.paragraph_format.line_spacing = 1.0
        self.block = tight

    def _page(self, section: Section, *, landscape: bool = False) -> None:
        width, height = PAGE[::-1] if landscape else PAGE
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.top_margin, section.bottom_margin = Mm(MARGINS["top"]), Mm(MARGINS["bottom"])
        section.left_margin, section.right_margin = Mm(MARGINS["left"]), Mm(MARGINS["right"])
        section.header_distance, section.footer_distance = Mm(10), Mm(10)
        section.different_first_page_header_footer = True
        section.header.is_linked_to_previous = False
        section.first_page_header.is_linked_to_previous = False
        number = section.header.paragraphs[0]
        number.alignment = CENTRE
        number.paragraph_format.space_after = Pt(0)
        oxml.page_number(number)

    # --- parts

    def _letterhead(self) -> None:
        head = self.document.letterhead
        oxml.shrink(self.word.add_paragraph(style=self.block))  # LibreOffice puts a tall one before a table
        left, right = oxml.two_columns(self.word, LEFT_COLUMN, RIGHT_COLUMN)
        if head.parent_body.strip():
            self._line(left, head.parent_body.upper(), 12)
        else:
            self._line(left, blank(10), 12)
        self._line(left, head.issuing_body.upper() if head.issuing_body.strip() else blank(10), 12, bold=True)
        self._rule(left, LEFT_COLUMN / 2 - LEFT_COLUMN * 0.16)
        self._line(right, _("SOCIALIST REPUBLIC OF VIET NAM"), 12, bold=True)
        self._line(right, _("Independence - Freedom - Happiness"), 13, bold=True)
        self._rule(right, 19)
        self._line(left, number_line(head.number), 13, before=6)
        self._line(right, place_and_date(head.place, head.date), 13, italic=True, before=6)

    def _title(self, kind: str, abstract: str, *, before: float) -> None:
        first = self._plain(kind, bold=True, before=before)
        first.paragraph_format.keep_with_next = True
        self._plain(abstract, bold=True).paragraph_format.keep_with_next = True
        self._rule(None, TEXT_WIDTH / 2 - 20, after=12)

    def _signers(self) -> None:
        """A column for each, without recipients."""
        signers = self.document.signers
        cells = oxml.columns(self.word, [TEXT_WIDTH / len(signers)] * len(signers), keep=True)
        for cell, sign in zip(cells, signers, strict=True):
            self._line(cell, sign.position.upper(), 12, bold=True)
            self._line(cell, sign.note, 11, italic=True)
            for _row in range(4):
                self._line(cell, "", 12)
            self._line(cell, sign.name, 12, bold=True)

    def _signature(self) -> None:
        if self.document.signers:
            self._signers()
            return
        sign = self.document.signature
        left, right = oxml.two_columns(self.word, TEXT_WIDTH / 2, TEXT_WIDTH / 2, keep=True)
        self._line(left, _("Recipients:"), 12, bold=True, italic=True, align=LEFT)
        for line in self.document.recipients:
            self._line(left, line, 11, align=LEFT)
        titles = [part.upper() for part in (sign.authority, sign.position) if part.strip()]
        for line in titles or [blank(8)]:
            self._line(right, line, SIZE, bold=True)
        for _row in range(4):
            self._line(right, "", SIZE)
        self._line(right, sign.name if sign.name.strip() else blank(8), SIZE, bold=True)

    def _annex(self, annex: Annex) -> None:
        section = self.word.add_section(WD_SECTION.NEW_PAGE)
        oxml.shrink(self.word.paragraphs[-1])
        self._page(section, landscape=annex.landscape)
        oxml.restart_pages(section)
        self._plain(annex.label, bold=True, level=1)
        self._plain(annex.title.upper(), bold=True)
        self._plain(annex.reference, italic=True, after=10)
        self._blocks(annex.blocks)

    def _blocks(self, blocks: Sequence[Block]) -> None:
        for position, block in enumerate(blocks, start=1):
            if isinstance(block, Heading):
                text = block.text.upper() if block.level == 1 else block.text
                self.word.add_paragraph(clean(text), style=f"Heading {block.level}")
            elif isinstance(block, Paragraph):
                paragraph = self.word.add_paragraph(clean(block.text), style="Official Body")
                if block.note:
                    self.notes.add(paragraph, clean(block.note))
                if block.tail:
                    paragraph.add_run(block.tail)
            else:
                self._table(block)
                if position < len(blocks):
                    self.word.add_paragraph(style=self.block)

    def _table(self, table: Table) -> None:
        made = oxml.grid(self.word, table)
        heads = 2 if table.over else 1
        for index, text in enumerate(table.head):
            align, size = CENTRE, min(table.size, 9) if index in table.upright else table.size
            self._line(made.rows[heads - 1].cells[index], text, size, bold=True, align=align)
        for first, _last, text in table.over:
            self._line(made.rows[0].cells[first], text, table.size, bold=True)
        for number, (row, texts) in enumerate(zip(made.rows[heads:], table.rows, strict=True)):
            bold = number in table.bands or number in table.sums
            for index, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
                align = LEFT if index in table.left or number in table.bands else CENTRE
                if not (number in table.bands and index):
                    self._line(cell, text, table.size, bold=bold, align=align)
        for row in made.rows[: heads + 2]:  # a head is never left alone at the foot of a page
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True

    # --- lines

    def _line(
        self,
        cell: _Cell,
        text: str,
        size: float,
        *,
        bold: bool = False,
        italic: bool = False,
        align: WD_ALIGN_PARAGRAPH = CENTRE,
        before: float = 0,
    ) -> None:
        first = cell.paragraphs[0]
        paragraph = first if first.style.name == "Normal" else cell.add_paragraph()
        paragraph.style = self.block
        paragraph.alignment = align
        paragraph.paragraph_format.space_before = Pt(before)
        run = paragraph.add_run(clean(text))
        run.font.size, run.bold, run.italic = Pt(size), bold, italic

    def _plain(
        self,
        text: str,
        *,
        bold: bool = False,
        italic: bool = False,
        before: float = 0,
        after: float = 0,
        level: int = 0,
    ) -> WordParagraph:
        paragraph = self.word.add_paragraph(style="Official Block")
        paragraph.alignment = CENTRE
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = (
            Pt(before),
            Pt(after),
        )
        run = paragraph.add_run(clean(text))
        run.bold, run.italic = bold, italic
        if level:
            oxml.outline(paragraph, level)
        return paragraph

    def _rule(self, cell: _Cell | None, inset: float, *, after: float = 0) -> None:
        """A line under a text: as long as the column less ``inset`` millimetres on both sides."""
        paragraph = (cell or self.word).add_paragraph()
        paragraph.style = self.block
        form = paragraph.paragraph_format
        form.left_indent = form.right_indent = Mm(inset)
        form.space_after = Pt(after)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(3)
        oxml.bottom_border(paragraph)


def _font(style: object, size: float, *, bold: bool = False, italic: bool = False) -> None:
    font = style.font  # type: ignore[attr-defined]
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, italic
    font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()  # type: ignore[attr-defined]
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), FONT)
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
