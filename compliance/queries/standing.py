"""The latest assessment, for every screen: no screen evaluates by itself, so all of them agree."""

from __future__ import annotations

from django.db.models import QuerySet

from compliance.models import Assessment, FindingRecord

#: What an editor has to act on.
PRESSING = (
    FindingRecord.State.MISSING,
    FindingRecord.State.OVERDUE,
    FindingRecord.State.INCOMPLETE,
    FindingRecord.State.DUE_SOON,
)

_RANK: dict[str, int] = {
    FindingRecord.State.OVERDUE: 0,
    FindingRecord.State.DUE_SOON: 1,
    FindingRecord.State.INCOMPLETE: 2,
    FindingRecord.State.MISSING: 3,
}


def latest_assessment() -> Assessment | None:
    """The newest day's newest assessment."""
    return Assessment.objects.first()


def latest_findings(authorities: QuerySet) -> QuerySet:
    """Findings of the latest assessment for these authorities."""
    assessment = latest_assessment()
    if assessment is None:
        return FindingRecord.objects.none()
    return (
        FindingRecord.objects.filter(assessment=assessment, authority__in=authorities)
        .select_related("authority", "assessment")
        .order_by("authority__order", "pk")
    )


def pressing_findings(authorities: QuerySet) -> list[FindingRecord]:
    """Overdue, soon due, incomplete, missing findings in this order: what can be mended first."""
    found = latest_findings(authorities).filter(state__in=PRESSING)
    return sorted(found, key=_urgency)


def _urgency(finding: FindingRecord) -> tuple[int, str, int]:
    return _RANK[finding.state], finding.due.isoformat() if finding.due else "", finding.pk
