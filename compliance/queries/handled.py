"""What people did after an assessment: it counts at the next one, and asks for nothing until then."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from compliance.models import Assessment, Declaration, Observation, Waiver
from compliance.rules import types as rules
from compliance.rules.deadlines import week_start
from compliance.rules.slots import covers
from compliance.rules.states import AGEING, OF_A_PERIOD

Key = tuple[int, str]


@dataclass(frozen=True)
class Published:
    """A page seen public after the assessment, and the period or week it is for."""

    page: int
    period: str
    week: datetime.date | None
    filled: frozenset[str] | None


@dataclass(frozen=True)
class Handled:
    """By unit and duty: pages published, changed or confirmed since, declarations, excuses."""

    published: Mapping[Key, list[Published]] = field(default_factory=dict)
    declared: Mapping[Key, list[rules.Declaration]] = field(default_factory=dict)
    excused: frozenset[Key] = frozenset()

    def covers(self, unit: int, duty: str, item: Mapping[str, Any]) -> bool:
        """Whether somebody acted on an open item; whether it is enough, the next assessment says."""
        key, reason = (unit, duty), str(item["reason"])
        if key in self.excused:
            return True
        week = str(item["params"].get("week", ""))
        if any(_is_declared(each, item, week) for each in self.declared.get(key, ())):
            return True
        seen = self.published.get(key, [])
        if week:  # a later week settles it as well
            return any(each.week and week_start(each.week).isoformat() >= week for each in seen)
        lacking = item["lacking"]
        seen = [each for each in seen if each.filled is None or each.filled.issuperset(lacking)]
        if item["page"] and reason not in AGEING:
            return any(each.page == item["page"] for each in seen)
        return any(each.period == item["period"] or not item["period"] for each in seen)


def handled_since(assessment: Assessment, units: Iterable[int], today: datetime.date) -> Handled:
    """What was done for these units after the assessment was taken, and still stands: three queries."""
    own = list(units)
    known = Q(trigger=None) | Q(trigger__lte=today) | Q(week__isnull=False)
    published: dict[Key, list[Published]] = defaultdict(list)
    rows = Observation.objects.filter(
        known, authority__in=own, recorded_at__gt=assessment.taken_at, state=Observation.State.PUBLIC
    ).newest()
    for unit, duty, page, period, week, filled in rows.values_list(
        "authority_id", "duty", "page_id", "period", "week", "filled"
    ).iterator():
        stated = None if filled is None else frozenset(filled)
        published[unit, duty].append(Published(page, period, week, stated))
    since = {"authority__in": own, "recorded_at__gt": assessment.taken_at, "withdrawn_at": None}
    declared: dict[Key, list[rules.Declaration]] = defaultdict(list)
    for word in Declaration.objects.filter(**since):
        declared[word.authority_id, word.duty].append(rules.Declaration(word.first, word.last))
    runs = Q(valid_from__lte=today) & (Q(valid_until=None) | Q(valid_until__gte=today))
    excused = Waiver.objects.filter(runs, **since).values_list("authority_id", "duty")
    return Handled(published, declared, frozenset(excused))


def _is_declared(word: rules.Declaration, item: Mapping[str, Any], week: str) -> bool:
    """Whether a declaration speaks of the very week or period owed, or of a section as a whole."""
    if week:
        return word.first.isoformat() <= week <= word.last.isoformat()
    if str(item["reason"]).startswith(OF_A_PERIOD):
        return covers(word, item["period"])
    return item["page"] is None or item["reason"] in AGEING
