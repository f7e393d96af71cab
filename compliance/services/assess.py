"""Take an assessment: evidence in, findings out, one transaction."""

from __future__ import annotations

import datetime

from django.db import transaction

from compliance.catalogue.loader import load_calendar, load_catalogue
from compliance.models import Assessment, FindingRecord
from compliance.queries.evidence import evidence_by_duty
from compliance.rules.evaluation import evaluate
from compliance.rules.types import Finding
from sitepages.models import Authority


class FutureDateError(ValueError):
    """An assessment looks at a day that has been; the future has no evidence."""


@transaction.atomic
def take_assessment(on: datetime.date, *, today: datetime.date) -> Assessment:
    """Evaluate every unit in force on the day against every duty, and store what was found.

    An assessment is never rewritten: taking a day again adds a newer one.
    """
    if on > today:
        raise FutureDateError(on.isoformat())
    catalogue, calendar = load_catalogue(), load_calendar()
    units = list(
        Authority.objects.filter(site__isnull=False).in_force(on).select_related("tier", "site__root_page")
    )
    evidence = evidence_by_duty(units)
    assessment = Assessment.objects.create(date=on, catalogue=f"{catalogue.version} {catalogue.digest[:12]}")
    rows = []
    for unit in units:
        for code in catalogue.codes:
            versions = catalogue.versions(code)
            finding = evaluate(versions, evidence.get((unit.pk, code), []), unit.tier.code, on, calendar)
            if finding is not None:
                rows.append(_record(assessment, unit, versions[0].section, finding))
    FindingRecord.objects.bulk_create(rows, batch_size=500)
    return assessment


def _record(assessment: Assessment, unit: Authority, section: str, finding: Finding) -> FindingRecord:
    record = finding.record
    marks = sorted({str(basis.status) for basis in finding.bases})
    params = dict(finding.reason.params)
    if finding.skipped:
        params["skipped"] = ",".join(f"{day.isoformat()}:{why}" for day, why in finding.skipped)
    if finding.unknown_years:
        params["unknown_years"] = ", ".join(map(str, finding.unknown_years))
    return FindingRecord(
        assessment=assessment,
        authority=unit,
        duty=finding.code,
        section=section,
        state=finding.state.value.upper(),
        level=finding.level.value,
        rule=finding.version,
        law="; ".join(
            f"{basis.document}, {basis.article}" if basis.article else basis.document
            for basis in finding.bases
        ),
        verification=", ".join(marks),
        trigger=finding.trigger,
        due=finding.due,
        published=finding.published,
        period=finding.period,
        page_id=record.record_id if record else None,
        page_title=record.title[:500] if record else "",
        page_url=record.url if record else "",
        reason=finding.reason.code,
        params=params,
    )
