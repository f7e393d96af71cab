"""The shape of the TOML catalogues, checked strictly: no unknown key, no silent conversion."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
Status = Literal["V", "V2", "R-h", "R-m", "R-l", "D"]


class Strict(BaseModel):
    """No unknown key, no silent conversion, no later change."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Holiday(Strict):
    """One line of [holidays]."""

    name: Text
    source: Text
    status: Status
    note: str = ""


class Swap(Strict):
    """One line of [swaps]: the day worked instead, as ISO text."""

    worked: Text
    source: Text
    status: Status
    note: str = ""


class HolidaysFile(Strict):
    """holidays.toml as a whole."""

    version: Text
    years: Annotated[list[int], Field(min_length=1)]
    holidays: dict[str, dict[str, Any]]
    swaps: dict[str, dict[str, Any]]


class BaseSalaryRow(Strict):
    """One of [[base_salaries]], in dong a month."""

    valid_from: date
    amount: Annotated[int, Field(gt=0)]
    decree: Text
    status: Status


class Regime(Strict):
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
        forward(self.valid_from, self.valid_to)
        return self


class WithholdingRow(Strict):
    """One of [[withholdings]]; the threshold in dong a payment."""

    code: Text
    tax_class: Literal["remuneration", "copyright"]
    valid_from: date
    valid_to: date | None = None
    threshold: Annotated[int, Field(gt=0)]
    rate: Annotated[Decimal, Field(gt=0, le=1)]
    of_excess: bool = False
    on_request: bool = False
    source: Text
    status: Status

    @model_validator(mode="after")
    def _forward(self) -> Self:
        forward(self.valid_from, self.valid_to)
        return self


class CeilingRow(Strict):
    """One of [[ceilings]]: a kind of spending as a share of the royalties."""

    code: Text
    kind: Literal["remuneration", "incentive"]
    valid_from: date
    valid_to: date | None = None
    share: Annotated[Decimal, Field(gt=0, le=1)]
    source: Text
    status: Status
    note: str = ""

    @model_validator(mode="after")
    def _forward(self) -> Self:
        forward(self.valid_from, self.valid_to)
        return self


class ModifierRow(Strict):
    """One of [[modifiers]], in percent of the fee."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,30}$")]
    name: Text
    effect: Literal["share", "addition"]
    low: Annotated[int, Field(ge=0)]
    high: Annotated[int, Field(gt=0, le=100)]
    valid_from: date
    valid_to: date | None = None
    basis: Text
    status: Status

    @model_validator(mode="after")
    def _forward(self) -> Self:
        forward(self.valid_from, self.valid_to)
        if self.high < self.low:
            raise ValueError(f"{self.high} is below {self.low}")
        return self


class RoyaltiesFile(Strict):
    """royalties.toml as a whole."""

    version: Text
    base_salaries: Annotated[list[dict[str, Any]], Field(min_length=1)]
    regimes: Annotated[list[dict[str, Any]], Field(min_length=1)]
    modifiers: list[dict[str, Any]] = []
    withholdings: Annotated[list[dict[str, Any]], Field(min_length=1)]
    ceilings: list[dict[str, Any]] = []


def forward(first: date, last: date | None) -> None:
    """ValueError when a validity ends before it begins."""
    if last is not None and last < first:
        raise ValueError(f"ends on {last} before it begins on {first}")
