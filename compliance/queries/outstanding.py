"""What is open at each unit by one assessment, as single things that can be called to mind."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from compliance.models import Assessment, FindingRecord
from compliance.rules.credits import counts
from compliance.rules.states import AGEING, FAILING, Channel, Level, State

_OPEN = ("NOT_DUE", "DUE_SOON", "INCOMPLETE", "OVERDUE", "MISSING")
_CHUNK = 500

OVERDUE, SOON, CONFIRM, LATER = "overdue", "soon", "confirm", "later"


@dataclass(frozen=True)
class Outstanding:
    """One thing open: of which unit and duty, why, by when, and the page or period it is about."""

    unit: int
    duty: str
    state: str
    reason: str
    params: dict[str, Any]
    lacking: tuple[str, ...]
    law: str
    due: datetime.date | None
    period: str
    page: int | None
    title: str

    @property
    def subject(self) -> str:
        """What tells it from the other things of its duty: the period, else the page."""
        return self.period or (f"p{self.page}" if self.page else "")

    @property
    def item(self) -> str:
        """The subject and its due day: a new due day is a new matter."""
        return f"{self.subject}@{self.due.isoformat() if self.due else '-'}"

    @property
    def kind(self) -> str:
        """The part of a letter it belongs to."""
        state = State(self.state.lower())
        if self.reason in AGEING:
            return CONFIRM
        if state in FAILING:
            return OVERDUE
        return SOON if state is State.DUE_SOON else LATER


def outstanding(assessment: Assessment, units: Iterable[int]) -> dict[int, list[Outstanding]]:
    """By unit, what the law makes mandatory on the portal and is open; nothing that was waived."""
    found: dict[int, dict[tuple[str, str], Outstanding]] = defaultdict(dict)
    rows = FindingRecord.objects.filter(
        assessment=assessment, authority__in=list(units), state__in=_OPEN
    ).order_by("pk")
    for row in rows.iterator(chunk_size=_CHUNK):
        if not counts(Level(row.level), Channel(row.channel or Channel.PORTAL)):
            continue
        for each in open_things(row):
            found[row.authority_id].setdefault((each.duty, each.item), each)
    return {unit: list(things.values()) for unit, things in found.items()}


def open_things(row: FindingRecord) -> list[Outstanding]:
    """The open items of one finding."""
    return [
        Outstanding(
            unit=row.authority_id,
            duty=row.duty,
            state=item["state"],
            reason=item["reason"],
            params=item["params"],
            lacking=tuple(item["lacking"]),
            law=row.law,
            due=datetime.date.fromisoformat(item["due"]) if item["due"] else None,
            period=item["period"],
            page=item["page"],
            title=item["title"],
        )
        for item in row.open_items
    ]
