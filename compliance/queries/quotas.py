"""What offices owe and what they supplied: quota, count and shortfall by stretch of days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from compliance.models import Quota
from compliance.rules.quotas import Monthly, Span, owed
from compliance.rules.stretches import Stretch
from compliance.rules.tallies import shortfall
from sitepages.models import Authority, Office


@dataclass(frozen=True)
class Owed:
    """What one office owes, stretch by stretch; None where no decision asks for any."""

    office: Office
    quotas: tuple[int | None, ...]

    @property
    def is_asked(self) -> bool:
        """Whether any decision asks the office for articles in these days."""
        return any(quota is not None for quota in self.quotas)

    @property
    def total(self) -> int:
        """Over all stretches: the sum of what they owe, so that the columns add up."""
        return sum(quota or 0 for quota in self.quotas)

    def short(self, counted: int) -> int:
        """How many articles lack over all the days."""
        return shortfall(counted, self.total) if self.is_asked else 0


def quotas_owed(units: Iterable[Authority], columns: Sequence[Stretch]) -> Mapping[int, Owed]:
    """What the units' offices owe, by the office's id: those with a decision of these days; one query."""
    decisions: dict[int, list[Quota]] = defaultdict(list)
    rows = Quota.objects.filter(office__authority__in=[unit.pk for unit in units])
    for row in rows.select_related("office__authority").order_by("valid_from"):
        decisions[row.office_id].append(row)
    found = {}
    for pk, each in decisions.items():
        office = each[0].office
        monthly = [Monthly(row.per_month, Span(row.valid_from, row.valid_to)) for row in each]
        there = Span(office.valid_from, office.valid_to)
        due = Owed(office, tuple(owed(monthly, days, there) for days in columns))
        if due.is_asked:
            found[pk] = due
    return found
