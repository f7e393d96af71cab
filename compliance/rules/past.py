"""How files of the past are read: which column is what, and what a cell says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from compliance.rules.months import FIRST_YEAR, LAST_YEAR, TIME_ZONE, Month, local_moment

ARTICLES, TALLIES, PAYMENTS = "articles", "tallies", "payments"

#: What a kind of file may say, with the headings it is known by: lower case, without diacritics.
COLUMNS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    ARTICLES: {
        "office": ("don vi", "don vi cung cap", "co quan", "co quan don vi", "phong ban", "ten don vi"),
        "published_at": ("ngay dang", "ngay xuat ban", "thoi gian dang", "ngay dang tin", "ngay", "published",
                         "published at", "date", "ngay gio dang"),
        "title": ("tieu de", "ten bai", "ten tin bai", "tin bai", "ten tin", "tieu de tin bai", "title"),
        "genre": ("the loai", "loai", "loai tin", "loai bai", "genre"),
        "author": ("tac gia", "ho ten", "ho va ten", "nguoi viet", "ten tac gia", "author"),
        "pen_name": ("but danh", "pen name"),
        "lead": ("tom tat", "trich yeu", "sapo", "mo ta", "lead"),
        "body": ("noi dung", "body", "text"),
        "coefficient": ("he so", "he so nhuan but", "coefficient"),
        "reference": ("ma bai", "ma tin", "ma so", "id", "duong dan", "lien ket", "url", "link", "reference"),
        "authority": ("cong", "ma cong", "ma don vi", "trang", "portal", "authority"),
    },
    TALLIES: {
        "office": ("don vi", "don vi cung cap", "co quan", "co quan don vi", "phong ban", "ten don vi"),
        "month": ("thang", "thang nam", "month"),
        "year": ("nam", "year"),
        "pieces": ("so tin bai", "so tin", "so bai", "so luong", "so luong tin bai", "tin bai", "count"),
        "authority": ("cong", "ma cong", "ma don vi", "trang", "portal", "authority"),
    },
    PAYMENTS: {
        "person": ("ho ten", "ho va ten", "nguoi nhan", "ten", "tac gia", "nguoi huong", "person", "name"),
        "office": ("don vi", "co quan", "co quan don vi", "phong ban", "office", "ten don vi"),
        "period": ("ky", "ky chi tra", "thang", "ky nhuan but", "period"),
        "gross": ("so tien", "tong tien", "thanh tien", "nhuan but", "tien nhuan but", "gross"),
        "tax": ("thue", "thue tncn", "khau tru thue", "tien thue", "tax"),
        "net": ("thuc nhan", "thuc linh", "con lai", "con nhan", "net"),
        "paid_on": ("ngay chi", "ngay chi tra", "ngay tra", "ngay thanh toan", "paid", "paid on"),
        "reference": ("so chung tu", "so phieu", "so phieu chi", "chung tu", "reference", "voucher"),
        "authority": ("cong", "ma cong", "ma don vi", "trang", "portal", "authority"),
    },
}  # fmt: skip
REQUIRED: Mapping[str, tuple[str, ...]] = {
    ARTICLES: ("office", "published_at", "title"),
    TALLIES: ("office", "month", "pieces"),
    PAYMENTS: ("person", "period", "gross", "paid_on"),
}
#: The most an amount may be: beyond it a slip of the hand is likelier than the payment.
MOST_MONEY = 10**12

_WORDS = re.compile(r"[^a-z0-9]+")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:\s+|T|$)(.*)")
_CLOCK = re.compile(r"(\d{1,2})[:hg](\d{2})?(?::(\d{2}))?\s*$")
_SERIAL = re.compile(r"(\d{5})(\.\d+)?")
_MONTH = re.compile(r"(?:thang|t)?\s*(\d{1,2})\s*[/.-]\s*(?:nam\s*)?(\d{4})")
_NUMBER = re.compile(r"(?:thang|t)?\s*(\d{1,2})")
_QUARTER = re.compile(r"(?:quy|q)\s*([1-4]|iv|i{1,3})\s*[/.-]\s*(?:nam\s*)?(\d{4})")
_YEAR = re.compile(r"(?:nam)?\s*(\d{4})")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_UNIT = re.compile(r"\s*(?:vnd|dong|d)\.?\s*$")
_GROUPED = re.compile(r"-?\d{1,3}(?:[.,  ]\d{3})+")
_WHOLE = re.compile(r"(-?\d+)(?:[.,]0+)?")


def heading(folded: str) -> str:
    """A heading as it is compared: letters and digits, one space between words."""
    return _WORDS.sub(" ", folded).strip()


def guess(kind: str, headings: Sequence[str]) -> dict[str, int]:
    """Which column is which, by the folded headings; each column once, the first heading that fits."""
    known = [heading(each) for each in headings]
    found: dict[str, int] = {}
    for field, names in COLUMNS[kind].items():
        for name in (field.replace("_", " "), *names):
            if name in known and known.index(name) not in found.values():
                found[field] = known.index(name)
                break
    return found


def month_columns(headings: Sequence[str]) -> dict[int, Month]:
    """The columns of a wide table whose folded heading is a month: “thang 01/2021”."""
    found = {}
    for index, text in enumerate(headings):
        match = _MONTH.fullmatch(text.strip())
        if match and 1 <= int(match[1]) <= 12 and FIRST_YEAR <= int(match[2]) <= LAST_YEAR:
            found[index] = Month(int(match[2]), int(match[1]))
    return found


def missing(kind: str, mapping: Mapping[str, int], months: Mapping[int, Month]) -> list[str]:
    """The required columns that are not chosen; a table with a column a month needs only the office."""
    wanted = ("office",) if kind == TALLIES and months and "month" not in mapping else REQUIRED[kind]
    return [name for name in wanted if name not in mapping]


def read_moment(text: str) -> datetime:
    """A local moment: 31/12/2020, 31/12/2020 09:30, ISO 8601 or a spreadsheet's serial; else ValueError."""
    text = text.strip()
    serial = _SERIAL.fullmatch(text)
    if serial:
        day = datetime.combine(date(1899, 12, 30), time.min) + timedelta(days=float(text))
        return _in_range(day.replace(tzinfo=TIME_ZONE, microsecond=0))
    match = _DAY.fullmatch(text)
    if match is None:
        return local_moment(text)
    day_of = date(int(match[3]), int(match[2]), int(match[1]))
    return _in_range(datetime.combine(day_of, _clock(match[4]), tzinfo=TIME_ZONE))


