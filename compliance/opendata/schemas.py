"""The shape of the answers, as OpenAPI documents them. Field names are English and stay."""

from __future__ import annotations

import datetime
from typing import Any, Literal

from ninja import Field, Schema

Format = Literal["json", "csv"]
State = Literal[
    "MET",
    "NOTHING_AROSE",
    "WAIVED",
    "MET_LATE",
    "NOT_DUE",
    "DUE_SOON",
    "INCOMPLETE",
    "OVERDUE",
    "MISSING",
]
LARGEST_PAGE, USUAL_PAGE = 1000, 100
#: What may be a code at all; what is none, the empty text too, is refused and not taken for "all".
_CODE = r"^[A-Za-z0-9_.-]{1,60}$"


class Chosen(Schema):
    """The format of an answer."""

    format: Format = "json"


class Paged(Chosen):
    """The part of a long list; a CSV file takes as much as there can be in one."""

    page: int = Field(1, ge=1, le=1_000_000)
    page_size: int | None = Field(None, ge=1, le=LARGEST_PAGE)

    @property
    def size(self) -> int:
        """How many rows to give."""
        return self.page_size or (LARGEST_PAGE if self.format == "csv" else USUAL_PAGE)


class FindingsAsked(Paged):
    """Which findings of an assessment."""

    unit: str | None = Field(None, pattern=_CODE)
    duty: str | None = Field(None, pattern=_CODE)
    state: State | None = None


class UnitFindingsAsked(Paged):
    """Which findings of a unit."""

    date: str = "latest"


class Problem(Schema):
    """What is wrong with a request, and what to do."""

    detail: str


class UnitOut(Schema):
    code: str
    name: str
    full_name: str
    tier: str
    parent: str | None
    valid_from: datetime.date | None
    valid_to: datetime.date | None
    portal: str
    transparency_page: str


class UnitsOut(Schema):
    units: list[UnitOut]


class BasisOut(Schema):
    document: str
    article: str
    verification: str
    note: str


class GroupOut(Schema):
    code: str
    name_vi: str
    name_en: str


class BindingOut(Schema):
    rule: str
    regime: str
    tiers: list[str]
    level: str
    channel: str
    valid_from: datetime.date
    valid_to: datetime.date | None
    legal_bases: list[BasisOut]


class LimitOut(Schema):
    rule: str
    regime: str
    kind: str
    trigger: str
    deadline: str
    deadline_text: str
    fields: list[str]
    periods: list[str]
    tiers: list[str]
    valid_from: datetime.date
    valid_to: datetime.date | None
    residual: bool
    channel: str
    local: bool
    legal_bases: list[BasisOut]


class LocalWeightOut(Schema):
    weight: int
    tier: str
    valid_from: datetime.date
    valid_to: datetime.date | None
    decision: str


class DutyOut(Schema):
    code: str
    section: str
    group: str
    name_vi: str
    name_en: str
    evidence: str
    weight: int
    soon_days: int
    local_weights: list[LocalWeightOut]
    bindings: list[BindingOut]
    limits: list[LimitOut]


class DutiesOut(Schema):
    version: str
    groups: list[GroupOut]
    duties: list[DutyOut]


class EditionOut(Schema):
    digest: str
    version: str
    recorded_at: datetime.datetime


class EditionsOut(Schema):
    editions: list[EditionOut]


class WholeEditionOut(EditionOut):
    law: dict[str, Any]
    calendar: dict[str, Any]
    local: dict[str, Any]


class AssessmentOut(Schema):
    date: datetime.date
    taken_at: datetime.datetime
    version: str
    edition: str | None


class AssessmentsOut(Schema):
    assessments: list[AssessmentOut]


class EvidenceOut(Schema):
    title: str
    url: str


class OpenItemOut(Schema):
    state: State
    due: datetime.date | None
    period: str
    missing_fields: list[str]
    evidence: EvidenceOut | None
    explanation: str


class FindingOut(Schema):
    unit: str
    unit_name: str
    duty: str
    duty_name: str
    section: str
    group: str
    state: State
    state_name: str
    judged: State | None
    level: str
    channel: str
    weight: int
    counted: bool
    has_public: bool
    credit: float | None
    rule: str
    law: str
    verification: str
    trigger: datetime.date | None
    due: datetime.date | None
    published: datetime.date | None
    period: str
    missing_fields: list[str]
    evidence: EvidenceOut | None
    open_items: list[OpenItemOut]
    open_items_withheld: int
    counts: dict[str, int]
    explanation: str


class FindingsOut(Schema):
    assessment: AssessmentOut
    total: int
    page: int
    page_size: int
    next: str | None
    findings: list[FindingOut]


class TallyOut(Schema):
    points: str
    possible: int
    percent: float | None
    duties: int
    passed: int


class GroupScoreOut(TallyOut):
    group: str
    group_name: str


class ScoreOut(TallyOut):
    unit: str
    unit_name: str
    date: datetime.date
    reaches_threshold: bool
    groups: list[GroupScoreOut]


class ScoresOut(Schema):
    assessment: AssessmentOut
    scores: list[ScoreOut]


class UnitScoresOut(Schema):
    scores: list[ScoreOut]
