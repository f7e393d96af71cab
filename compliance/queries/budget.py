"""The year's royalty money: given, spent, left. Whole đồng."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Sum

from compliance.models import PayPeriod, RoyaltyBudget
from sitepages.models import Authority


@dataclass(frozen=True)
class BudgetStanding:
    """One year of one authority."""

    year: int
    amount: int
    royalties: int
    other: int

    @property
    def spent(self) -> int:
        return self.royalties + self.other

    @property
    def left(self) -> int:
        """Negative when more was spent than given."""
        return self.amount - self.spent

    @property
    def share(self) -> int:
        """Percent spent, rounded down; 0 without a budget."""
        return self.spent * 100 // self.amount if self.amount else 0


def budget_standing(authority: Authority, year: int) -> BudgetStanding:
    """What closed periods of the year have spent of its budget."""
    budget = RoyaltyBudget.objects.filter(authority=authority, year=year).first()
    closed = PayPeriod.objects.closed().filter(authority=authority, first_day__year=year)
    royalties = closed.aggregate(total=Sum("total"))["total"] or 0
    return BudgetStanding(
        year, budget.amount if budget else 0, royalties, budget.other_spending if budget else 0
    )
