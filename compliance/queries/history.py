"""What was found before: one assessment a month, the changes of one duty, the life of its pages."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import Lag

from compliance.models import Assessment, FindingRecord, Observation, ScoreRecord
from sitepages.models import Authority

MONTHS = 12
MOST_CHANGES = 60
MOST_EVENTS = 100

#: What happened to a page, in the order asked.
FIRST_DRAFT, PUBLISHED, AGAIN, REMOVED, FORGOTTEN = "drafted", "published", "again", "removed", "forgotten"
CONFIRMED, ANSWERED, CHANGED, DETAILS = "confirmed", "answered", "changed", "details"


@dataclass(frozen=True)
class PageEvent:
    """One thing that happened to a page, as it was noted."""

    code: str
    observation: Observation


def monthly_assessments(upto: Assessment | None, months: int = MONTHS) -> list[Assessment]:
    """The newest assessment of each of the last months that had one, up to and with `upto`, oldest first."""
    if upto is None:
        return []
    earlier = Assessment.objects.filter(Q(date__lt=upto.date) | Q(date=upto.date, pk__lte=upto.pk))
    found: dict[tuple[int, int], int] = {}
    for pk, day in earlier.values_list("pk", "date").iterator(chunk_size=200):
        if (day.year, day.month) in found:
            continue
        if len(found) == months:
            break
        found[day.year, day.month] = pk
    return sorted(Assessment.objects.filter(pk__in=found.values()), key=lambda each: (each.date, each.pk))


def score_history(
    unit: Authority, assessments: Iterable[Assessment]
) -> list[tuple[Assessment, ScoreRecord | None]]:
    """The unit's score in each of these assessments, None where it had none."""
    every = list(assessments)
    kept = {
        row.assessment_id: row for row in ScoreRecord.objects.filter(authority=unit, assessment__in=every)
    }
    return [(assessment, kept.get(assessment.pk)) for assessment in every]


def duty_history(duty: str, units: QuerySet, assessments: Iterable[Assessment]) -> QuerySet:
    """One duty's findings of these units in these assessments, unit by unit, from old to new."""
    return (
        FindingRecord.objects.filter(duty=duty, authority__in=units, assessment__in=list(assessments))
        .select_related("authority", "assessment")
        .order_by("authority__order", "authority_id", "assessment__date", "assessment_id")
    )


def state_changes(unit: Authority, duty: str) -> list[FindingRecord]:
    """The findings at which one duty's state became another (the first one included), newest first.

    Each carries `before`, the state it came from (None for the first).
    """
    earlier = Window(
        Lag("state"),
        order_by=[F("assessment__date").asc(), F("assessment_id").asc()],
        partition_by=F("authority"),
    )
    rows = FindingRecord.objects.filter(authority=unit, duty=duty).annotate(before=earlier)
    changed = rows.filter(Q(before__isnull=True) | ~Q(before=F("state"))).select_related("assessment")
    return list(changed.order_by("-assessment__date", "-assessment_id")[:MOST_CHANGES])


def page_events(unit: Authority, duty: str) -> list[PageEvent]:
    """What happened to the pages of one duty of one unit, newest first."""

    def before(name: str) -> Window:
        return Window(Lag(name), partition_by=F("page_id"), order_by=[F("at").asc(), F("pk").asc()])

    rows = Observation.objects.filter(authority=unit, duty=duty).annotate(
        old_state=before("state"),
        old_confirmed=before("confirmed"),
        old_answered=before("answered"),
        old_changed=before("changed"),
    )
    return [PageEvent(_event(row), row) for row in rows.order_by("-at", "-pk")[:MOST_EVENTS]]


def _event(row: Observation) -> str:
    old = row.old_state  # type: ignore[attr-defined]
    state = Observation.State
    if row.state != old:
        if row.state == state.PUBLIC:
            return AGAIN if old == state.WITHDRAWN else PUBLISHED
        codes = {state.WITHDRAWN: REMOVED, state.GONE: FORGOTTEN}
        return codes.get(state(row.state), FIRST_DRAFT)
    for name, code in (("confirmed", CONFIRMED), ("answered", ANSWERED), ("changed", CHANGED)):
        if getattr(row, name) != getattr(row, f"old_{name}"):
            return code
    return DETAILS


def first_publication(page_id: int) -> datetime.date | None:
    """The day a page was first public, as it was noted; None while it never was."""
    row = Observation.objects.filter(page_id=page_id, published__isnull=False).order_by("at", "pk").first()
    return row.published if row else None
