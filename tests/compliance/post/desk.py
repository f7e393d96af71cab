"""Assessments made by hand, so that a test names exactly what is open."""

from __future__ import annotations

import datetime
from typing import Any

from compliance.models import Assessment, FindingRecord, OutgoingMail, ReminderStep
from compliance.post.letters import write_letter
from compliance.rules.months import local_moment
from compliance.services.remind import Composed, compose_digests
from tests.builders import authority

#: A Wednesday. Five working days before: the 7th; three after: the 19th; ten after: the 28th.
TODAY = datetime.date(2021, 7, 14)
DUE = "directives"
PERIODIC = "budget_execution"


def moment(day: datetime.date, hour: int = 7) -> datetime.datetime:
    return local_moment(f"{day.isoformat()}T{hour:02d}:00")


def thing(
    state: str = "OVERDUE",
    due: datetime.date | None = TODAY,
    *,
    reason: str = "",
    page: int | None = 7,
    period: str = "",
    title: str = "Quyết định 1/QĐ-UBND",
) -> dict[str, Any]:
    """One open item as an assessment keeps it."""
    why = reason or {"OVERDUE": "overdue", "DUE_SOON": "due_soon", "NOT_DUE": "not_due"}.get(state, "missing")
    params: dict[str, Any] = {"title": title, "days": 3, "latest": "2021-01-01"}
    if due:
        params["due"] = due.isoformat()
    return {
        "state": state,
        "reason": why,
        "params": params,
        "due": due.isoformat() if due else None,
        "period": period,
        "page": page,
        "title": title,
        "public": False,
        "lacking": [],
    }


def assess(day: datetime.date = TODAY, **open_items: list[dict[str, Any]] | dict[str, Any]) -> Assessment:
    """An assessment; each keyword is a unit's code ("dak_doa") with its open items, by duty or all in one."""
    assessment = Assessment.objects.create(date=day, taken_at=moment(day, 1), catalogue="test")
    for code, given in open_items.items():
        by_duty = given if isinstance(given, dict) else {DUE: given}
        for duty, items in by_duty.items():
            finding(assessment, code.replace("_", "-"), items, duty=duty)
    return assessment


def finding(
    assessment: Assessment, code: str, items: list[dict[str, Any]], *, duty: str = DUE, **values: Any
) -> FindingRecord:
    """A finding that has these items open."""
    first = items[0] if items else {}
    return FindingRecord.objects.create(
        assessment=assessment,
        authority=authority(code),
        duty=duty,
        **{
            "section": duty,
            "state": first.get("state", "MET"),
            "level": "mandatory",
            "channel": "portal",
            "rule": "test",
            "law": "Luật 1, Điều 2",
            "reason": first.get("reason", "on_time"),
            "period": first.get("period", ""),
            "open_items": items,
            **values,
        },
    )


def compose(day: datetime.date = TODAY, *, dry_run: bool = False) -> Composed:
    return compose_digests(day, moment(day), write_letter, dry_run=dry_run)


def recipients() -> dict[str, str]:
    """Whom the letters in the outbox go to, with their subjects."""
    return {mail.recipient.username: mail.subject for mail in OutgoingMail.objects.order_by("pk")}


def steps(code: str = "glar") -> list[tuple[str, bool]]:
    """The steps recorded for a unit, in the order they were, with whether they were passed over."""
    rows = ReminderStep.objects.filter(authority__code=code).order_by("pk")
    return list(rows.values_list("step", "skipped"))
