"""Local adjustments laid over the shipped law: added beside it, dated, never in its place.

A local limit is tested together with the law's, so it can only be stricter; only this system's own
conventions (regime LOCAL: how fresh a section must be) give way to a local figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from compliance.rules.calendar import WorkingCalendar
from compliance.rules.states import Verification
from compliance.rules.types import (
    Deadline,
    Freshness,
    LegalBasis,
    Limit,
    Quota,
    Requirement,
    TicketAnswer,
    WithinCalendarDays,
    WithinWorkingDays,
)

LOCAL = "LOCAL"

#: Kinds of adjustment.
WEIGHT, DEADLINE, ANSWER, FRESHNESS, QUOTA = "weight", "deadline", "answer", "freshness", "quota"


@dataclass(frozen=True)
class Adjustment:
    """One local rule for a duty: `kind` as above, `value` in points, days or records a month.

    `unit` is "wd" or "cd" for deadlines; `tier` "" means every tier bound; `valid_to` is the last day.
    """

    kind: str
    duty: str
    value: int
    valid_from: date
    valid_to: date | None = None
    unit: str = "wd"
    record_kind: str = ""
    tier: str = ""
    decision: str = ""
    reason: str = ""


@dataclass(frozen=True)
class OffDay:
    """A day set locally: "holiday", "rest" (off in exchange), "worked", or "year" (its days are known)."""

    day: date
    kind: str
    name: str


def adjusted(requirement: Requirement, adjustments: Iterable[Adjustment]) -> Requirement:
    """The requirement with its local limits added, in the order given."""
    own = [each for each in adjustments if each.duty == requirement.code and each.kind != WEIGHT]
    if not own:
        return requirement
    bound = frozenset(tier for binding in requirement.bindings for tier in binding.tiers)
    limits = tuple(_limit(each, bound) for each in own)
    return replace(requirement, limits=requirement.limits + limits)


def weight_on(requirement: Requirement, adjustments: Iterable[Adjustment], tier: str, day: date) -> int:
    """The weight of a duty for a tier that day: the newest local one in force, else the shipped one."""
    held = [
        each
        for each in adjustments
        if each.kind == WEIGHT and each.duty == requirement.code and each.tier in ("", tier)
        if each.valid_from <= day <= (each.valid_to or date.max)
    ]
    newest = max(held, key=lambda each: (each.valid_from, each.tier != ""), default=None)
    return newest.value if newest else requirement.weight


def with_days(calendar: WorkingCalendar, days: Sequence[OffDay]) -> WorkingCalendar:
    """The calendar with the days this installation added; a worked day is no longer a day off."""
    if not days:
        return calendar
    worked = {each.day for each in days if each.kind == "worked"}
    holidays = _without(calendar.holidays, worked) | {
        each.day: each.name for each in days if each.kind == "holiday"
    }
    rest = _without(calendar.swapped_rest, worked) | {
        each.day: each.name for each in days if each.kind == "rest"
    }
    return WorkingCalendar(
        holidays=MappingProxyType(holidays),
        working_days=calendar.working_days | frozenset(day for day in worked if day.weekday() >= 5),
        swapped_rest=MappingProxyType(rest),
        years=calendar.years | {each.day.year for each in days if each.kind == "year"},
    )


def _without(days: Mapping[date, str], worked: set[date]) -> dict[date, str]:
    return {day: name for day, name in days.items() if day not in worked}


def _limit(each: Adjustment, bound: frozenset[str]) -> Limit:
    return Limit(
        code=f"{each.duty}@{LOCAL}",
        regime=LOCAL,
        kind=each.record_kind,
        trigger="local",
        deadline=_deadline(each),
        tiers=frozenset({each.tier}) if each.tier else bound,
        valid_from=each.valid_from,
        valid_to=each.valid_to,
        bases=(LegalBasis(each.decision, "", Verification.PRIMARY, each.reason),),
        local=True,
    )


def _deadline(each: Adjustment) -> Deadline:
    if each.kind == QUOTA:
        return Quota(each.value)
    if each.kind == FRESHNESS:
        return Freshness(each.value)
    if each.kind == ANSWER:
        return TicketAnswer(each.value, each.unit)
    return WithinWorkingDays(each.value) if each.unit == "wd" else WithinCalendarDays(each.value)
