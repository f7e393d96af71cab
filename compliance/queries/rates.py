"""What a coefficient is worth and how high it may be, on a day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from compliance.catalogue.loader import load_royalties
from compliance.models import BaseSalary, RoyaltyRate
from compliance.rules import royalties
from sitepages.models import Authority


@dataclass(frozen=True)
class Terms:
    """Unit value in đồng, the highest coefficient (None: no cap in force), and the rule both come from."""

    unit_value: int
    cap: Decimal | None
    rule: str


class NoTermsError(LookupError):
    """No base salary is known for the day."""


def royalty_terms(authority: Authority, genre: str, on: datetime.date) -> Terms:
    """Terms for an article of this genre published on this day.

    The stricter of the national cap and the body's own (or its parent's) rate binds. NoTermsError without a
    base salary for the day.
    """
    salary = BaseSalary.objects.filter(valid_from__lte=on).order_by("-valid_from").first()
    if salary is None:
        raise NoTermsError(on.isoformat())
    regime = load_royalties().regime(on)
    caps: list[Decimal] = []
    names: list[str] = []
    rate = _rate(authority, genre, on)
    if rate is not None:
        caps.append(rate.max_coefficient)
        names.append(rate.decision_number)
    share = royalties.UNIT_SHARE
    if regime is not None:
        share = regime.unit_share
        names.append(regime.name)
        national = regime.caps.get(genre) if regime.caps else None
        if national is not None:
            caps.append(national)
    names.append(salary.decree)
    return Terms(royalties.unit_value(salary.amount, share), min(caps, default=None), "; ".join(names))


def _rate(authority: Authority, genre: str, on: datetime.date) -> RoyaltyRate | None:
    for body in (authority, authority.parent):
        if body is not None:
            rate = RoyaltyRate.objects.filter(authority=body, genre=genre).in_force(on).first()
            if rate is not None:
                return rate
    return None
