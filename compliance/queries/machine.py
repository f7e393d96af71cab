"""What the machine would mark in a review: by the assessment, or by the probe where a portal is elsewhere."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from compliance.models import Assessment, FindingRecord, ProbeFinding, Review
from compliance.queries import sections as adapter
from compliance.queries.probe import days_of_latest_runs, findings_of_latest_runs
from compliance.rules.credits import counts
from compliance.rules.months import Month
from compliance.rules.review import state_of_finding, state_of_probe, worst
from compliance.rules.states import Channel, Level

#: The longest address a mark can keep.
LONGEST_EVIDENCE = 1000

#: What belongs to the counting of a day, not to the reason of a mark.
_COUNTED = ("skipped", "unknown_years", "term")

Marks = Mapping[tuple[int, str], "MachineMark"]


@dataclass(frozen=True)
class MachineMark:
    """What the machine found for one section of one unit; ``snapshot`` is a hash of the page seen.

    ``basis`` is kept with the mark, so that it can be checked: ``by`` (assessment or probe), ``date`` of it,
    ``url`` of the page, ``mandatory`` whether the law demands it on the portal; of a finding its state, its
    reason and what the sentence needs, of a probe the day of the ``newest`` item.
    """

    state: str
    evidence_url: str = ""
    snapshot: str = ""
    basis: Mapping[str, Any] = field(default_factory=dict)


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
        findings = list(
            found.defer("law", "open_items", "counts").select_related("assessment").order_by("pk")
        )
    elsewhere = units - {finding.authority_id for finding in findings}
    return MachineFindings(
        until=until,
        assessment=assessment,
        assessed=_assessed(findings, codes),
        probed=_probed(elsewhere, codes, until),
        probes=days_of_latest_runs(elsewhere, until),
    )


def _assessed(findings: Iterable[FindingRecord], codes: set[str]) -> Marks:
    found: dict[tuple[int, str], list[tuple[str, FindingRecord]]] = {}
    for finding in findings:
        section = finding.duty if finding.duty in codes else finding.section
        state = state_of_finding(
            finding.state,
            late=finding.is_late,
            has_page=finding.page_id is not None,
            has_public=finding.has_public,
            counts=_is_mandatory(finding),
        )
        if section in codes and state:
            found.setdefault((finding.authority_id, section), []).append((state, finding))
    return {cell: _worst_mark(rows) for cell, rows in found.items()}


def _worst_mark(rows: list[tuple[str, FindingRecord]]) -> MachineMark:
    """The mark of a section from its findings: the worst state, told by the first finding that is so."""
    mark = worst(state for state, _finding in rows)
    telling = next(finding for state, finding in rows if state == mark)
    pages = [each.page_url for each in (telling, *(finding for _state, finding in rows)) if each.page_url]
    page = next((each for each in pages if len(each) <= LONGEST_EVIDENCE), "")
    basis = {
        "by": "assessment",
        "date": telling.assessment.date.isoformat(),
        "url": page,
        "mandatory": _is_mandatory(telling),
        "state": telling.state,
        "reason": telling.reason,
        "params": {name: value for name, value in telling.params.items() if name not in _COUNTED},
        "lacking": telling.lacking,
        "duty": telling.duty,
    }
    return MachineMark(mark, page, basis=basis)


def _probed(units: set[int], codes: set[str], until: datetime.date) -> Marks:
    marks = {}
    for finding in findings_of_latest_runs(units, until):
        unit = finding.run.target.authority
        due = adapter.is_mandatory(finding.section, unit.tier.code, finding.run.date)
        state = state_of_probe(finding.state, counts=due)
        if finding.section in codes and state:
            address = finding.page_url if len(finding.page_url) <= LONGEST_EVIDENCE else ""
            marks[unit.pk, finding.section] = MachineMark(
                state, address, finding.snapshot, _probe_basis(finding, address, due)
            )
    return marks


def _probe_basis(finding: ProbeFinding, address: str, mandatory: bool) -> dict[str, Any]:
    newest = finding.newest_date.isoformat() if finding.newest_date else ""
    day = finding.run.date.isoformat()
    return {"by": "probe", "date": day, "url": address, "mandatory": mandatory, "newest": newest}


def _is_mandatory(finding: FindingRecord) -> bool:
    """Whether the law makes the duty mandatory on the portal."""
    return counts(Level(finding.level), Channel(finding.channel or Channel.PORTAL))
