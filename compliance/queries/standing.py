"""The latest assessment, for every screen: no screen evaluates by itself, so all of them agree."""

from __future__ import annotations

from django.db.models import QuerySet

from compliance.models import Assessment, FindingRecord


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
