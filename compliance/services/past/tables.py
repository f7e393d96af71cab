"""A file as headings and rows of text, read in a stream: CSV in the encodings of spreadsheets, or XLSX."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from compliance.rules.past import guess, month_columns
from compliance.services.csv_files import ImportRefusedError
from compliance.services.past.xlsx import open_sheet
from sitepages.text import fold, nfc

MOST_COLUMNS, MOST_ROWS = 200, 200_000
_LONGEST_LINE = 4 * 1024 * 1024
_HEAD_WITHIN = 20

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Table:
    """Headings, the line they stand on, the rows below them, and the sheets of the workbook."""

    headings: tuple[str, ...]
    rows: Iterator[Row]
    sheets: tuple[str, ...]
    sheet: str


def open_table(path: Path, kind: str, sheet: str = "") -> Table:
    """The table of a file; ImportRefusedError when it has none, is of another format or over the limits.

    Rows may raise ImportRefusedError too: the file is read as they are asked for.
    """
    with path.open("rb") as file:
        begin = file.read(8)
    if not begin.strip(b"\xef\xbb\xbf\r\n \t") and path.stat().st_size <= len(begin):
        raise ImportRefusedError([_("The file is empty.")])
    if begin.startswith(b"\xd0\xcf\x11\xe0"):
        raise ImportRefusedError(
            [_("An old Excel file (.xls), or one with a password. Save it as .xlsx without a password.")]
        )
    if begin.startswith(b"%PDF"):
        raise ImportRefusedError([_("A PDF file holds no table that can be read. Use .xlsx or .csv.")])
    if begin.startswith(b"PK"):
        found = open_sheet(path, sheet, MOST_COLUMNS + 1)
        return _table(_limited(found.rows), kind, found.sheets, found.sheet)
    return _table(_limited(_csv_rows(path, begin)), kind, (), "")


def _table(rows: Iterator[Row], kind: str, sheets: tuple[str, ...], sheet: str) -> Table:
    first = list(islice(rows, _HEAD_WITHIN))
    if not first:
        raise ImportRefusedError([_("The file is empty.")])
    place = _head_place(first, kind)
    headings = [nfc(" ".join(cell.split())) for cell in first[place][1]]
    while headings and not headings[-1]:
        headings.pop()
    if len(headings) > MOST_COLUMNS:
        raise ImportRefusedError(
            [_("More than %(most)s columns. Keep only the columns that are needed.") % {"most": MOST_COLUMNS}]
        )

    def below() -> Iterator[Row]:
        yield from first[place + 1 :]
        yield from rows

    return Table(tuple(headings), below(), sheets, sheet)


def _head_place(rows: list[Row], kind: str) -> int:
    """The row that has most headings we know: lists have titles above their table."""

    def known(place: int) -> tuple[int, int]:
        folded = [fold(nfc(cell)) for cell in rows[place][1][: MOST_COLUMNS + 1]]
        return len(guess(kind, folded)) + len(month_columns(folded)), -place

    best = max(range(len(rows)), key=known)
    return best if known(best)[0] >= 2 else 0


def _limited(rows: Iterator[Row]) -> Iterator[Row]:
    for number, row in enumerate(rows):
        if number > MOST_ROWS + _HEAD_WITHIN:
            raise ImportRefusedError(
                [
                    _("More than %(most)s rows. Divide the file and import the parts one by one.")
                    % {"most": MOST_ROWS}
                ]
            )
        yield row


def _csv_rows(path: Path, begin: bytes) -> Iterator[Row]:
    wide = begin.startswith((b"\xff\xfe", b"\xfe\xff"))
    lines = _wide_lines(path) if wide else _lines(path)
    first = next(lines, "")
    while first and not first.strip():
        first = next(lines, "")
    reader = csv.reader(_chain(first, lines), delimiter=_delimiter(first), strict=True)
    start = 1
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            if any(cell.strip() for cell in cells):
                yield line, [nfc(cell).strip() for cell in cells]
    except csv.Error:
        raise ImportRefusedError(
            [
                _("Line %(line)s: not readable as CSV. Check the quotes, and cells over %(most)s letters.")
                % {"line": reader.line_num, "most": 100_000}
            ]
        ) from None


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    if first:
        yield first
    yield from rest


def _delimiter(first: str) -> str:
    return max(",;\t", key=first.count)


def _lines(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        number = 0
        while raw := file.readline(_LONGEST_LINE):
            number += 1
            if len(raw) == _LONGEST_LINE:
                raise ImportRefusedError([_("Line %(line)s is too long for a table.") % {"line": number}])
            yield _text(raw, number)


def _text(raw: bytes, number: int) -> str:
    try:
        text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError:
        raise ImportRefusedError(
            [
                _(
                    "Line %(line)s: not UTF-8 (perhaps an old Vietnamese font or code page such as TCVN3 "
                    "or Windows-1258). In Excel, save the file as “CSV UTF-8” or as .xlsx and try again."
                )
                % {"line": number}
            ]
        ) from None
    if "\x00" in text:
        raise ImportRefusedError([_("The file holds NUL characters: it is no CSV text.")])
    return text


def _wide_lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-16", newline="") as file:
            while text := file.readline(_LONGEST_LINE):
                if len(text) == _LONGEST_LINE:
                    raise ImportRefusedError([_("A line is too long for a table.")])
                yield text
    except UnicodeError:
        raise ImportRefusedError(
            [_("The file is damaged UTF-16. Save it as “CSV UTF-8” and try again.")]
        ) from None
