"""Words as they are searched: our own cutting, so that every database finds the same.

A word is a run of a-z and 0-9 after folding. What else is known of an entry stands beside its words as marks,
which begin with an underscore and so are never a word: ``_a12`` unit, ``_y2021`` year, ``_tdat`` a word of
the title, ``_n235_ubnd_cchc_`` a number, ``_d20210705`` a day that is its own or that its text names.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator

from sitepages.text import fold, nfc

LONGEST_WORD = 40
#: Stands between parts of a text, so that no phrase reaches from one into the next.
BREAK = "_"
FIRST_YEAR, LAST_YEAR = 1900, 2100

_WORD = re.compile(r"[a-z0-9]+")
_BEFORE, _AFTER = r"(?<![\w/.-])", r"(?!\w|[/.-]\w)"
_SEP = r"\s?[/.-]\s?"
_DAYS = (
    re.compile(rf"{_BEFORE}(?:ngay\s+)?(?P<d>\d{{1,2}}){_SEP}(?P<m>\d{{1,2}}){_SEP}(?P<y>\d{{4}}){_AFTER}"),
    re.compile(rf"{_BEFORE}(?:ngay\s+)?(?P<y>\d{{4}})-(?P<m>\d{{1,2}})-(?P<d>\d{{1,2}}){_AFTER}"),
    re.compile(
        rf"{_BEFORE}(?:ngay\s+)?(?P<d>\d{{1,2}})\s+thang\s+(?P<m>\d{{1,2}})(?:\s+nam\s+|{_SEP})(?P<y>\d{{4}})\b"
    ),
)
_MONTHS = (
    re.compile(rf"\bthang\s+(?P<m>\d{{1,2}})(?:\s+nam\s+|{_SEP})(?P<y>\d{{4}}){_AFTER}"),
    re.compile(rf"{_BEFORE}(?P<m>\d{{1,2}})/(?P<y>\d{{4}}){_AFTER}"),
)


def clean(text: str) -> str:
    """Text in one form, without signs nobody sees; ligatures and wide letters as plain ones."""
    if text.isascii():
        return nfc(text)
    return nfc(unicodedata.normalize("NFKC", text).replace("\u00ad", ""))


def tokens(text: str) -> list[str]:
    """The words of a text, folded, in order."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(clean(text)))]


def number_mark(number: str) -> str:
    """The mark of a document's number; ``05/QĐ-UBND`` is ``5/QĐ-UBND``. Empty when there is no word in it."""
    words = _number_words(number)
    return f"_n{'_'.join(words)}_"[:100] if words else ""


def number_beginning(words: Iterable[str]) -> str:
    """What the mark of a number begins with when the number begins with these words."""
    return f"_n{'_'.join(word.lstrip('0') or '0' for word in words)}_"[:100]


def _number_words(number: str) -> list[str]:
    return [word.lstrip("0") or "0" for word in tokens(number)]


def day_mark(day: datetime.date) -> str:
    """The mark of an entry of this day, or one that names it."""
    return f"_d{day:%Y%m%d}" if day.year >= 1000 else f"_d{day.year:04}{day:%m%d}"


def month_mark(year: int, month: int) -> str:
    """The mark of an entry within this month, or one that names it."""
    return f"_w{year:04}{month:02}"


Named = tuple[list[datetime.date], list[tuple[int, int]], str]


def take_dates(folded: str) -> Named:
    """The days and months a folded text names, and the text without them."""
    days: list[datetime.date] = []
    months: list[tuple[int, int]] = []

    def day(match: re.Match[str]) -> str:
        year = int(match["y"])
        try:
            found = datetime.date(year, int(match["m"]), int(match["d"]))
        except ValueError:
            return match[0]
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return match[0]
        days.append(found)
        return f" {BREAK} "

    def month(match: re.Match[str]) -> str:
        year, number = int(match["y"]), int(match["m"])
        if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= number <= 12):
            return match[0]
        months.append((year, number))
        return f" {BREAK} "

    for pattern in _DAYS:
        folded = pattern.sub(day, folded)
    for pattern in _MONTHS:
        folded = pattern.sub(month, folded)
    return days, months, folded


def date_marks(text: str, most: int = 500) -> Iterator[str]:
    """Marks of the days and months a text names, at most so many of each."""
    days, months, _rest = take_dates(fold(clean(text)))
    seen = list(dict.fromkeys(days))[:most]
    yield from (day_mark(day) for day in seen)
    yield from (
        month_mark(*each) for each in dict.fromkeys([*((d.year, d.month) for d in seen), *months][:most])
    )
