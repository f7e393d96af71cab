"""Files as offices upload them, made in memory."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django.core.files.base import ContentFile
from docx import Document
from openpyxl import Workbook
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from sitepages.models import PortalDocument


def pdf(*pages: str, password: str | None = None) -> bytes:
    """A PDF with a line of text on each page; an empty line makes a page as of a scan."""
    out = io.BytesIO()
    canvas = Canvas(out)
    for text in pages:
        canvas.drawString(72, 720, text)
        canvas.rect(10, 10, 50, 50, fill=1)
        canvas.showPage()
    canvas.save()
    if password is None:
        return out.getvalue()
    writer = PdfWriter(PdfReader(out))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-256")
    locked = io.BytesIO()
    writer.write(locked)
    return locked.getvalue()


def docx(*paragraphs: str, cell: str = "") -> bytes:
    out = io.BytesIO()
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if cell:
        document.add_table(rows=1, cols=1).cell(0, 0).text = cell
    document.save(out)
    return out.getvalue()


def xlsx(*rows: list[Any]) -> bytes:
    out = io.BytesIO()
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def bomb(megabytes: int) -> bytes:
    """A small file that unpacks to a very large one."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _each in range(megabytes):
            part.write(b" " * (1 << 20))
    return out.getvalue()


def stored(content: bytes, name: str, title: str = "Tệp", **values: Any) -> PortalDocument:
    document = PortalDocument(title=title, file=ContentFile(content, name), **values)
    document.save()
    return document


def set_body(page: Any, *blocks: tuple[str, Any]) -> None:
    """Give a page its text, in memory."""
    page.body = list(blocks)
