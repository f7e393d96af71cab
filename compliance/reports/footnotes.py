"""Real footnotes of Word, which python-docx does not write by itself: the part, its styles, the marks."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Pt
from docx.text.paragraph import Paragraph

TEXT_STYLE, MARK_STYLE = "Footnote Text", "Footnote Reference"
_SEPARATORS = (("separator", -1), ("continuationSeparator", 0))


class Footnotes:
    """Collects the footnotes of a document; ``finish`` writes them into the package."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        for kind, number in _SEPARATORS:
            note = parse_xml(
                f'<w:footnote {nsdecls("w")} w:type="{kind}" w:id="{number}"><w:p><w:pPr>'
                f'<w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p>'
                "</w:footnote>"
            )
            self.root.append(note)
        self.count = 0
        self._styles()

    def _styles(self) -> None:
        styles = self.document.styles
        text = styles.add_style(TEXT_STYLE, WD_STYLE_TYPE.PARAGRAPH)
        text.base_style = styles["Normal"]
        text.font.size = Pt(11)
        text.paragraph_format.first_line_indent = Pt(0)
        text.paragraph_format.space_before = Pt(0)
        text.paragraph_format.space_after = Pt(2)
        text.paragraph_format.line_spacing = 1.0
        mark = styles.add_style(MARK_STYLE, WD_STYLE_TYPE.CHARACTER)
        mark.font.superscript = True

    def add(self, paragraph: Paragraph, text: str) -> int:
        """Put a footnote's mark at the end of the paragraph so far; its number."""
        self.count += 1
        run = paragraph.add_run()
        run.style = self.document.styles[MARK_STYLE]
        run._r.append(_element("w:footnoteReference", id=self.count))
        note = _element("w:footnote", id=self.count)
        body = OxmlElement("w:p")
        properties = OxmlElement("w:pPr")
        properties.append(_element("w:pStyle", val=self.document.styles[TEXT_STYLE].style_id))
        body.append(properties)
        body.append(self._run(None))
        body.append(self._run(f" {text}"))
        note.append(body)
        self.root.append(note)
        return self.count

    def _run(self, text: str | None) -> Any:
        run = OxmlElement("w:r")
        if text is None:
            properties = OxmlElement("w:rPr")
            properties.append(_element("w:rStyle", val=self.document.styles[MARK_STYLE].style_id))
            run.append(properties)
            run.append(OxmlElement("w:footnoteRef"))
        else:
            words = OxmlElement("w:t")
            words.text = text
            words.set(qn("xml:space"), "preserve")
            run.append(words)
        return run

    def finish(self) -> None:
        """Add the part to the package; nothing when there is no footnote."""
        if not self.count:
            return
        package = self.document.part.package
        blob = serialize_part_xml(self.root)
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, package)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        settings = self.document.settings.element
        properties = OxmlElement("w:footnotePr")
        for _kind, number in _SEPARATORS:
            properties.append(_element("w:footnote", id=number))
        before = settings.find(qn("w:compat"))
        if before is None:
            settings.append(properties)
        else:
            before.addprevious(properties)


def _element(tag: str, **attributes: Any) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    return element
