"""What has to be done, line by line: from the open items of findings to one link each."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.admin.links import Links
from compliance.models import Assessment, FindingRecord
from compliance.presentation import duty_name, told
from compliance.queries.desk import open_findings
from compliance.queries.handled import handled_since
from compliance.rules.agenda import When, when
from compliance.wording import period_label
from sitepages.models import Authority

LABELS = {
    "confirm": _("Confirm or bring up to date"),
    "page": _("Open the page"),
    "add": _("Add what is missing"),
    "section": _("Open the section"),
    "look": _("See the duty"),
}
TITLES = {
    When.TODAY: _("Today"),
    When.WEEK: _("This week"),
    When.FORTNIGHT: _("In the next 14 days"),
    When.UNDATED: _("Without a date: still missing"),
    When.HANDLED: _("Done since then, counted at the next assessment"),
}
#: Lines shown at once; the rest is on the unit's page.
MOST_LINES = 25

_WEEK = "week_"


@dataclass(frozen=True)
class Task:
    """One thing to do: the duty, what exactly, until when, why, and where."""

    finding: FindingRecord
    state: str
    name: str
    what: str
    due: datetime.date | None
    why: str
    url: str
    label: Any
    declare_url: str


@dataclass(frozen=True)
class Part:
    """The tasks of one stretch of time; `more` were left out."""

    code: When
    title: Any
    tasks: Sequence[Task]
    more: int

    @property
    def folded(self) -> bool:
        """Shown closed at first: what is done, and what has no date when there is much of it."""
        return self.code is When.HANDLED or (self.code is When.UNDATED and self.total > 5)

    @property
    def total(self) -> int:
        """All of them."""
        return len(self.tasks) + self.more


def agenda(assessment: Assessment, user: Any, units: Iterable[Authority]) -> list[Part]:
    """What these units must do, by when; relative to the day of the assessment."""
    own = list(units)
    pairs = [
        (finding, item)
        for finding in open_findings(assessment, own)
        for item in finding.open_items or [_whole(finding)]
        if item["state"] in FindingRecord.State.values
    ]
    handled = handled_since(assessment, [unit.pk for unit in own])
    chosen: dict[When, list[tuple[FindingRecord, dict[str, Any]]]] = {code: [] for code in TITLES}
    for finding, item in pairs:
        code = when(_day(item["due"]), assessment.date)
        if code is When.UNDATED and item["state"] == FindingRecord.State.NOT_DUE:
            continue  # nothing is owed yet
        if item["state"] == FindingRecord.State.INCOMPLETE:
            code = When.TODAY
        if code not in chosen:
            continue
        if handled.covers(finding.authority_id, finding.duty, item):
            code = When.HANDLED
        chosen[code].append((finding, item))
    shown = {code: sorted(rows, key=_order)[:MOST_LINES] for code, rows in chosen.items()}
    links = Links(
        user, own, (item["page"] for rows in shown.values() for _finding, item in rows if item["page"])
    )
    return [
        Part(code, TITLES[code], tasks, len(chosen[code]) - len(tasks))
        for code, rows in shown.items()
        if (tasks := [_task(row, links, code is When.HANDLED) for row in rows])
    ]


def _task(row: tuple[FindingRecord, dict[str, Any]], links: Links, done: bool) -> Task:
    finding, item = row
    why = told(item["reason"], item["params"], item["lacking"], finding.duty)
    what = _period(item) if item["reason"].startswith(_WEEK) else item["title"] or _period(item)
    url, code = links.mend(finding.authority, finding.duty, finding.section, item)
    return Task(
        finding=finding,
        state=item["state"],
        name=duty_name(finding.duty),
        what="" if what and what in why else what,
        due=_day(item["due"]),
        why=why,
        url=url,
        label=LABELS[code],
        declare_url="" if done else links.declare(finding.authority, finding.duty, item),
    )


def _whole(finding: FindingRecord) -> dict[str, Any]:
    """A finding kept without its open items, as one item."""
    return {
        "state": finding.state,
        "reason": finding.reason,
        "params": finding.params,
        "due": finding.due.isoformat() if finding.due else None,
        "period": finding.period,
        "page": finding.page_id,
        "title": finding.page_title,
        "lacking": finding.lacking,
    }


def _period(item: dict[str, Any]) -> str:
    if not item["period"]:
        return ""
    shown = period_label(item["period"])
    return gettext("week from %(day)s") % {"day": shown} if item["reason"].startswith(_WEEK) else shown


def _order(row: tuple[FindingRecord, dict[str, Any]]) -> tuple[Any, ...]:
    """By due date, then worst first."""
    finding, item = row
    worst = FindingRecord.State.values.index(item["state"])
    return item["due"] or "9999", -worst, finding.authority.order, finding.pk


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
