"""Which local rules make sense for a duty, and from which day one may begin without rewriting the past."""

from __future__ import annotations

from datetime import date

from compliance.rules.deadlines import OF_A_RECORD
from compliance.rules.items import OF_THE_SECTION
from compliance.rules.local import ANSWER, DEADLINE, FRESHNESS, QUOTA, WEIGHT
from compliance.rules.types import Requirement, TicketAnswer, WeeklyAhead

#: The highest weight a duty may be given, in points.
HEAVIEST = 100


def kinds_that_fit(requirement: Requirement) -> tuple[str, ...]:
    """The kinds of local rule that would change how the duty is judged.

    A week's schedule knows only its week; only what is asked is answered; what the section states as a whole
    is not counted by the month, and has a day to count from only where the law gives it one.
    """
    deadlines = [limit.deadline for limit in requirement.limits]
    if any(isinstance(each, WeeklyAhead) for each in deadlines):
        return (WEIGHT,)
    if is_answered(requirement):
        return WEIGHT, ANSWER, FRESHNESS
    if requirement.evidence not in OF_THE_SECTION:
        return WEIGHT, DEADLINE, FRESHNESS, QUOTA
    if any(isinstance(each, OF_A_RECORD) for each in deadlines):
        return WEIGHT, DEADLINE, FRESHNESS
    return WEIGHT, FRESHNESS


def is_answered(requirement: Requirement) -> bool:
    """Whether the duty's records are questions that wait for an answer."""
    return requirement.evidence == "ticket" or any(
        isinstance(limit.deadline, TicketAnswer) for limit in requirement.limits
    )


def record_kinds(requirement: Requirement) -> tuple[str, ...]:
    """Every kind of record the duty's limits tell apart."""
    return tuple(dict.fromkeys(limit.kind for limit in requirement.limits if limit.kind))


def tiers_bound(requirement: Requirement) -> frozenset[str]:
    """Every tier the duty ever binds."""
    return frozenset(tier for binding in requirement.bindings for tier in binding.tiers)


def earliest_start(today: date) -> date:
    """The first day a new local rule or calendar day may lie on: the running month is still open."""
    return today.replace(day=1)
