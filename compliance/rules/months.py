"""Local time and calendar months: the single place where a moment becomes a local date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

TIME_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_YEAR, LAST_YEAR = 1990, 2200

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def local_date(moment: datetime) -> date:
    """The calendar date in Vietnam at an aware moment; ValueError for a naive one."""
    if moment.utcoffset() is None:
        raise ValueError(f"a moment needs a time zone: {moment!r}")
    return moment.astimezone(TIME_ZONE).date()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=TIME_ZONE)


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month in local time, ordered by time; ValueError outside month 1..12 or the known years."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and FIRST_YEAR <= self.year <= LAST_YEAR):
            raise ValueError(f"not a month between {FIRST_YEAR} and {LAST_YEAR}: {self.year}-{self.month}")

    @classmethod
    def of(cls, day: date) -> Month:
        """The month a calendar date lies in; a moment (datetime) is read in local time."""
        if isinstance(day, datetime):
            day = local_date(day)
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """The month written as "2021-01"; ValueError names the text otherwise."""
        match = _MONTH.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"a month is written YYYY-MM, not {text!r}")
        return cls(int(match[1]), int(match[2]))

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        following = date(self.year + self.month // 12, self.month % 12 + 1, 1)
        return following - timedelta(days=1)

    @property
    def start(self) -> datetime:
        """The aware instant it begins."""
        return _midnight(self.first)

    @property
    def end(self) -> datetime:
        """The aware instant it is over (exclusive)."""
        return _midnight(self.last + timedelta(days=1))

    @property
    def next(self) -> Month:
        """The month after it."""
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def previous(self) -> Month:
        """The month before it."""
        return Month(self.year - (self.month == 1), (self.month - 2) % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def months(first: Month, last: Month) -> tuple[Month, ...]:
    """Every month from first to last, both included; ValueError when last lies before first."""
    if last < first:
        raise ValueError(f"the last month {last} lies before the first {first}")
    found = [first]
    while found[-1] < last:
        found.append(found[-1].next)
    return tuple(found)


def span(first: date, last: date) -> tuple[datetime, datetime]:
    """The half-open pair of local midnights covering first..last, both included; ValueError if empty."""
    if last < first:
        raise ValueError(f"the last day {last} lies before the first {first}")
    return _midnight(first), _midnight(last + timedelta(days=1))


def local_moment(text: str) -> datetime:
    """The aware local moment written in ISO 8601: an offset or Z is honoured, none means local time.

    A bare date is local midnight. ValueError for an impossible date, any other text, or a year out of range.
    """
    cleaned = text.strip()
    if not _DATE.match(cleaned):
        raise ValueError(f"not an ISO 8601 date or time: {text!r}")
    try:
        parsed = datetime.fromisoformat(cleaned)
        moment = parsed.replace(tzinfo=TIME_ZONE) if parsed.utcoffset() is None else parsed
        local = moment.astimezone(TIME_ZONE)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"not an ISO 8601 date or time: {text!r}") from error
    if not FIRST_YEAR <= local.year <= LAST_YEAR:
        raise ValueError(f"the year must lie between {FIRST_YEAR} and {LAST_YEAR}: {text!r}")
    return local
