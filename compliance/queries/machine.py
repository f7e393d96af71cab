"""What the machine would mark in a review: by the assessment, or by the probe where a portal is elsewhere."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from compliance.models import Assessment, FindingRecord, Review
from compliance.queries import sections as adapter
from compliance.queries.probe import days_of_latest_runs, findings_of_latest_runs
from compliance.rules.credits import counts
from compliance.rules.months import Month
from compliance.rules.review import state_of_finding, state_of_probe, worst
from compliance.rules.states import Channel, Level

#: The longest address a mark can keep.
LONGEST_EVIDENCE = 1000

Marks = Mapping[tuple[int, str], "MachineMark"]


@dataclass(frozen=True)
class MachineMark:
    """What the machine found for one section of one unit; ``snapshot`` is a hash of the page seen."""

    state: str
    evidence_url: str = ""
    snapshot: str = ""


@dataclass(frozen=True)
class MachineFindings:
    """The marks by (authority id, section code), and where they come from.

    ``probes`` has the day of the probe used, by the code of the unit.
    """

    until: datetime.date
    assessment: Assessment | None
    assessed: Marks
    probed: Marks
    probes: Mapping[str, datetime.date]

    @property
    def has_source(self) -> bool:
        """Whether anything was looked at by the end of the period."""
        return self.assessment is not None or bool(self.probes)

    @property
    def marks(self) -> Marks:
        return {**self.probed, **self.assessed}


def machine_findings(review: Review) -> MachineFindings:
    """By the newest assessment up to the period's end; units it says nothing of by their newest probe."""
    until = Month.of(review.last_month).last
    codes = {each.code for each in adapter.all_sections()}
    units = set(review.units.values_list("authority_id", flat=True))
    assessment = Assessment.objects.filter(date__lte=until).first()
    findings: list[FindingRecord] = []
    if assessment is not None:
        found = FindingRecord.objects.filter(assessment=assessment, authority_id__in=units)
        findings = list(found.defer("law", "params", "lacking", "open_items", "counts").order_by("pk"))
    elsewhere = units - {finding.authority_id for finding in findings}
    return MachineFindings(
        until=until,
        assessment=assessment,
        assessed=_assessed(findings, codes),
        probed=_probed(elsewhere, codes, until),
        probes=days_of_latest_runs(elsewhere, until),
    )


def _assessed(findings: Iterable[FindingRecord], codes: set[str]) -> Marks:
    states: dict[tuple[int, str], list[str]] = {}
    pages: dict[tuple[int, str], str] = {}
    for finding in findings:
        section = finding.duty if finding.duty in codes else finding.section
        state = state_of_finding(
            finding.state,
            late=finding.is_late,
            has_page=finding.page_id is not None,
            has_public=finding.has_public,
            counts=counts(Level(finding.level), Channel(finding.channel or Channel.PORTAL)),
        )
        if section in codes and state:
            cell = (finding.authority_id, section)
            states.setdefault(cell, []).append(state)
            if finding.page_url and len(finding.page_url) <= LONGEST_EVIDENCE:
                pages.setdefault(cell, finding.page_url)
    return {cell: MachineMark(worst(found), pages.get(cell, "")) for cell, found in states.items()}


def _probed(units: set[int], codes: set[str], until: datetime.date) -> Marks:
    marks = {}
    for finding in findings_of_latest_runs(units, until):
        unit = finding.run.target.authority
        due = adapter.is_mandatory(finding.section, unit.tier.code, finding.run.date)
        state = state_of_probe(finding.state, counts=due)
        if finding.section in codes and state:
            address = finding.page_url if len(finding.page_url) <= LONGEST_EVIDENCE else ""
            marks[unit.pk, finding.section] = MachineMark(state, address, finding.snapshot)
    return marks
