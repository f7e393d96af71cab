"""What the board and secretariat are granted for a month, and how that stands to the legal ceiling."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from compliance.catalogue.loader import load_royalties
from compliance.models import PayPeriod, RemunerationTerm
from compliance.rules.owing import Ceiling
from compliance.rules.royalties import gross
from sitepages.models import Authority


@dataclass(frozen=True)
class Grant:
    """One term's remuneration of a month, in whole đồng; ``base`` are the royalties it is a share of."""

    term: RemunerationTerm
    base: int | None
    amount: int


@dataclass(frozen=True)
class Standing:
    """Remuneration against royalties, from the beginning of the year to a period's end."""

    royalties: int
    remuneration: int
    ceiling: Ceiling | None

    @property
    def is_over(self) -> bool:
        """Whether the legal share is exceeded."""
        return self.ceiling is not None and not self.ceiling.allows(self.remuneration, self.royalties)

    @property
    def percent(self) -> int | None:
        """The ceiling in percent."""
        return int(self.ceiling.share * 100) if self.ceiling else None


def grants(authority: Authority, last_day: datetime.date, royalties: int) -> list[Grant]:
    """The terms in force on the month's last day, with what each is worth given the month's royalties."""
    terms = (
        RemunerationTerm.objects.filter(authority=authority)
        .in_force(last_day)
        .select_related("contributor")
        .order_by("contributor__name", "pk")
    )
    found = []
    for term in terms:
        if term.percent is None:
            found.append(Grant(term, None, term.monthly_amount))
        else:
            base = max(royalties, 0)
            found.append(Grant(term, base, gross(term.percent / Decimal(100), base)))
    return found


def remuneration_standing(period: PayPeriod) -> Standing:
    """The year so far: closed periods before this one, and this one as it is."""
    sums = (
        PayPeriod.objects.closed()
        .filter(
            authority=period.authority,
            first_day__year=period.first_day.year,
            first_day__lt=period.first_day,
        )
        .aggregate(royalties=Sum("royalties"), remuneration=Sum("remuneration"))
    )
    own = period.entries.aggregate(total=Sum("amount"))["total"] or 0
    extra = period.remuneration_entries.aggregate(total=Sum("amount"))["total"] or 0
    return Standing(
        (sums["royalties"] or 0) + own,
        (sums["remuneration"] or 0) + extra,
        load_royalties().ceiling("remuneration", period.last_day),
    )
