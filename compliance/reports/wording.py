"""The set phrases of official documents: blanks, numbers, dates, periods, lists."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

_NUMBER = re.compile(r"\s*(\d+)?\s*(?:/\s*(.*))?", re.DOTALL)


def blank(width: int = 10) -> str:
    """A dotted blank to be filled in by hand."""
    return "…" * width


def number_line(number: str, kind: str = "BC") -> str:
    """``Số: 05/BC-STTTT``."""
    return _("No.: %(number)s") % {"number": number_words(number, kind)}


def number_words(number: str, kind: str = "BC") -> str:
    """``05/BC-STTTT``: below 10 with a zero in front; what is missing is a dotted blank."""
    match = _NUMBER.fullmatch(number.strip())
    if match is None:
        return number.strip()
    digits, sign = match[1], (match[2] or "").strip()
    figure = f"{int(digits):02d}" if digits else blank(2)
    return f"{figure}/{sign or f'{kind}-{blank(2)}'}"


def place_and_date(place: str, day: datetime.date | None) -> str:
    """``Hà Tĩnh, ngày 05 tháng 02 năm 2019``: days below 10 and the months 1 and 2 with a zero in front."""
    return f"{place.strip() or blank(3)}, {long_date(day)}"


def long_date(day: datetime.date | None) -> str:
    """``ngày 05 tháng 02 năm 2019``, or blanks."""
    if day is None:
        return _("day %(day)s month %(month)s year %(year)s") % {
            "day": blank(1),
            "month": blank(1),
            "year": blank(2),
        }
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return _("day %(day)s month %(month)s year %(year)s") % {
        "day": f"{day.day:02d}",
        "month": month,
        "year": day.year,
    }


def period_words(first: datetime.date, last: datetime.date) -> str:
    """The months as an office names them: a year, a half, a quarter, a month, or from … to …."""
    year, span = first.year, (first.month, last.month)
    if first.year == last.year:
        if span == (1, 12):
            return _("the year %(year)s") % {"year": year}
        if span == (1, 6):
            return _("the first 6 months of %(year)s") % {"year": year}
        if span == (7, 12):
            return _("the last 6 months of %(year)s") % {"year": year}
        if span[1] - span[0] == 2 and span[0] % 3 == 1:
            quarter = ("I", "II", "III", "IV")[span[0] // 3]
            return _("quarter %(quarter)s of %(year)s") % {"quarter": quarter, "year": year}
        if span[0] == span[1]:
            return _month(first)
    return _("the months from %(first)s to %(last)s") % {"first": _month(first), "last": _month(last)}


def _month(day: datetime.date) -> str:
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return _("month %(month)s of %(year)s") % {"month": month, "year": day.year}


def listed(names: Sequence[str]) -> str:
    """``a, b, c``."""
    return ", ".join(names)


def lines(text: str) -> list[str]:
    """The lines of a text a person typed, empty ones left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def sentence(text: str) -> str:
    """The text on one line, ending as a sentence does."""
    joined = " ".join(text.split())
    return joined if joined.endswith((".", "!", "?", "…")) else f"{joined}."


def capitalised(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def padded(count: int) -> str:
    """A count in a sentence: below 10 with a zero in front."""
    return f"{count:02d}"


def decimal(value: float | None) -> str:
    """One decimal with a comma; a dash for None."""
    return "–" if value is None else f"{value:.1f}".replace(".", ",")


def recipient_lines(given: Sequence[str], *, archive: str) -> list[str]:
    """Lines as they stand under “Nơi nhận”: ``- …;`` each, the last ``- Lưu: VT, ….``."""
    cleaned = [line.strip().lstrip("-–• ").rstrip(";. ") for line in given]
    cleaned = [line for line in cleaned if line]
    archived = [line for line in cleaned if line.casefold().startswith(archive.casefold())]
    others = [line for line in cleaned if line not in archived]
    last = archived[0] if archived else f"{archive}: VT"
    return [*(f"- {line};" for line in others or [blank(8)]), f"- {last}."]
