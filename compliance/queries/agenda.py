"""A unit's due days: what is open by the latest assessment, and what the coming year will ask for."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from compliance.models import Assessment, FindingRecord
from compliance.queries.outstanding import Outstanding, outstanding
from compliance.queries.rulebook import Rulebook
from compliance.rules.calendar import WorkingCalendar
from compliance.rules.credits import counts
from compliance.rules.expectations import Slot
from compliance.rules.lookup import binding_on
from compliance.rules.states import SETTLED
from compliance.rules.types import Requirement
from compliance.rules.upcoming import upcoming
from sitepages.models import Authority

#: How far the calendar looks.
AHEAD = datetime.timedelta(days=366)

_SETTLED = {state.value.upper() for state in SETTLED}


@dataclass(frozen=True)
class Expected:
    """One publication the calendar will ask for."""

    duty: str
    slot: Slot

    @property
    def due(self) -> datetime.date:
        """Its last day."""
        return self.slot.term.due


@dataclass(frozen=True)
class Agenda:
    """Everything with a day: open things first, then what is expected; as of one assessment."""

    authority: Authority
    assessment: Assessment
    open: tuple[Outstanding, ...]
    expected: tuple[Expected, ...]


def agenda_of(
    authority: Authority, assessment: Assessment, today: datetime.date, rulebook: Rulebook
) -> Agenda:
    """The due days of one unit, and of no other."""
    dated = [each for each in outstanding(assessment, [authority.pk]).get(authority.pk, ()) if each.due]
    findings = {row.duty: row for row in assessment.findings.filter(authority=authority)}
    known = {(each.duty, each.period) for each in dated if each.period}
    return Agenda(
        authority,
        assessment,
        tuple(sorted(dated, key=lambda each: (each.due or today, each.duty, each.item))),
        tuple(_expected(authority, today, rulebook, findings, known)),
    )


def _expected(
    authority: Authority,
    today: datetime.date,
    rulebook: Rulebook,
    findings: dict[str, FindingRecord],
    known: set[tuple[str, str]],
) -> Iterator[Expected]:
    tier, calendar = authority.tier.code, rulebook.calendar
    until = min(today + AHEAD, authority.valid_to or datetime.date.max)
    for requirement in rulebook.requirements():
        finding = findings.get(requirement.code)
        for slot in _binding(requirement, tier, today, until, calendar):
            settled = finding is not None and _covers(finding, slot)
            if not settled and (requirement.code, slot.period) not in known:
                yield Expected(requirement.code, slot)


def _binding(
    requirement: Requirement, tier: str, today: datetime.date, until: datetime.date, calendar: WorkingCalendar
) -> Iterator[Slot]:
    for slot in upcoming(requirement, tier, today, until, calendar):
        binding = binding_on(requirement, tier, slot.term.trigger)
        if binding is not None and counts(binding.level, binding.channel):
            yield slot


def _covers(finding: FindingRecord, slot: Slot) -> bool:
    """Whether the slot is done with: published, declared empty, or excused for its day."""
    if finding.state == FindingRecord.State.WAIVED:
        until = finding.params.get("until")
        return not until or slot.term.due.isoformat() <= str(until)
    return finding.state in _SETTLED and finding.period == slot.period
