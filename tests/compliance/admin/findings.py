"""Assessments and findings written by hand, so that a test says what a screen is given."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from compliance.models import Assessment, FindingRecord
from compliance.services.records import attach, score_record, unit_score
from tests.builders import authority

TODAY = datetime.date(2021, 7, 28)  # a Wednesday


def make_assessment(day: datetime.date = TODAY) -> Assessment:
    return Assessment.objects.create(date=day, taken_at=timezone.now(), catalogue="test")


def open_item(state: str, reason: str = "missing", **values: Any) -> dict[str, Any]:
    """An open item as assessments keep it."""
    item: dict[str, Any] = {"state": state, "reason": reason, "params": {}, "due": None, "period": ""}
    return item | {"page": None, "title": "", "public": False, "lacking": []} | values


def due_item(state: str, due: datetime.date, title: str, **values: Any) -> dict[str, Any]:
    """An open item of a record with a due date."""
    params = {"title": title, "due": due.isoformat(), "days": abs((due - TODAY).days)}
    reason = values.pop("reason", state.lower())
    return open_item(state, reason, params=params, due=due.isoformat(), title=title, **values)


def make_finding(
    assessment: Assessment,
    code: str = "glar",
    duty: str = "directives",
    state: str = "MISSING",
    **values: Any,
) -> FindingRecord:
    """A finding of a mandatory duty on the portal, judged by its state."""
    given: dict[str, Any] = {
        "section": duty,
        "group": "G2",
        "judged": "" if state in ("NOT_DUE", "DUE_SOON") else state,
        "level": "mandatory",
        "channel": "portal",
        "weight": 5,
        "rule": f"{duty}@ND43",
        "law": "Nghị định 43/2011/NĐ-CP, Điều 10",
        "verification": "V",
        "reason": "missing",
        "open_items": [] if state in ("MET", "MET_LATE", "NOTHING_AROSE", "WAIVED") else [open_item(state)],
    }
    return FindingRecord.objects.create(
        assessment=assessment, authority=authority(code), duty=duty, state=state, **(given | values)
    )


def keep_scores(assessment: Assessment) -> None:
    """The scores of all units with findings, as an assessment keeps them."""
    units: dict[int, list[FindingRecord]] = {}
    for finding in assessment.findings.all():
        units.setdefault(finding.authority_id, []).append(finding)
    for unit, rows in units.items():
        for row in attach(assessment, [score_record(unit, unit_score(rows))]):
            row.save()


def html(reply: Any) -> str:
    assert reply.status_code == 200
    return str(reply.content.decode())
