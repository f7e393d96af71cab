"""Findings and scores as the rows that keep them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from compliance.models import Assessment, FindingRecord, ScoreRecord
from compliance.rules.credits import counts, credit, passed
from compliance.rules.deadlines import deadline_code
from compliance.rules.scoring import Line, Score, Tally, Threshold, rounded, score
from compliance.rules.states import Channel, Level, State
from compliance.rules.types import Finding, Item, Requirement

_LONGEST = 500


def finding_record(unit: int, requirement: Requirement, weight: int, finding: Finding) -> FindingRecord:
    """The row of a finding, without its assessment."""
    item = finding.item
    record = item.record
    return FindingRecord(
        authority_id=unit,
        duty=finding.code,
        section=requirement.section,
        group=requirement.group,
        state=finding.state.value.upper(),
        judged=finding.judged.value.upper() if finding.judged else "",
        level=finding.level.value,
        channel=finding.channel.value,
        weight=weight,
        has_public=finding.has_public,
        rule=finding.rule,
        law="; ".join(
            f"{basis.document}, {basis.article}" if basis.article else basis.document
            for basis in finding.bases
        ),
        verification=", ".join(sorted({str(basis.status) for basis in finding.bases})),
        trigger=item.trigger,
        due=item.due,
        published=record.published if record else None,
        period=item.period,
        page_id=(record.record_id or None) if record else None,
        page_title=record.title[:_LONGEST] if record else "",
        page_url=record.url if record else "",
        reason=item.reason.code,
        params=_params(item),
        lacking=list(item.lacking),
        open_items=[_open(each) for each in finding.open_items],
        counts=dict(finding.counts),
    )


def score_line(row: FindingRecord) -> Line | None:
    """The line a finding adds to its unit's score; None where the law does not make it count."""
    if not counts(Level(row.level), Channel(row.channel or Channel.PORTAL)):
        return None
    judged = State(row.judged.lower()) if row.judged else None
    return Line(row.duty, row.group, row.weight, credit(judged, row.has_public), passed(judged))


def unit_score(rows: Iterable[FindingRecord]) -> Score:
    """The score of one unit's findings."""
    return score(line for row in rows if (line := score_line(row)))


def score_record(unit: int, result: Score) -> ScoreRecord:
    """The row of a unit's score, without its assessment."""
    total = result.total
    percent = rounded(total.percent)
    return ScoreRecord(
        authority_id=unit,
        points=_exact(total.points),
        possible=total.possible,
        percent=None if percent is None else Decimal(str(percent)),
        duties=total.duties,
        passed=total.passed,
        reaches_threshold=Threshold().is_reached(result),
        groups={code: _tally(tally) for code, tally in sorted(result.groups.items())},
    )


def attach(assessment: Assessment, rows: Iterable[Any]) -> list[Any]:
    """The rows with their assessment."""
    found = list(rows)
    for row in found:
        row.assessment = assessment
    return found


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "points": _exact(tally.points),
        "possible": tally.possible,
        "duties": tally.duties,
        "passed": tally.passed,
        "percent": rounded(tally.percent),
    }


def _exact(points: Fraction) -> str:
    return str(points)


def _params(item: Item) -> dict[str, Any]:
    params: dict[str, Any] = dict(item.reason.params)
    if item.limit:
        params["term"] = deadline_code(item.limit.deadline)
    if item.skipped:
        params["skipped"] = ",".join(f"{day.isoformat()}:{why}" for day, why in item.skipped)
    if item.unknown_years:
        params["unknown_years"] = ", ".join(map(str, item.unknown_years))
    return params


def _open(item: Item) -> dict[str, Any]:
    """An open item as JSON: enough to tell and to lead to it."""
    record = item.record
    return {
        "state": item.state.value.upper(),
        "reason": item.reason.code,
        "params": _params(item),
        "due": _iso(item.due),
        "period": item.period,
        "page": (record.record_id or None) if record else None,
        "title": record.title[:_LONGEST] if record else "",
        "public": bool(record and record.is_public),
        "lacking": list(item.lacking),
    }


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
