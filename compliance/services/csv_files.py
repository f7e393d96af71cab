"""What every import of a CSV file begins with: bytes to records, and the refusal that names every fault."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sitepages.text import nfc

#: How many faults a console shows.
MOST_SHOWN = 50


class ImportRefusedError(Exception):
    """Nothing was imported; ``problems`` says where and why, one line each.

    ``unknown_units``: some of them name units that the import could add, had it been asked to.
    """

    def __init__(self, problems: list[str], *, unknown_units: bool = False) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
        self.unknown_units = unknown_units

    def first_problems(self, most: int = MOST_SHOWN) -> list[str]:
        """The problems for a console: the first ones, then how many more there are."""
        more = len(self.problems) - most
        if more <= 0:
            return self.problems
        counted = ngettext("and %(counter)s more.", "and %(counter)s more.", more) % {"counter": more}
        return [*self.problems[:most], counted]


def decoded(content: bytes) -> str:
    """The text of a UTF-8 file, with or without a byte-order mark, in NFC; ImportRefusedError otherwise."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ImportRefusedError([_("The file is UTF-16. Save it as “CSV UTF-8” and try again.")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ImportRefusedError(
            [_("Line %(line)s: not UTF-8. Save the file as “CSV UTF-8” and try again.") % {"line": line}]
        ) from None
    if "\x00" in text:
        raise ImportRefusedError([_("The file holds NUL characters: it is no CSV text.")])
    return nfc(text)


def read_records(
    content: bytes,
    *,
    required: Sequence[str],
    optional: Sequence[str] = (),
    fault: Callable[[int, str], None],
) -> Iterator[tuple[int, dict[str, str]]]:
    """The records of a file with commas or semicolons, by the line each begins on; cells are stripped.

    ImportRefusedError when the file has no usable head; a line that cannot be read is told to ``fault``.
    """
    text = decoded(content)
    rows = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
    try:
        head = _head(rows, required, optional)
        start = rows.line_num + 1
        for cells in rows:
            line, start = start, rows.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) == len(head):
                yield line, {name: cell.strip() for name, cell in zip(head, cells, strict=True)}
            else:
                fault(
                    line,
                    _("%(found)s cells instead of %(expected)s. Put quotes around text with commas.")
                    % {"found": len(cells), "expected": len(head)},
                )
    except csv.Error:
        fault(
            rows.line_num,
            _("not readable as CSV. Check the quotes, and cells of more than 100,000 characters."),
        )


def at_line(line: int, message: str) -> str:
    """A fault with the line it stands on."""
    return _("Line %(line)s: %(message)s") % {"line": line, "message": message}


def _delimiter(text: str) -> str:
    first = text.lstrip("\r\n").partition("\n")[0]
    return ";" if first.count(";") > first.count(",") else ","


def _head(rows: Iterator[list[str]], required: Sequence[str], optional: Sequence[str]) -> list[str]:
    head: list[str] = []
    while not any(head):
        cells = next(rows, None)
        if cells is None:
            raise ImportRefusedError([_("The file is empty.")])
        head = [cell.strip() for cell in cells]
    problems = []
    missing = [name for name in required if name not in head]
    unknown = [name for name in head if name not in (*required, *optional)]
    if missing:
        problems.append(_("Line 1: missing columns: %(names)s.") % {"names": ", ".join(missing)})
    if unknown:
        problems.append(_("Line 1: unknown columns: %(names)s.") % {"names": ", ".join(unknown)})
    if len(set(head)) != len(head):
        problems.append(_("Line 1: a column is there twice."))
    if problems:
        raise ImportRefusedError(problems)
    return head


def name_key(text: str) -> str:
    """The same for two writings of one name: case and spacing do not tell them apart."""
    return " ".join(text.split()).casefold()
