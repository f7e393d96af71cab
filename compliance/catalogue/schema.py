"""The shape of the TOML catalogues, checked strictly: no unknown key, no silent conversion."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from compliance.rules import types as rules

Text = Annotated[str, Field(min_length=1)]
Status = Literal["V", "V2", "R-h", "R-m", "R-l", "D"]
Tier = Literal["province", "district", "commune"]
Days = Annotated[int, Field(ge=0, le=366)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class LatestTrigger(_Strict):
    """The last day a yearly duty's event may fall on, relative to its fiscal year."""

    year_offset: Annotated[int, Field(ge=-1, le=2)]
    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=31)]

    @model_validator(mode="after")
    def _exists(self) -> Self:
        date(2001, self.month, self.day)
        return self


class Duty(_Strict):
    """One line of [duties]."""

    section: Text
    name_vi: Text
    name_en: Text
    evidence: Text
    latest_trigger: LatestTrigger | None = None


class Basis(_Strict):
    """One line of [bases]."""

    document: Text
    article: Text
    status: Status
    note: str = ""


class InForce(_Strict):
    """The days a version holds, the last one included."""

    first: date = Field(alias="from")
    last: date | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _forward(self) -> Self:
        _forward(self.first, self.last)
        return self


class Binding(_Strict):
    """How a version binds one tier."""

    level: Literal["mandatory", "encouraged"]
    channel: Literal["portal", "any_form"]


class Limit(_Strict):
    """One time limit; only a period_end names its periods and unit, only weekly_ahead has no days."""

    kind: str = ""
    trigger: Text
    deadline: Literal["weekly_ahead", "working_days", "calendar_days", "period_end"]
    days: Days | None = None
    periods: list[Literal["M3", "M6", "M9", "Y"]] = []
    unit: Literal["wd", "cd"] | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.days is None) != (self.deadline == "weekly_ahead"):
            raise ValueError("every deadline but weekly_ahead needs days")
        periodic = self.deadline == "period_end"
        if bool(self.periods) != periodic or (self.unit is not None) != periodic:
            raise ValueError("periods and unit belong to a period_end, which needs both")
        return self

    def as_limit(self) -> rules.Limit:
        """The limit as the rules know it."""
        return rules.Limit(self.kind, self.trigger, self._deadline(self.days or 0))

    def _deadline(self, days: int) -> rules.Deadline:
        match self.deadline:
            case "weekly_ahead":
                return rules.WeeklyAhead()
            case "working_days":
                return rules.WithinWorkingDays(days)
            case "calendar_days":
                return rules.WithinCalendarDays(days)
            case "period_end":
                return rules.PeriodEnd(tuple(self.periods), days, self.unit or "cd")


class Version(_Strict):
    """One of [[versions]]: at least one tier, one limit of each kind, and one legal basis."""

    version: Annotated[str, Field(pattern=r"^[a-z_]+@[A-Z0-9]+(-[A-Za-z0-9]+)?$")]
    in_force: InForce
    tiers: Annotated[dict[Tier, Binding], Field(min_length=1)]
    soon_days: Days
    limits: Annotated[list[Limit], Field(min_length=1)]
    bases: Annotated[list[Text], Field(min_length=1)]

    @model_validator(mode="after")
    def _one_limit_a_kind(self) -> Self:
        kinds = [(limit.kind, limit.deadline == "period_end") for limit in self.limits]
        if len(set(kinds)) < len(kinds):
            raise ValueError("two limits of one kind")
        return self


class SectionsFile(_Strict):
    """sections.toml as a whole; its entries are checked one by one."""

    version: Text
    duties: dict[str, dict[str, Any]]
    bases: dict[str, dict[str, Any]]
    versions: list[dict[str, Any]]


class Holiday(_Strict):
    """One line of [holidays]."""

    name: Text
    source: Text
    status: Status
    note: str = ""


class Swap(_Strict):
    """One line of [swaps]: the day worked instead, as ISO text."""

    worked: Text
    source: Text
    status: Status
    note: str = ""


class HolidaysFile(_Strict):
    """holidays.toml as a whole."""

    version: Text
    years: Annotated[list[int], Field(min_length=1)]
    holidays: dict[str, dict[str, Any]]
    swaps: dict[str, dict[str, Any]]


class BaseSalaryRow(_Strict):
    """One of [[base_salaries]], in dong a month."""

    valid_from: date
    amount: Annotated[int, Field(gt=0)]
    decree: Text
    status: Status


class Regime(_Strict):
    """One of [[regimes]]; no caps means no national cap."""

    code: Text
    name: Text
    valid_from: date
    valid_to: date | None = None
    unit_share: Annotated[Decimal, Field(gt=0, le=1)]
    caps: dict[str, Annotated[int, Field(gt=0)]] = {}
    status: Status
    note: str = ""

    @model_validator(mode="after")
    def _forward(self) -> Self:
        _forward(self.valid_from, self.valid_to)
        return self


class RoyaltiesFile(_Strict):
    """royalties.toml as a whole."""

    version: Text
    base_salaries: Annotated[list[dict[str, Any]], Field(min_length=1)]
    regimes: Annotated[list[dict[str, Any]], Field(min_length=1)]


def _forward(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise ValueError(f"ends on {last} before it begins on {first}")
