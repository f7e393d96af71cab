"""The shape of the law's TOML files: regimes, and the sections of each group."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from compliance.catalogue.schema import Status, Strict, Text, forward
from compliance.rules import types as rules

Tier = Literal["province", "department", "district", "commune"]
Tiers = Annotated[list[Tier], Field(min_length=1)]
Days = Annotated[int, Field(ge=0, le=3660)]
Unit = Literal["wd", "cd"]
Token = Literal["M3", "M6", "M9", "Y"]

#: The keys each deadline takes beside its name.
_KEYS: dict[str, frozenset[str]] = {
    "weekly_ahead": frozenset(),
    "monthly": frozenset({"days", "unit", "ahead"}),
    "period_end": frozenset({"periods", "days", "unit"}),
    "working_days": frozenset({"days"}),
    "calendar_days": frozenset({"days"}),
    "hours": frozenset({"hours"}),
    "working_days_before": frozenset({"days"}),
    "calendar_days_before": frozenset({"days"}),
    "on_change": frozenset(),
    "freshness": frozenset({"days"}),
    "minimum_display": frozenset({"days"}),
    "ticket": frozenset({"days", "unit"}),
    "quota": frozenset({"per_month"}),
    "fields": frozenset({"fields"}),
}
_OPTIONAL = frozenset({"ahead"})


class Group(Strict):
    """One of [groups]."""

    name_vi: Text
    name_en: Text


class Regime(Strict):
    """One of [regimes]: a document and the days it is in force."""

    document: Text
    first: date = Field(alias="from")
    last: date | None = Field(default=None, alias="to")
    status: Status
    note: str = ""

    @model_validator(mode="after")
    def _forward(self) -> Self:
        forward(self.first, self.last)
        return self


class RegimesFile(Strict):
    """regimes.toml as a whole; its entries are checked one by one."""

    version: Text
    triggers: list[Text] = []  # left out in editions kept from before they were listed
    groups: dict[str, dict[str, Any]]
    regimes: dict[str, dict[str, Any]]


class LatestTrigger(Strict):
    """The last day a yearly duty's event may fall on, relative to its fiscal year."""

    year_offset: Annotated[int, Field(ge=-1, le=2)]
    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=31)]

    @model_validator(mode="after")
    def _exists(self) -> Self:
        date(2001, self.month, self.day)
        return self


class Ref(Strict):
    """A provision of the regime's document (or of `document`, where it is another)."""

    article: Text
    status: Status
    note: str = ""
    document: str = ""


class _Dated(Strict):
    regime: Text
    first: date | None = Field(default=None, alias="from")
    last: date | None = Field(default=None, alias="to")
    refs: Annotated[list[Ref], Field(min_length=1)]

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.first is not None:
            forward(self.first, self.last)
        return self


class Binding(_Dated):
    """One of a section's [[bindings]]."""

    tiers: Tiers
    level: Literal["mandatory", "encouraged"]
    channel: Literal["portal", "any_form"]


class Limit(_Dated):
    """One of a section's [[limits]]; each deadline takes just its own keys."""

    kind: str = ""
    trigger: Text
    deadline: Literal[
        "weekly_ahead",
        "monthly",
        "period_end",
        "working_days",
        "calendar_days",
        "hours",
        "working_days_before",
        "calendar_days_before",
        "on_change",
        "freshness",
        "minimum_display",
        "ticket",
        "quota",
        "fields",
    ]
    days: Days | None = None
    hours: Annotated[int, Field(ge=1, le=720)] | None = None
    unit: Unit | None = None
    ahead: bool | None = None
    per_month: Annotated[int, Field(ge=1, le=1000)] | None = None
    periods: Annotated[list[Token], Field(min_length=1)] | None = None
    fields: Annotated[list[Text], Field(min_length=1)] | None = None
    tiers: Tiers | None = None
    residual: bool = False
    channel: Literal["portal", "egp"] = "portal"

    @model_validator(mode="after")
    def _complete(self) -> Self:
        names = ("days", "hours", "unit", "ahead", "per_month", "periods", "fields")
        given = {name for name in names if getattr(self, name) is not None}
        takes = _KEYS[self.deadline]
        if given - takes or takes - given - _OPTIONAL:
            wanted = ", ".join(sorted(takes)) or "nothing more"
            raise ValueError(f"the deadline {self.deadline} takes {wanted}")
        return self

    def as_deadline(self) -> rules.Deadline:
        """The deadline as the rules know it."""
        days, unit = self.days or 0, self.unit or "cd"
        made: dict[str, rules.Deadline] = {
            "weekly_ahead": rules.WeeklyAhead(),
            "monthly": rules.Monthly(days, unit, bool(self.ahead)),
            "period_end": rules.PeriodEnd(tuple(self.periods or ()), days, unit),
            "working_days": rules.WithinWorkingDays(days),
            "calendar_days": rules.WithinCalendarDays(days),
            "hours": rules.WithinHours(self.hours or 0),
            "working_days_before": rules.WorkingDaysBefore(days),
            "calendar_days_before": rules.CalendarDaysBefore(days),
            "on_change": rules.OnChange(),
            "freshness": rules.Freshness(days),
            "minimum_display": rules.MinimumDisplay(days),
            "ticket": rules.TicketAnswer(days, unit),
            "quota": rules.Quota(self.per_month or 0),
            "fields": rules.RequiredFields(tuple(self.fields or ())),
        }
        return made[self.deadline]


class Section(Strict):
    """One section; its bindings and limits are checked one by one, so that an error names the entry."""

    site_section: Text
    group: Text
    name_vi: Text
    name_en: Text
    evidence: Literal[
        "page_fields",
        "document_record",
        "dataset_record",
        "periodic_report",
        "schedule",
        "ticket",
        "form_and_log",
        "list_index",
        "probe",
    ]
    weight: Annotated[int, Field(ge=1, le=100)]
    soon_days: Annotated[int, Field(ge=0, le=60)]
    functions: list[Text] = []
    privacy: str = ""
    latest_trigger: LatestTrigger | None = None
    bindings: Annotated[list[dict[str, Any]], Field(min_length=1)]
    limits: list[dict[str, Any]] = []
