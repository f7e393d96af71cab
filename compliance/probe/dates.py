"""Dates as Vietnamese portals write them. Always the day first; impossible and far-off days are no dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

from compliance.probe.text import fold

LOCAL = timezone(timedelta(hours=7))  # Viet Nam has had no other since 1975
EARLIEST = date(1945, 9, 2)
AHEAD = timedelta(days=62)  # a plan or an invitation may lie ahead; a misprint of the year may not

_ISO = re.compile(
    r"(?<![\d/.-])(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[t ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s?(z|[+-]\d{2}:?\d{2})?)?(?![\d/-])"
)
_NUMBERS = re.compile(r"(?<![\d/.-])(\d{1,2})\s{0,2}([/.-])\s{0,2}(\d{1,2})\s{0,2}\2\s{0,2}(\d{4})(?![\d/-])")
_SHORT = re.compile(r"(?<![\d/.-])(\d{2})/(\d{2})/(\d{2})(?![\d/.-])")
_WORDS = re.compile(r"(?<!\d)(\d{1,2})\s{0,3}thang\s{0,3}(\d{1,2})\s{0,3}(?:,|nam)?\s{0,3}(\d{4})(?!\d)")


def find_dates(text: str, *, today: date) -> list[date]:
    """Every date in the text, in the order they stand in; local days when an hour and zone are given."""
    plain = fold(text)
    found = [*_iso(plain), *_day_first(plain)]
    return [
        day for _position, day in sorted(found, key=lambda each: each[0]) if EARLIEST <= day <= _latest(today)
    ]


def newest(days: list[date], *, today: date) -> date | None:
    """The newest day that has been; when all lie ahead, the nearest of them."""
    past = [day for day in days if day <= today]
    return max(past) if past else min(days, default=None)


def _latest(today: date) -> date:
    try:
        return today + AHEAD
    except OverflowError:
        return date.max


def _iso(text: str) -> Iterator[tuple[int, date]]:
    for match in _ISO.finditer(text):
        year, month, day, hour, minute, second, zone = match.groups()
        made = _date(year, month, day)
        if made is None:
            continue
        if zone and hour:
            made = _local(made, int(hour), int(minute), int(second or 0), zone) or made
        yield match.start(), made


def _day_first(text: str) -> Iterator[tuple[int, date]]:
    for match in _NUMBERS.finditer(text):
        made = _date(match[4], match[3], match[1])
        if made:
            yield match.start(), made
    for match in _SHORT.finditer(text):
        made = _date(f"20{match[3]}", match[2], match[1])
        if made:
            yield match.start(), made
    for match in _WORDS.finditer(text):
        made = _date(match[3], match[2], match[1])
        if made:
            yield match.start(), made


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _local(day: date, hour: int, minute: int, second: int, zone: str) -> date | None:
    """The day it was in Viet Nam."""
    offset = timedelta()
    if zone != "z":
        sign = -1 if zone[0] == "-" else 1
        digits = zone[1:].replace(":", "")
        offset = sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    try:
        moment = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=timezone(offset))
        return moment.astimezone(LOCAL).date()
    except (ValueError, OverflowError):
        return None