def read_day(text: str) -> date:
    """A day, written as a moment may be; ValueError otherwise."""
    return read_moment(text).astimezone(TIME_ZONE).date()


def read_month(folded: str, year: str = "") -> Month:
    """A month: 01/2021, thang 1/2021, 2021-01, a day in it, or a number beside its year; else ValueError."""
    text = folded.strip()
    match = _MONTH.fullmatch(text)
    if match:
        return Month(int(match[2]), int(match[1]))
    number, of = _NUMBER.fullmatch(text), _YEAR.fullmatch(year.strip())
    if number and of:
        return Month(int(of[1]), int(number[1]))
    try:
        return Month.parse(text)
    except ValueError:
        return Month.of(read_day(text))


def read_period(folded: str) -> tuple[date, date]:
    """The first and last day of a month, a quarter (quy 1/2021) or a year; ValueError otherwise."""
    text = folded.strip()
    quarter = _QUARTER.fullmatch(text)
    if quarter:
        number = _ROMAN.get(quarter[1]) or int(quarter[1])
        return Month(int(quarter[2]), number * 3 - 2).first, Month(int(quarter[2]), number * 3).last
    year = _YEAR.fullmatch(text)
    if year:
        return Month(int(year[1]), 1).first, Month(int(year[1]), 12).last
    month = read_month(text)
    return month.first, month.last


def read_money(folded: str) -> int:
    """Whole money written 1.234.567, 1,234,567 d or 1234567; ValueError otherwise or out of range."""
    text = _UNIT.sub("", folded.strip())
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[., ]", "", text).replace(chr(0xA0), "")
    match = _WHOLE.fullmatch(text)
    if match is None or not -MOST_MONEY <= int(match[1]) <= MOST_MONEY:
        raise ValueError(f"no whole amount: {folded!r}")
    return int(match[1])


def read_count(text: str) -> int:
    """A number of articles from 0 to 9,999; ValueError otherwise. A dash and nothing mean none."""
    text = text.strip()
    if text in ("", "-"):
        return 0
    match = _WHOLE.fullmatch(text)
    if match is None or not 0 <= int(match[1]) <= 9999:
        raise ValueError(f"no number of articles: {text!r}")
    return int(match[1])


def read_coefficient(text: str) -> Decimal:
    """A decimal number with comma or point; ValueError otherwise."""
    try:
        found = Decimal(text.strip().replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(f"no number: {text!r}") from error
    return found.normalize() if found.is_finite() else found


def _clock(text: str) -> time:
    if not text.strip():
        return time.min
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"no time of day: {text!r}")
    return time(int(match[1]), int(match[2] or 0), int(match[3] or 0))


def _in_range(moment: datetime) -> datetime:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"the year must lie between {FIRST_YEAR} and {LAST_YEAR}")
    return moment
