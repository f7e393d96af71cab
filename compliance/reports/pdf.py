"""The layout of Decree 30/2020/ND-CP as PDF, of the same measures as for Word; no system library needed.

The same document made at the same moment gives the same bytes.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
)
from reportlab.platypus import Paragraph as Text

from compliance.reports.document import Annex, Block, Heading, OfficialDocument, Paragraph
from compliance.reports.layout import INDENT, LEFT_COLUMN, MARGINS, RIGHT_COLUMN, SIZE, TEXT_WIDTH, clean
from compliance.reports.pdf_tables import columns, grid, rule, side_by_side
from compliance.reports.wording import blank, number_line, place_and_date
from sitepages.text import nfc

FONT = "LiberationSerif"
_FONTS = Path(__file__).parent / "fonts"
_FACES = {"": "Regular", "-Bold": "Bold", "-Italic": "Italic", "-BoldItalic": "BoldItalic"}
_LEADING = 1.2
_ENOUGH = 25 * mm  # a heading with less room than this begins the next page


def pdf_bytes(document: OfficialDocument, *others: OfficialDocument, made_at: datetime.datetime) -> bytes:
    """The document as a .pdf file; others follow in the same file, each on pages numbered anew."""
    _fonts()
    stream = io.BytesIO()
    story = _Story(document).flowables()
    for other in others:
        begin = Spacer(1, 0)
        begin.restarts = True
        story += [NextPageTemplate("upright"), PageBreak(), begin, *_Story(other).flowables()]
    made = _Pages(stream, document)
    made.build(story)
    content = stream.getvalue()
    moment = made_at.astimezone(datetime.UTC)
    fixed = b"(D:20000101000000+00'00')"
    return content.replace(fixed, f"(D:{moment:%Y%m%d%H%M%S}+00'00')".encode())


@cache
def _fonts() -> None:
    """Vendored, because the fonts of a server may lack Vietnamese letters."""
    for ending, face in _FACES.items():
        pdfmetrics.registerFont(TTFont(f"{FONT}{ending}", str(_FONTS / f"LiberationSerif-{face}.ttf")))
    pdfmetrics.registerFontFamily(
        FONT, normal=FONT, bold=f"{FONT}-Bold", italic=f"{FONT}-Italic", boldItalic=f"{FONT}-BoldItalic"
    )


class _Pages(BaseDocTemplate):
    """A4 upright and sideways; the number of a page stands in its top margin, from the second on."""

    def __init__(self, stream: io.BytesIO, document: OfficialDocument) -> None:
        super().__init__(
            stream,
            pagesize=A4,
            invariant=1,
            title=_plain(f"{document.kind}: {document.abstract}")[:255],
            author=_plain(document.letterhead.issuing_body)[:255],
            lang="vi-VN",
        )
        self.first = 1
        self.addPageTemplates([self._template("upright", A4), self._template("sideways", landscape(A4))])

    def _template(self, name: str, size: tuple[float, float]) -> PageTemplate:
        width, height = size
        frame = Frame(
            MARGINS["left"] * mm,
            MARGINS["bottom"] * mm,
            width - (MARGINS["left"] + MARGINS["right"]) * mm,
            height - (MARGINS["top"] + MARGINS["bottom"]) * mm,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
        )  # fmt: skip
        return PageTemplate(name, [frame], onPageEnd=self._number, pagesize=size)

    def _number(self, canvas: Any, _document: BaseDocTemplate) -> None:
        shown = canvas.getPageNumber() - self.first + 1
        if shown > 1:
            canvas.setFont(FONT, SIZE)
            width, height = canvas._pagesize
            middle = (MARGINS["left"] * mm + width - MARGINS["right"] * mm) / 2
            canvas.drawCentredString(middle, height - 13 * mm, str(shown))

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - the library's name
        if getattr(flowable, "restarts", False):
            self.first = self.page  # annexes are numbered apart
        outline = getattr(flowable, "outline", None)
        if outline:
            key = f"part-{self.seq.nextf('part')}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(outline, key, 0)


class _Story:
    """Turns one document into what flows over its pages."""

    def __init__(self, document: OfficialDocument) -> None:
        self.document = document
        self.notes: list[str] = []

    def flowables(self) -> list[Flowable]:
        document = self.document
        story: list[Flowable] = [*self._letterhead(), *self._title()]
        body = self._blocks(document.blocks)
        kept = 1 if self.notes else 3  # notes stand before what is kept: only the very last then
        closing = body[-kept:]
        story += body[:-kept]
        story += self._footnotes()
        story.append(KeepTogether([*closing, Spacer(1, 8), self._signature()]))
        for annex in document.annexes:
            story += self._annex(annex)
        return story

    # --- parts

    def _letterhead(self) -> list[Flowable]:
        head = self.document.letterhead
        left = [
            _line(head.parent_body.upper() or blank(10), 12),
            _line(head.issuing_body.upper() or blank(10), 12, "-Bold"),
            rule(LEFT_COLUMN * 0.32),
            _line(number_line(head.number), 13, before=6),
        ]
        right = [
            _line(_("SOCIALIST REPUBLIC OF VIET NAM"), 12, "-Bold"),
            _line(_("Independence - Freedom - Happiness"), 13, "-Bold"),
            rule(RIGHT_COLUMN - 38),
            _line(place_and_date(head.place, head.date), 13, "-Italic", before=6),
        ]
        return [columns(left, right, LEFT_COLUMN, RIGHT_COLUMN), Spacer(1, 12)]

    def _title(self) -> list[Flowable]:
        return [
            _line(self.document.kind.upper(), SIZE, "-Bold"),
            _line(self.document.abstract, SIZE, "-Bold", after=2),
            rule(40),
            Spacer(1, 12),
        ]

    def _signers(self) -> Flowable:
        """A column for each, without recipients."""
        signers = self.document.signers
        sides = [
            [
                _line(sign.position.upper(), 12, "-Bold"),
                _line(sign.note, 11, "-Italic"),
                Spacer(1, 4 * 12 * _LEADING),
                _line(sign.name, 12, "-Bold"),
            ]
            for sign in signers
        ]
        return side_by_side(sides, [TEXT_WIDTH / len(signers)] * len(signers))

    def _signature(self) -> Flowable:
        if self.document.signers:
            return self._signers()
        sign, half = self.document.signature, TEXT_WIDTH / 2
        left = [_line(_("Recipients:"), 12, "-BoldItalic", align=TA_LEFT)]
        left += [_line(line, 11, align=TA_LEFT) for line in self.document.recipients]
        titles = [part.upper() for part in (sign.authority, sign.position) if part.strip()]
        right = [_line(line, SIZE, "-Bold") for line in titles or [blank(8)]]
        right += [Spacer(1, 4 * SIZE * _LEADING), _line(sign.name or blank(8), SIZE, "-Bold")]
        return columns(left, right, half, half)

    def _annex(self, annex: Annex) -> list[Flowable]:
        label = _line(annex.label, SIZE, "-Bold")
        label.outline, label.restarts = _plain(annex.label), True
        return [
            NextPageTemplate("sideways" if annex.landscape else "upright"),
            PageBreak(),
            label,
            _line(annex.title.upper(), SIZE, "-Bold"),
            _line(annex.reference, SIZE, "-Italic", after=10),
            *self._blocks(annex.blocks),
            *self._footnotes(),
        ]

    def _blocks(self, blocks: Sequence[Block]) -> list[Flowable]:
        story: list[Flowable] = []
        for block in blocks:
            if isinstance(block, Heading):
                story += [CondPageBreak(_ENOUGH), _heading(block)]
            elif isinstance(block, Paragraph):
                story.append(Text(self._marked(block), _BODY))
            else:
                story += [grid(block, _cell), Spacer(1, 6)]
        return story

    def _marked(self, block: Paragraph) -> str:
        text = escape(_plain(block.text))
        if block.note:
            self.notes.append(block.note)
            text += f"<super>{len(self.notes)}</super>"
        return text + escape(block.tail)

    def _footnotes(self) -> list[Flowable]:
        """Notes stand at the end of the part they belong to: flowing text has no foot of a page."""
        written = getattr(self, "written", 0)
        new = self.notes[written:]
        self.written = len(self.notes)
        if not new:
            return []
        lines = [
            Text(f"<super>{number}</super> {escape(_plain(note))}", _NOTE)
            for number, note in enumerate(new, start=written + 1)
        ]
        return [Spacer(1, 6), rule(50, left=True), *lines]


def _plain(text: str) -> str:
    return clean(nfc(text))


def _style(name: str, size: float, face: str = "", **values: Any) -> ParagraphStyle:
    leading = values.pop("leading", size * _LEADING)
    return ParagraphStyle(
        name, fontName=f"{FONT}{face}", fontSize=size, leading=leading, splitLongWords=1, **values
    )


_BODY = _style(
    "body", SIZE, alignment=TA_JUSTIFY, firstLineIndent=INDENT * mm, spaceAfter=6, leading=SIZE * 1.32
)
_NOTE = _style("note", 11, alignment=TA_JUSTIFY, spaceAfter=2)
_HEADINGS = {
    level: _style(
        f"heading-{level}",
        SIZE,
        "-BoldItalic" if level == 3 else "-Bold",
        alignment=TA_JUSTIFY,
        firstLineIndent=INDENT * mm,
        spaceBefore=6,
        spaceAfter=6,
        keepWithNext=1,
    )
    for level in (1, 2, 3)
}


def _heading(block: Heading) -> Text:
    text = _plain(block.text.upper() if block.level == 1 else block.text)
    made = Text(escape(text), _HEADINGS[block.level])
    if block.level == 1:
        made.outline = text
    return made


def _line(
    text: str, size: float, face: str = "", *, align: int = TA_CENTER, before: float = 0, after: float = 0
) -> Text:
    style = _style("line", size, face, alignment=align, spaceBefore=before, spaceAfter=after)
    return Text(escape(_plain(text)), style)


def _cell(text: str, size: float, *, bold: bool, left: bool) -> Text:
    return _line(text, size, "-Bold" if bold else "", align=TA_LEFT if left else TA_CENTER)
