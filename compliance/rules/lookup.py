"""What holds for a tier on a day: the binding that counts, the limits in force, the terms of one record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from compliance.rules.calendar import Counted, WorkingCalendar
from compliance.rules.deadlines import OF_A_RECORD, due_date, month_end, period_end, period_token
from compliance.rules.types import (
    Binding,
    Channel,
    Deadline,
    LegalBasis,
    Level,
    Limit,
    Monthly,
    OnChange,
    PeriodEnd,
    Quota,
    RequiredFields,
    Requirement,
    WeeklyAhead,
)

Kind = TypeVar("Kind")
Dated = TypeVar("Dated", Binding, Limit)

_STRENGTH = {Level.MANDATORY: 0, Level.ENCOURAGED: 1}
_CHANNEL = {Channel.PORTAL: 0, Channel.ANY_FORM: 1, Channel.EGP: 2}


@dataclass(frozen=True)
class Term:
    """One limit applied to one triggering day."""

    limit: Limit
    trigger: date
    counted: Counted

    @property
    def due(self) -> date:
        """The last day to comply."""
        return self.counted.due


def binding_on(requirement: Requirement, tier: str, day: date) -> Binding | None:
    """The strongest binding of the tier that day (mandatory first, the portal first, the oldest first)."""
    held = bindings_on(requirement, tier, day)
    return min(held, key=lambda each: (_STRENGTH[each.level], _CHANNEL[each.channel]), default=None)


def bindings_on(requirement: Requirement, tier: str, day: date) -> list[Binding]:
    """Every binding of the tier that day, in the order of the catalogue."""
    return [each for each in requirement.bindings if holds(each, tier, day)]


def limits_on(requirement: Requirement, tier: str, day: date, kind: type[Kind]) -> list[tuple[Limit, Kind]]:
    """The limits of one sort of deadline in force for the tier that day, with that deadline."""
    return [
        (each, each.deadline)
        for each in requirement.limits
        if isinstance(each.deadline, kind) and each.channel is Channel.PORTAL and holds(each, tier, day)
    ]


def holds(row: Binding | Limit, tier: str, day: date) -> bool:
    """Whether a binding or limit is in force for the tier that day."""
    return tier in row.tiers and row.valid_from <= day <= (row.valid_to or date.max)


def kinds_on(requirement: Requirement, tier: str, day: date) -> list[str]:
    """The kinds of record that have a term of their own that day."""
    pool = _record_limits(requirement, tier, day)
    return list(dict.fromkeys(limit.kind for limit in pool))


def record_terms(
    requirement: Requirement, tier: str, kind: str, trigger: date, calendar: WorkingCalendar
) -> list[Term]:
    """Every limit that binds a record of the kind triggered that day, the strictest first.

    An empty or unknown kind is the body's own record: "own", else "", else the first kind named. A residual
    limit binds only where nothing else gives a number of days; so does "at once", which gives none.
    """
    pool = _record_limits(requirement, tier, trigger)
    wanted = _kind(requirement, kind, trigger, [limit.kind for limit in pool])
    bound = [limit for limit in pool if limit.kind in (wanted, "")]
    numbered = [limit for limit in bound if not isinstance(limit.deadline, OnChange)]
    local = [limit for limit in numbered if limit.local]  # beside the law's, never in its place
    special = [limit for limit in numbered if not limit.residual and not limit.local]
    default = [limit for limit in numbered if limit.residual]
    chosen = [*(special or default), *local] or bound
    return _strictest([Term(limit, trigger, due_date(limit.deadline, trigger, calendar)) for limit in chosen])


def due_terms(
    requirement: Requirement, kind: str, trigger: date, tier: str, calendar: WorkingCalendar
) -> list[Term]:
    """As record_terms; for duties without a term of a record, the terms of the period the day lies in."""
    kinds = kinds_on(requirement, tier, trigger)
    if kind not in kinds:
        of_kind = _period_terms(requirement, tier, trigger, calendar, kind) if kind else []
        if of_kind or (kind and kind in {limit.kind for limit in requirement.limits}):
            return of_kind
        if not {"own", ""} & set(kinds):
            periodic = _period_terms(requirement, tier, trigger, calendar)
            if periodic:
                return periodic
    return record_terms(requirement, tier, kind, trigger, calendar)


def required_fields(requirement: Requirement, tier: str, kind: str, day: date) -> tuple[str, ...]:
    """The fields a record of the kind must state under what holds that day, in the order of the catalogue."""
    found = limits_on(requirement, tier, day, RequiredFields)
    names = [name for limit, wanted in found if limit.kind in ("", kind) for name in wanted.fields]
    return tuple(dict.fromkeys(names))


def legal_bases(bindings: Iterable[Binding], *limits: Limit) -> tuple[LegalBasis, ...]:
    """The provisions behind bindings and limits, each once, the limits' first."""
    rows: list[Binding | Limit] = [*limits, *bindings]
    every = [basis for row in rows for basis in row.bases]
    return tuple({(each.document, each.article): each for each in reversed(every)}.values())[::-1]


def first_day(requirement: Requirement) -> date:
    """The first day anybody was bound."""
    return min(each.valid_from for each in requirement.bindings)


def is_of_period(requirement: Requirement, tier: str, period: str) -> bool:
    """Whether a record's period is one that is owed as a period, so that its own term does not count."""
    if not period_token(period):
        return False
    end = period_end(period)
    return any(
        period_token(period) in deadline.periods
        for _limit, deadline in limits_on(requirement, tier, end, PeriodEnd)
    )


def _record_limits(requirement: Requirement, tier: str, day: date) -> list[Limit]:
    return [
        each
        for each in requirement.limits
        if isinstance(each.deadline, OF_A_RECORD)
        and each.channel is Channel.PORTAL
        and holds(each, tier, day)
    ]


def _kind(requirement: Requirement, wanted: str, day: date, known: list[str]) -> str:
    """The kind a record is judged as: its own, where the law ever named it; else the body's own record.

    The first kind in force stands for it only where the law never spoke of an own record.
    """
    ever = {
        limit.kind
        for limit in requirement.limits
        if isinstance(limit.deadline, OF_A_RECORD) and limit.valid_from <= day
    }
    if wanted in ever and wanted:
        return wanted
    if "own" in known or wanted == "own":
        return "own"
    return "" if {"own", ""} & ever or not known else known[0]


def _period_terms(
    requirement: Requirement, tier: str, day: date, calendar: WorkingCalendar, kind: str = ""
) -> list[Term]:
    """The terms of the week, month or period of the year a day lies in."""
    found = []
    for limit in requirement.limits:
        if limit.channel is not Channel.PORTAL or not holds(limit, tier, day):
            continue
        if kind and limit.kind != kind:
            continue
        trigger = _trigger(limit.deadline, day)
        if trigger is not None:
            found.append(Term(limit, trigger, due_date(limit.deadline, trigger, calendar)))
    return _strictest(found)


def _trigger(deadline: Deadline, day: date) -> date | None:
    if isinstance(deadline, PeriodEnd):
        ends = [period_end(f"{day.year:04d}-{token}") for token in deadline.periods]
        return min((end for end in ends if end >= day), default=max(ends))
    if isinstance(deadline, WeeklyAhead):
        return day
    if isinstance(deadline, Monthly | Quota):
        return month_end(day)
    return None


def _strictest(terms: list[Term]) -> list[Term]:
    return sorted(terms, key=lambda term: (term.due, term.limit.residual))
