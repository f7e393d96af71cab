"""Drafts that wait in a section: what is missing may be written already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from compliance.models import Observation
from compliance.rules.deadlines import week_start


@dataclass(frozen=True)
class Drafts:
    """Pages never published yet, by unit and duty, with the period and the week they are for."""

    by_duty: Mapping[tuple[int, str], list[tuple[int, str, str]]] = field(default_factory=dict)

    def answering(self, unit: int, duty: str, section: str, item: Mapping[str, Any]) -> list[int]:
        """The drafts that may be what an open item asks for: of its week or period, or of none yet."""
        codes = dict.fromkeys((duty, section))
        known = [row for code in codes for row in self.by_duty.get((unit, code), ())]
        week = str(item["params"].get("week", ""))
        if week:
            return [page for page, _period, of in known if of >= week]
        return [page for page, period, _of in known if period in ("", item["period"]) or not item["period"]]


def drafts_of(units: Iterable[int]) -> Drafts:
    """The drafts of these units: one query."""
    rows = Observation.objects.filter(authority__in=list(units), state=Observation.State.DRAFT).newest()
    found: dict[tuple[int, str], list[tuple[int, str, str]]] = defaultdict(list)
    columns = ("authority_id", "duty", "page_id", "period", "week")
    for unit, duty, page, period, week in rows.order_by("pk").values_list(*columns):
        found[unit, duty].append((page, period, week_start(week).isoformat() if week else ""))
    return Drafts(found)
