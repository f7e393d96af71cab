"""The process that reads files (``python -m sitepages.search.reading``): paths in, readings out, as JSON."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
import zipfile
from collections.abc import Iterable
from typing import Any

MOST_TEXT, MOST_PAGES, MOST_SECONDS = 200_000, 1_000, 12.0
#: Of a document that is a zip file: bytes when unpacked, parts, and rows of a sheet.
MOST_UNPACKED, MOST_PARTS, MOST_ROWS = 150_000_000, 5_000, 20_000
_MOST_MEMORY = 1_500_000_000

Answer = tuple[str, str, int | None]


class TooLargeError(Exception):
    """The file would unpack to too much."""


def read(path: str, extension: str) -> Answer:
    """State, text and pages of a file, by its ending."""
    kind = {"pdf": read_pdf, "docx": read_docx, "xlsx": read_xlsx}.get(extension)
    if kind is None:
        return "other", "", None
    try:
        return kind(path)
    except (TooLargeError, MemoryError):
        return "too_large", "", None
    except Exception:  # whatever a damaged file makes a library do
        return "broken", "", None


def read_pdf(path: str) -> Answer:
    """A PDF's text; one locked by an empty password is open to everybody."""
    from pypdf import PasswordType, PdfReader  # noqa: PLC0415 - slow import

    begin = time.monotonic()
    reader = PdfReader(path)
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        return "locked", "", None
    pages = len(reader.pages)
    parts, length = [], 0
    for number in range(min(pages, MOST_PAGES)):
        try:
            text = reader.pages[number].extract_text()
        except (RecursionError, MemoryError):
            raise
        except Exception:  # noqa: S112 - one bad page leaves the others
            continue
        parts.append(text)
        length += len(text)
        if length > MOST_TEXT or time.monotonic() - begin > MOST_SECONDS:
            break
    return _said(parts, pages)


def read_docx(path: str) -> Answer:
    """Paragraphs and tables in their order, then headers and footers."""
    from docx import Document  # noqa: PLC0415 - slow import
    from docx.oxml.ns import qn  # noqa: PLC0415 - slow import

    _unpacks(path)
    document = Document(path)
    parts = []
    for paragraph in document.element.body.iter(qn("w:p")):
        runs = (node.text if node.tag == qn("w:t") else " " for node in paragraph.iter(*map(qn, _TEXT_TAGS)))
        parts.append("".join(text or "" for text in runs))
    return _said(parts, None)


_TEXT_TAGS = ("w:t", "w:tab", "w:br")


def read_xlsx(path: str) -> Answer:
    """The cells of every sheet."""
    from openpyxl import load_workbook  # noqa: PLC0415 - slow import

    _unpacks(path)
    begin = time.monotonic()
    parts, length = [], 0
    with open(path, "rb") as file:  # by its name it would ask for an ending
        for sheet in load_workbook(file, read_only=True, data_only=True).worksheets:
            parts.append(sheet.title)
            for number, row in enumerate(sheet.iter_rows(values_only=True)):
                line = " ".join(str(cell) for cell in row if cell is not None)
                parts.append(line)
                length += len(line)
                if length > MOST_TEXT or number > MOST_ROWS or time.monotonic() - begin > MOST_SECONDS:
                    break
    return _said(parts, None)


def _unpacks(path: str) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise TooLargeError


def _said(parts: Iterable[str], pages: int | None) -> Answer:
    text = " ".join(word for part in parts for word in part.split())[:MOST_TEXT]
    words = sum(char.isalnum() for char in text[:5_000])
    return ("read" if words >= 3 else "scan"), text.encode("utf-8", "ignore").decode(), pages


def serve(lines: Any, out: Any) -> None:
    """Answer each line until there are no more."""
    out.write(b"ready\n")
    for line in lines:
        path, extension = json.loads(line)
        out.write(json.dumps(read(path, extension)).encode() + b"\n")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what a library prints is no answer
    serve(sys.stdin.buffer, answers)
