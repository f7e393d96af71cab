"""The work schedule as a week to leaf through: this week, the one before, the one after, all by month."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.apps import apps

from sitepages.registers.public import closed_below
from sitepages.text import nfc

WEEKS = "leaders_schedule"
FIRST_YEAR, LAST_YEAR = 1950, 2100
_WEEK = re.compile(r"(\d{4})-W(\d{2})\Z", re.ASCII)


def monday_of(day: datetime.date) -> datetime.date:
    """The Monday of the day's week."""
    return day - datetime.timedelta(days=day.weekday())


def week_code(monday: datetime.date) -> str:
    """``2021-W09``, as the browser's own week field writes it."""
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02d}"


def read_week(text: str) -> datetime.date | None:
    """The Monday of a week's code, or of the week a day lies in; None for anything else."""
    match = _WEEK.match(text)
    try:
        if match:
            monday = datetime.date.fromisocalendar(int(match[1]), int(match[2]), 1)
        else:
            monday = monday_of(datetime.date.fromisoformat(text))
    except (ValueError, OverflowError):
        return None
    return monday if FIRST_YEAR <= monday.year <= LAST_YEAR else None


@dataclass(frozen=True)
class Month:
    """The weeks that begin in one month."""

    first: datetime.date
    weeks: list[Any]


class Weeks:
    """The week an address asks for (``?tuan=2021-W09``, ``?lanhdao=``), and where to go from it."""

    def __init__(self, place: Any, query: Mapping[str, str], today: datetime.date) -> None:
        self.place = place
        asked = read_week(nfc(query.get("tuan", "")[:10]))
        self.monday = asked or monday_of(today)
        self.is_this_week = self.monday == monday_of(today)
        self._leader = nfc(query.get("lanhdao", "")[:255]).strip()

    @property
    def sunday(self) -> datetime.date:
        return self.monday + datetime.timedelta(days=6)

    @cached_property
    def schedule(self) -> Any:
        """The public schedule of the week with its items; None when there is none."""
        if self.place is None:
            return None
        model = apps.get_model("sitepages", "WorkSchedulePage")
        found = model.objects.child_of(self.place).live().filter(week_start=self.monday)
        closed = closed_below(self.place)
        found = found.exclude(path__in=closed) if closed else found
        return found.prefetch_related("rows").order_by("-pk").first()

    @cached_property
    def leaders(self) -> list[str]:
        """The leaders of the week's items."""
        return sorted({row.leader for row in self.schedule.rows.all()}) if self.schedule is not None else []

    @property
    def leader(self) -> str:
        """The leader asked for; nobody the week does not name."""
        return self._leader if self._leader in self.leaders else ""

    @property
    def rows(self) -> list[Any]:
        """The items shown."""
        rows = self.schedule.rows.all() if self.schedule is not None else []
        return [row for row in rows if not self.leader or row.leader == self.leader]

    def _address(self, monday: datetime.date) -> str:
        said = {"tuan": week_code(monday)}
        return "?" + urlencode(said | ({"lanhdao": self.leader} if self.leader else {}))

    @property
    def before(self) -> str:
        return self._step(-1)

    @property
    def after(self) -> str:
        return self._step(1)

    def _step(self, weeks: int) -> str:
        monday = self.monday + datetime.timedelta(weeks=weeks)
        return self._address(monday) if FIRST_YEAR <= monday.year <= LAST_YEAR else ""

    @property
    def code(self) -> str:
        return week_code(self.monday)


def by_month(schedules: Any) -> list[Month]:
    """Schedules by the month their week begins in, as they come."""
    found: dict[datetime.date, list[Any]] = {}
    for each in schedules:
        found.setdefault(each.week_start.replace(day=1), []).append(each)
    return [Month(first, weeks) for first, weeks in found.items()]
