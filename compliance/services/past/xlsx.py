"""One sheet of a workbook as rows of text, in a stream and within limits of what it unpacks to."""

from __future__ import annotations

import datetime
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from compliance.services.csv_files import ImportRefusedError
from sitepages.text import nfc

#: A workbook keeps its texts in one part that must be held whole; beyond it CSV is the way.
MOST_BYTES, MOST_TEXT, MOST_PARTS = 600 * 1024 * 1024, 64 * 1024 * 1024, 2000
MOST_OTHER = 4 * 1024 * 1024
_BLANK_ROWS = 5000
_DAMAGED = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    EOFError,
    OSError,
    NotImplementedError,  # zipfile: a part is packed in a way it does not know
    RuntimeError,
)


@dataclass(frozen=True)
class SheetRows:
    """The rows of one sheet by number, blank ones left out, and the names of all sheets that are shown."""

    sheets: tuple[str, ...]
    sheet: str
    rows: Iterator[tuple[int, list[str]]]


def open_sheet(path: Path, sheet: str, columns: int) -> SheetRows:
    """The sheet of this name, else the first shown; at most so many columns. ImportRefusedError otherwise.

    A formula counts as the result the spreadsheet saved; without one its text is handed on, to be refused.
    """
    _refuse_bombs(path)
    try:
        book = _load(path, values=True)
        shown = tuple(each.title for each in book.worksheets if each.sheet_state == "visible")
        if not shown:
            raise ImportRefusedError([_("The workbook has no sheet with a table.")])
        name = sheet if sheet in shown else shown[0]
        worksheet = book[name]
        with zipfile.ZipFile(path) as archive:
            formulas = _has_formulas(archive, worksheet._worksheet_path)
    except _DAMAGED:
        raise ImportRefusedError([_damaged()]) from None
    return SheetRows(shown, name, _rows(path, book, name, columns, formulas))


def _damaged() -> str:
    return _(
        "The file is no readable .xlsx workbook. Open it in Excel, save it as .xlsx again, and try once more."
    )


def _load(path: Path, *, values: bool) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles and validations we do not read
        return openpyxl.load_workbook(path, read_only=True, data_only=values, keep_links=False)


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except _DAMAGED:
        raise ImportRefusedError([_damaged()]) from None
    sheets = sum(part.file_size for part in parts if _is_sheet(part.filename))
    texts = sum(part.file_size for part in parts if part.filename == "xl/sharedStrings.xml")
    others = [part.file_size for part in parts if _is_read_whole(part.filename)]
    if (
        len(parts) > MOST_PARTS
        or sheets > MOST_BYTES
        or texts > MOST_TEXT
        or max(others, default=0) > MOST_OTHER
        or sum(others) > MOST_TEXT
    ):
        raise ImportRefusedError(
            [
                _(
                    "The workbook unpacks to more than can be read at once. Save the sheet as “CSV UTF-8” "
                    "and import that."
                )
            ]
        )


def _is_sheet(name: str) -> bool:
    """Read row by row: may be large."""
    return name.startswith("xl/worksheets/") and name.endswith(".xml")


def _is_read_whole(name: str) -> bool:
    """Styles, names and whatever else the library takes in at once; pictures and the like it leaves alone."""
    return name.endswith((".xml", ".rels")) and not _is_sheet(name) and name != "xl/sharedStrings.xml"


def _has_formulas(archive: zipfile.ZipFile, part: str) -> bool:
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(1 << 20):
            text = tail + chunk
            if b"<f>" in text or b"<f " in text or b"<f/" in text:
                return True
            tail = chunk[-2:]
    return False


def _rows(path: Path, book: Any, name: str, columns: int, formulas: bool) -> Iterator[tuple[int, list[str]]]:
    twin = _load(path, values=False) if formulas else None
    blank = 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for number, (values, written) in enumerate(
                zip_longest(_values(book[name], columns), _values(twin[name], columns) if twin else ()),
                start=1,
            ):
                cells = [_cell(*pair) for pair in zip_longest(values or (), written or ())]
                blank = 0 if any(cells) else blank + 1
                if blank > _BLANK_ROWS:
                    return
                if not blank:
                    yield number, cells
    except _DAMAGED:
        raise ImportRefusedError([_damaged()]) from None
    finally:
        book.close()
        if twin is not None:
            twin.close()


def _values(worksheet: Any, columns: int) -> Iterator[tuple[Any, ...]]:
    worksheet.reset_dimensions()  # what the file says of its size may be wrong
    found: Iterator[tuple[Any, ...]] = worksheet.iter_rows(max_col=columns, values_only=True)
    return found


def _cell(value: Any, written: Any) -> str:
    if value is None and isinstance(written, str) and written.startswith("="):
        return written
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return nfc(str(value)).strip()
