"""What the desk shows: open findings, failing counts and scores of the latest assessment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from fractions import Fraction

from django.db.models import Count, QuerySet

from compliance.models import Assessment, FindingRecord, ScoreRecord
from compliance.rules.scoring import ranks
from compliance.rules.states import FAILING, SETTLED
from sitepages.models import Authority

FAILING_STATES = tuple(sorted(state.value.upper() for state in FAILING))
SETTLED_STATES = tuple(sorted(state.value.upper() for state in SETTLED))

#: Duties that must have been due before a unit is compared with others.
MINIMUM_SAMPLE = 5


def open_findings(assessment: Assessment, units: Iterable[Authority]) -> QuerySet:
    """Findings with something still to do."""
    return (
        FindingRecord.objects.filter(assessment=assessment, authority__in=[unit.pk for unit in units])
        .exclude(state__in=SETTLED_STATES)
        .select_related("authority")
        .order_by("authority__order", "pk")
    )


def state_counts(assessment: Assessment, units: QuerySet) -> dict[int, Counter[str]]:
    """How many findings each unit has in each state."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    rows = FindingRecord.objects.filter(assessment=assessment, authority__in=units)
    for unit, state, number in rows.order_by().values_list("authority", "state").annotate(n=Count("pk")):
        found[unit][state] = number
    return found


def scores_of(assessment: Assessment, units: QuerySet) -> dict[int, ScoreRecord]:
    """The units' scores in an assessment, by unit."""
    rows = ScoreRecord.objects.filter(assessment=assessment, authority__in=units)
    return {row.authority_id: row for row in rows}


def rank_among_peers(assessment: Assessment, unit: Authority) -> tuple[int | None, int]:
    """The unit's place among those of its tier, and how many were ranked; None: too few duties were due."""
    rows = ScoreRecord.objects.filter(assessment=assessment, authority__tier=unit.tier_id)
    percents: dict[str, Fraction | None] = {}
    sample: dict[str, int] = {}
    for code, points, possible, duties in rows.values_list("authority__code", "points", "possible", "duties"):
        percents[code] = Fraction(points) * 100 / possible if possible else None
        sample[code] = duties
    places = ranks(percents, sample, MINIMUM_SAMPLE)
    return places.get(unit.code), len(places)
