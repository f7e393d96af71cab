"""Figures of an activity report that other parts of the portal keep; None for what is not kept."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from compliance.queries.budget import budget_standing
from compliance.queries.tallies import counted
from compliance.rules.activity import Budget, Duplicates, MoneyLine, Visits
from compliance.rules.stretches import Stretch
from compliance.rules.tallies import By
from sitepages.models import Authority

ROYALTIES, OTHER = "royalties", "stationery"


def visits(authority: Authority, days: Stretch) -> Visits | None:
    """Visits of the period and in all."""
    asked = _function("visits", "visit_figures")
    found = asked(authority, days.first, days.last) if asked else None
    return Visits(found.in_period, found.in_all, found.as_of) if found else None


def duplicates(authority: Authority, days: Stretch) -> Duplicates | None:
    """Pairs of near-duplicates of the period."""
    asked = _function("duplicates", "duplicate_figures")
    found = asked(authority, days.first, days.last) if asked else None
    return Duplicates(int(found.pairs), int(found.not_counted)) if found else None


def neglected(authority: Authority, days: Stretch) -> tuple[str, ...] | None:
    """The names of topics nobody wrote about; None where articles carry no topics at all."""
    asked = _function("topics", "neglected_topics")
    if asked:
        return tuple(getattr(each, "name", str(each)) for each in asked(authority, days.first, days.last))
    table = counted([authority], By.TOPIC, [days])
    return tuple(row.name for row in table.without) or None


def budget(authority: Authority, days: Stretch) -> Budget | None:
    """The year's money by line; None without a budget."""
    standing = budget_standing(authority, days.last.year)
    if not standing.amount and not standing.spent:
        return None
    lines = tuple(_lines(standing))
    return Budget(standing.year, standing.amount, lines, sum(line.amount for line in lines))


def _lines(standing: Any) -> list[MoneyLine]:
    given = getattr(standing, "lines", None)
    if given:
        return [MoneyLine(each.code, str(getattr(each, "name", "")), each.spent) for each in given]
    rows = [MoneyLine(ROYALTIES, "", standing.royalties), MoneyLine(OTHER, "", standing.other)]
    return [row for row in rows if row.amount]


def _function(module: str, name: str) -> Any:
    """A function of a query module that an installation may lack."""
    try:
        return getattr(import_module(f"compliance.queries.{module}"), name, None)
    except ModuleNotFoundError as error:
        if error.name != f"compliance.queries.{module}":
            raise
        return None
