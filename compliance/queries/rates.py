"""What a coefficient is worth and how high it may be, on a day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings

from compliance.catalogue.loader import load_royalties
from compliance.models import BaseSalary, RoyaltyRate
from compliance.rules import royalties, tax
from sitepages.models import Authority


@dataclass(frozen=True)
class Terms:
    """Unit value in đồng, the highest coefficient (None: no cap in force), and the rule both come from."""

    unit_value: int
    cap: Decimal | None
    rule: str


class NoTermsError(LookupError):
    """No base salary, or no rule of taxation, is known for the day."""


class OverCapError(ValueError):
    """The coefficient exceeds the highest allowed; ``cap`` is that, ``rule`` what sets it."""

    def __init__(self, cap: Decimal, rule: str) -> None:
        super().__init__(f"over {cap}")
        self.cap, self.rule = cap, rule


@dataclass(frozen=True)
class Quote:
    """What an article earns, in đồng: before tax, withheld, and the rest, with the rules of both."""

    gross: int
    tax: int
    unit_value: int
    rule: str

    @property
    def net(self) -> int:
        """What is paid out."""
        return self.gross - self.tax

    def as_dict(self) -> dict[str, Any]:
        """The figures by name."""
        figures = {"gross": self.gross, "tax": self.tax, "net": self.net, "unit_value": self.unit_value}
        return {**figures, "rule": self.rule}


def quote(
    authority: Authority, genre: str, coefficient: Decimal, published: datetime.date, paid: datetime.date
) -> Quote:
    """An article's royalty taxed as one payment; NoTermsError, OverCapError."""
    terms = royalty_terms(authority, genre, published)
    if terms.cap is not None and coefficient > terms.cap:
        raise OverCapError(terms.cap, terms.rule)
    rule = load_royalties().withholding(paid, tax_class())
    if rule is None:
        raise NoTermsError(paid.isoformat())
    amount = royalties.gross(coefficient, terms.unit_value)
    taxed = tax.withheld(amount, rule)
    return Quote(amount, taxed.amount, terms.unit_value, f"{terms.rule}; {rule.source}")


def tax_class() -> tax.TaxClass:
    """What royalties are to the tax law here: a setting, since the law has one name for two things."""
    return tax.TaxClass(settings.PORTAL_ROYALTY_TAX_CLASS)


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
