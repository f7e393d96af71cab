"""Lines of the year's money as the screen shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from compliance.queries.budget import BudgetStanding
from compliance.rules.forecast import Forecast
from compliance.rules.hints import NEAR
from compliance.templatetags.royalty_tags import dong


@dataclass(frozen=True)
class ShownLine:
    """A line with its forecast and the parts of its bar in percent (0-100)."""

    name: str
    given: int | None
    spent: int
    left: int | None
    percent: int | None
    expected: int
    is_total: bool = False

    @property
    def over(self) -> bool:
        return self.left is not None and self.left < 0

    @property
    def bar(self) -> int:
        """How far the bar is filled."""
        return max(0, min(100, self.percent or 0))

    @property
    def coming(self) -> int:
        """How far it will be filled by what is expected."""
        if not self.given:
            return self.bar
        return max(self.bar, min(100, self.expected * 100 // self.given))


def shown_lines(standing: BudgetStanding, forecast: Mapping[str, Forecast]) -> list[ShownLine]:
    """The lines and, last, the year."""
    lines = [
        ShownLine(line.name, line.given, line.spent, line.left, line.percent, forecast[line.kind].total)
        for line in standing.lines
    ]
    year = ShownLine(
        _("The whole year"),
        standing.amount or None,
        standing.spent,
        standing.left if standing.amount else None,
        standing.share if standing.amount else None,
        sum(line.expected for line in lines),
        is_total=True,
    )
    return [*lines, year]


def warnings(standing: BudgetStanding, lines: list[ShownLine]) -> list[str]:
    """What to look at, in words."""
    if not standing.amount:
        return [_("No budget of this year is entered. The accountant enters it under Yearly budgets.")]
    told = []
    for line in lines:
        figures = {"line": line.name, "percent": line.percent, "given": dong(line.given or 0)}
        if line.over:
            told.append(
                _("%(line)s: spent more than given, by %(over)s.")
                % {**figures, "over": dong(-(line.left or 0))}
            )
        elif line.percent is not None and line.percent >= NEAR:
            told.append(_("%(line)s: %(percent)s %% of %(given)s are spent.") % figures)
        elif line.given is not None and line.expected > line.given:
            told.append(
                _("%(line)s: as things go, %(expected)s will be spent by the year's end, over %(given)s.")
                % {**figures, "expected": dong(line.expected)}
            )
        elif line.given is None and line.spent:
            told.append(_("%(line)s: money was spent, but the budget gives this line none.") % figures)
    return told
