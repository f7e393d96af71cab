"""What a coefficient is worth and how high it may be, on a day."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings

from compliance.catalogue.loader import load_royalties
from compliance.queries.ratebook import (
    NoTermsError,
    PercentError,
    RateBook,
    Terms,
    UnknownGradeError,
    percents_told,
)
from compliance.rules import tax
from sitepages.models import Authority

__all__ = [
    "NoTermsError",
    "OverCapError",
    "PercentError",
    "Quote",
    "RateBook",
    "Terms",
    "UnknownGradeError",
    "quote",
    "royalty_terms",
    "tax_class",
]


class OverCapError(ValueError):
    """The coefficient ``given`` exceeds the highest allowed; ``cap`` is that, ``rule`` what sets it."""

    def __init__(self, given: Decimal, cap: Decimal, rule: str) -> None:
        super().__init__(f"{given} is over {cap}")
        self.given, self.cap, self.rule = given, cap, rule


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
    authority: Authority,
    genre: str,
    coefficient: Decimal | None,
    published: datetime.date,
    paid: datetime.date,
    *,
    grade: str = "",
    modifiers: Sequence[tuple[str, Decimal | None]] = (),
) -> Quote:
    """An article's royalty taxed as one payment; no coefficient: that of the grade.

    NoTermsError, OverCapError, UnknownGradeError, PercentError; ValueError when nothing tells a coefficient.
    """
    book = RateBook(authority)
    terms = book.terms(genre, published, grade)
    used = Decimal(1) if terms.fixed else coefficient or terms.coefficient
    if used is None:
        raise ValueError("neither a coefficient nor a grade that gives one")
    if terms.cap is not None and used > terms.cap:
        raise OverCapError(used, terms.cap, terms.rule)
    rule = load_royalties().withholding(paid, tax_class())
    if rule is None:
        raise NoTermsError(paid.isoformat())
    applied = book.applied(published, modifiers)
    amount = terms.amount(used, applied)
    taxed = tax.withheld(amount, rule)
    told = (*percents_told(applied), terms.rule, rule.source)
    return Quote(amount, taxed.amount, terms.unit_value, "; ".join(told))


def tax_class() -> tax.TaxClass:
    """What royalties are to the tax law here: a setting, since the law has one name for two things."""
    return tax.TaxClass(settings.PORTAL_ROYALTY_TAX_CLASS)


def royalty_terms(authority: Authority, genre: str, on: datetime.date, grade: str = "") -> Terms:
    """Terms for one article; for many, ask one RateBook. NoTermsError, UnknownGradeError."""
    return RateBook(authority).terms(genre, on, grade)
