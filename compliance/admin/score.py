"""A unit's score as a person reads it: out of what was due, by group, its rank, the best steps, the trend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from compliance.catalogue.loader import load_catalogue
from compliance.models import Assessment, FindingRecord, ScoreRecord
from compliance.presentation import duty_name, group_name
from compliance.queries.desk import MINIMUM_SAMPLE, rank_among_peers, scores_of
from compliance.queries.history import monthly_assessments, score_history
from compliance.rules.scoring import Threshold, best_actions, rounded
from compliance.services.records import score_line
from sitepages.models import Authority

ACTIONS = 3


@dataclass(frozen=True)
class GroupLine:
    """One group's part of the score; `reached` None when nothing of it was due."""

    code: str
    name: str
    tally: dict[str, Any]
    reached: bool | None


@dataclass(frozen=True)
class Step:
    """One duty to mend: what it adds in percentage points, and the score after it and those before it."""

    code: str
    name: str
    gain: float | None
    after: float | None


@dataclass(frozen=True)
class Standing:
    """Everything the score's part of a page shows."""

    record: ScoreRecord
    groups: Sequence[GroupLine]
    steps: Sequence[Step]
    rank: int | None
    ranked: int
    trend: Sequence[tuple[Assessment, ScoreRecord | None]]
    threshold: Threshold
    minimum: int = MINIMUM_SAMPLE

    @property
    def after(self) -> float | None:
        """The score when every step is done."""
        return self.steps[-1].after if self.steps else None

    @property
    def points_of_trend(self) -> list[tuple[str, Decimal | None]]:
        """The trend as (day, percentage), for the chart."""
        return [(f"{each.date:%m/%Y}", score.percent if score else None) for each, score in self.trend]


def standing(assessment: Assessment, unit: Authority, findings: Sequence[FindingRecord]) -> Standing | None:
    """How a unit stands in an assessment; None when it was not scored."""
    record = scores_of(assessment, Authority.objects.filter(pk=unit.pk)).get(unit.pk)
    if record is None:
        return None
    threshold = Threshold()
    groups = []
    for code in load_catalogue().groups:
        tally = record.groups.get(code)
        if tally:
            percent = tally["percent"]
            reached = None if percent is None else percent >= threshold.each_group
            groups.append(GroupLine(code, group_name(code), tally, reached))
    lines = [line for finding in findings if (line := score_line(finding))]
    steps = [
        Step(each.code, duty_name(each.code), rounded(each.gain), rounded(each.percent_after))
        for each in best_actions(lines, ACTIONS)
    ]
    rank, ranked = rank_among_peers(assessment, unit)
    trend = score_history(unit, monthly_assessments(assessment))
    return Standing(record, groups, steps, rank, ranked, trend, threshold)
