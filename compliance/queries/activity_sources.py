"""Figures of an activity report that other parts of the portal keep; None for what is not kept."""

from __future__ import annotations

from compliance.queries.budget import budget_standing
from compliance.queries.duplicates import duplicate_figures
from compliance.queries.topics import neglected_topics
from compliance.queries.visits import visit_figures
from compliance.rules.activity import Budget, Duplicates, MoneyLine, Visits
from compliance.rules.stretches import Stretch
from sitepages.models import Authority


def visits(authority: Authority, days: Stretch) -> Visits | None:
    """Visits of the period and in all; None where they are not known for just these days."""
    found = visit_figures(authority, days.first, days.last)
    if found.partial or not found.in_all or found.as_of is None or found.as_of < days.first:
        return None
    return Visits(found.in_period, found.in_all, found.as_of)


def duplicates(authority: Authority, days: Stretch) -> Duplicates | None:
    """Pairs of near-duplicates of the period, as the board's list has them."""
    found = duplicate_figures(authority, days.first, days.last)
    return Duplicates(found.pairs, found.not_counted, found.later_here)


def neglected(authority: Authority, days: Stretch) -> tuple[str, ...] | None:
    """The names of topics nobody wrote about."""
    return tuple(neglected_topics(authority, days.first, days.last)) or None


def budget(authority: Authority, days: Stretch) -> Budget | None:
    """The year's money by line as spent to the end of the period; None without a budget."""
    standing = budget_standing(authority, days.last.year, days.last)
    if not standing.amount and not standing.spent:
        return None
    lines = tuple(MoneyLine(line.kind, line.name, line.spent) for line in standing.lines if line.spent)
    return Budget(standing.year, standing.amount, lines, sum(line.amount for line in lines))
