"""The vocabulary of the rules: frozen values only, dates are local calendar dates, terms are whole days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """How one duty of one authority stands; `rank` orders from best (0) to worst (4)."""

    MET = "met"
    NOT_DUE = "not_due"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    MISSING = "missing"

    @property
    def rank(self) -> int:
        """0 for MET up to 4 for MISSING."""
        return list(State).index(self)


class Level(StrEnum):
    """How strongly a duty binds a tier."""

    MANDATORY = "mandatory"
    ENCOURAGED = "encouraged"


class Channel(StrEnum):
    """Where the law wants the publication: on the portal, or in any lawful form."""

    PORTAL = "portal"
    ANY_FORM = "any_form"


class Verification(StrEnum):
    """How sure a legal statement is: read in the primary or a secondary text, recalled, or our proposal."""

    PRIMARY = "V"
    SECONDARY = "V2"
    RECALLED_HIGH = "R-h"
    RECALLED_MEDIUM = "R-m"
    RECALLED_LOW = "R-l"
    DESIGN = "D"


@dataclass(frozen=True)
class LegalBasis:
    """One provision a duty rests on; `note` says what was not read or is our interpretation."""

    document: str
    article: str
    status: Verification
    note: str = ""


@dataclass(frozen=True)
class WeeklyAhead:
    """A week's schedule is due on the Sunday before that week (Monday to Sunday) begins."""


@dataclass(frozen=True)
class WithinWorkingDays:
    """Due a number of working days after the triggering day."""

    days: int


@dataclass(frozen=True)
class WithinCalendarDays:
    """Due a number of calendar days after the triggering day, moved off rest days."""

    days: int


@dataclass(frozen=True)
class PeriodEnd:
    """Due some days ("wd" working, "cd" calendar) after each period of the year: "M3", "M6", "M9", "Y"."""

    periods: tuple[str, ...]
    days: int
    unit: str


Deadline = WeeklyAhead | WithinWorkingDays | WithinCalendarDays | PeriodEnd


@dataclass(frozen=True)
class Limit:
    """One time limit of a duty, for one kind of record ("" when there is only one), from one trigger code."""

    kind: str
    trigger: str
    deadline: Deadline


@dataclass(frozen=True)
class LatestTrigger:
    """The last day a yearly duty's trigger may fall: fiscal year + year_offset, month, day."""

    year_offset: int
    month: int
    day: int

    def of(self, fiscal_year: int) -> date:
        """That day for a fiscal year."""
        return date(fiscal_year + self.year_offset, self.month, self.day)


@dataclass(frozen=True)
class Requirement:
    """One version of one duty: who is bound, how strongly, by when, on what basis, in force from and to.

    `valid_to` is the last day in force; `soon_days` are calendar days before the due date.
    """

    code: str
    version: str
    section: str
    name_vi: str
    name_en: str
    regime: str
    valid_from: date
    valid_to: date | None
    levels: Mapping[str, Level]
    channel: Mapping[str, Channel]
    limits: tuple[Limit, ...]
    bases: tuple[LegalBasis, ...]
    soon_days: int
    evidence: str
    latest_trigger: LatestTrigger | None = None


@dataclass(frozen=True)
class Evidence:
    """One record seen for a duty; `published` is None while it is known but not public.

    `period` is "2021" (fiscal year), "2021-M6", an ISO Monday for a week, or ""; `week` any day of the week.
    """

    record_id: int
    title: str
    url: str = ""
    kind: str = ""
    trigger: date | None = None
    period: str = ""
    published: date | None = None
    week: date | None = None


class ReasonCode(StrEnum):
    """Every explanation a finding can carry; the sentences live with the user interface."""

    ON_TIME = "on_time"
    MET_LATE = "met_late"
    MET_UNDATED = "met_undated"
    NOT_DUE = "not_due"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    MISSING = "missing"
    MISSING_UNDATED = "missing_undated"
    NOTHING_DUE = "nothing_due"
    PERIOD_NOT_DUE = "period_not_due"
    PERIOD_DUE_SOON = "period_due_soon"
    PERIOD_OVERDUE = "period_overdue"
    PERIOD_MISSING = "period_missing"
    YEAR_NOT_DUE = "year_not_due"
    YEAR_DUE_SOON = "year_due_soon"
    YEAR_OVERDUE = "year_overdue"
    YEAR_MISSING = "year_missing"
    WEEK_DUE_SOON = "week_due_soon"
    WEEK_OVERDUE = "week_overdue"
    WEEK_MISSING = "week_missing"


@dataclass(frozen=True)
class Reason:
    """Why a finding is what it is: a ReasonCode and JSON-able values (dates as ISO text, days as int)."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """The standing of one duty on one day, with the version judged by and the record it rests on.

    `skipped` are the rest days passed over up to `due`; `unknown_years` the years without calendar data.
    """

    code: str
    state: State
    level: Level
    version: str
    regime: str
    bases: tuple[LegalBasis, ...]
    trigger: date | None
    due: date | None
    published: date | None
    period: str
    record: Evidence | None
    reason: Reason
    skipped: tuple[tuple[date, str], ...] = ()
    unknown_years: tuple[int, ...] = ()
