"""The values of the rules: frozen, without a clock. Dates are local calendar dates, terms whole days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from compliance.rules.kinds import (
    CalendarDaysBefore,
    Deadline,
    Freshness,
    MinimumDisplay,
    Monthly,
    OnChange,
    PeriodEnd,
    Quota,
    RequiredFields,
    TicketAnswer,
    WeeklyAhead,
    WithinCalendarDays,
    WithinHours,
    WithinWorkingDays,
    WorkingDaysBefore,
)
from compliance.rules.states import Channel, Level, ReasonCode, State, Verification

__all__ = [
    "CalendarDaysBefore",
    "Channel",
    "Deadline",
    "Freshness",
    "Level",
    "MinimumDisplay",
    "Monthly",
    "OnChange",
    "PeriodEnd",
    "Quota",
    "ReasonCode",
    "RequiredFields",
    "State",
    "TicketAnswer",
    "Verification",
    "WeeklyAhead",
    "WithinCalendarDays",
    "WithinHours",
    "WithinWorkingDays",
    "WorkingDaysBefore",
]


@dataclass(frozen=True)
class LegalBasis:
    """One provision a duty rests on; `note` says what was not read or is our interpretation."""

    document: str
    article: str
    status: Verification
    note: str = ""


@dataclass(frozen=True)
class Limit:
    """One limit of a duty: for one kind of record ("" for every kind), from one trigger, while in force.

    `valid_to` is the last day in force. A `residual` limit binds only where no other gives a number of days;
    one of another `channel` is shown and never counted; a `local` one was set by this installation.
    """

    code: str
    regime: str
    kind: str
    trigger: str
    deadline: Deadline
    tiers: frozenset[str]
    valid_from: date
    valid_to: date | None
    bases: tuple[LegalBasis, ...]
    residual: bool = False
    channel: Channel = Channel.PORTAL
    local: bool = False


@dataclass(frozen=True)
class Binding:
    """Who is bound by one regime, how strongly and through which channel, from and to (last day)."""

    code: str
    regime: str
    tiers: frozenset[str]
    level: Level
    channel: Channel
    valid_from: date
    valid_to: date | None
    bases: tuple[LegalBasis, ...]


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
    """One duty with everything that ever bound anybody to it; what holds on a day is looked up, never copied.

    `section` is where its records live on a site; `soon_days` are calendar days before the due date.
    """

    code: str
    section: str
    group: str
    name_vi: str
    name_en: str
    evidence: str
    weight: int
    soon_days: int
    bindings: tuple[Binding, ...]
    limits: tuple[Limit, ...]
    latest_trigger: LatestTrigger | None = None
    functions: tuple[str, ...] = ()
    privacy: str = ""


@dataclass(frozen=True)
class Evidence:
    """One record seen for a duty, as it stood on the day judged.

    `published` is the day it first became public (None while it never was), `removed` the day it was taken
    down (None while public). `changed` and `confirmed` are the days a person last changed it, or said it is
    still correct. `period` is "2021" (fiscal year), "2021-M6", "2021-07" (month), an ISO Monday for a week,
    or "". `filled` are the required fields that hold something; None when unknown. `inherited` records come
    from a predecessor: they may fulfil, never accuse.
    """

    record_id: int
    title: str
    url: str = ""
    kind: str = ""
    trigger: date | None = None
    period: str = ""
    published: date | None = None
    week: date | None = None
    removed: date | None = None
    changed: date | None = None
    confirmed: date | None = None
    answered: date | None = None
    term_ends: date | None = None
    filled: frozenset[str] | None = None
    inherited: bool = False

    @property
    def is_public(self) -> bool:
        """Public on the day judged."""
        return self.published is not None and self.removed is None


@dataclass(frozen=True)
class Declaration:
    """A unit's word that nothing arose from the first to the last day named."""

    first: date
    last: date
    note: str = ""


@dataclass(frozen=True)
class Waiver:
    """A decision that excuses a duty from and until a day (None: until further notice)."""

    decision: str
    reason: str
    valid_from: date
    valid_until: date | None = None


Params = dict[str, str | int]


@dataclass(frozen=True)
class Reason:
    """Why a finding is what it is: a ReasonCode and JSON-able values (dates as ISO text, days as int)."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """One thing owed: a record by its own term, an expected period, the section's freshness.

    `skipped` are the rest days passed over up to `due`; `unknown_years` the years without calendar data.
    """

    state: State
    reason: Reason
    limit: Limit | None = None
    trigger: date | None = None
    due: date | None = None
    period: str = ""
    record: Evidence | None = None
    lacking: tuple[str, ...] = ()
    skipped: tuple[tuple[date, str], ...] = ()
    unknown_years: tuple[int, ...] = ()


@dataclass(frozen=True)
class Finding:
    """The standing of one duty on one day: the item that speaks for it, the law, and what else is open.

    `judged` is the state of what has come due (None when nothing has), which is what a score counts;
    `open_items` are the unsettled items, most urgent first, the speaking one included; `counts` tallies
    items by state value.
    """

    code: str
    state: State
    judged: State | None
    level: Level
    channel: Channel
    rule: str
    regime: str
    bases: tuple[LegalBasis, ...]
    item: Item
    open_items: tuple[Item, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    has_public: bool = False
