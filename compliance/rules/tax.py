"""Income tax withheld from a payment of royalties, in whole dong.

Sources: circular 111/2013 art. 25.1.i (10 % of the whole payment from 2,000,000 dong on); decree 253/2026
art. 50.2 (from 5,000,000 dong since 1 July 2026, below it when the payee asks) and art. 13, 59 (copyright:
5 % of what exceeds 20,000,000 dong).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from compliance.rules.royalties import gross
from compliance.rules.types import Verification


class TaxClass(StrEnum):
    """What the payment is to the tax law: wage-like remuneration, or income from copyright."""

    REMUNERATION = "remuneration"
    COPYRIGHT = "copyright"


class Reason(StrEnum):
    """Why a payment was or was not taxed."""

    WITHHELD = "withheld"
    ASKED = "asked"
    BELOW = "below"
    COMMITTED = "committed"
    PAYROLL = "payroll"


@dataclass(frozen=True)
class Withholding:
    """A rule of withholding: `rate` of the whole payment from `threshold` on, or of what exceeds it."""

    code: str
    tax_class: TaxClass
    valid_from: date
    valid_to: date | None
    threshold: int
    rate: Decimal
    of_excess: bool
    on_request: bool
    source: str
    status: Verification


@dataclass(frozen=True)
class Payee:
    """What matters of who is paid.

    `on_payroll`: taxed with the wage by the progressive scale. `committed`: signed that the year's income
    stays below what is taxed. `asks`: wants tax withheld below the threshold as well.
    """

    on_payroll: bool = False
    committed: bool = False
    asks: bool = False


@dataclass(frozen=True)
class Withheld:
    """The tax of one payment, in dong, and why."""

    amount: int
    reason: Reason


def withheld(payment: int, rule: Withholding, payee: Payee = Payee()) -> Withheld:
    """The tax withheld from one payment, rounded half up; ValueError for a negative payment."""
    if payment < 0:
        raise ValueError("no tax is withheld from a negative payment")
    if payee.on_payroll:
        return Withheld(0, Reason.PAYROLL)
    if payee.committed:
        return Withheld(0, Reason.COMMITTED)
    if rule.of_excess:
        taxed = max(payment - rule.threshold, 0)
        return Withheld(gross(rule.rate, taxed), Reason.WITHHELD if taxed else Reason.BELOW)
    if payment >= rule.threshold:
        return Withheld(gross(rule.rate, payment), Reason.WITHHELD)
    if payee.asks and rule.on_request:
        return Withheld(gross(rule.rate, payment), Reason.ASKED)
    return Withheld(0, Reason.BELOW)
