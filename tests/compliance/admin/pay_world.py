"""A unit's person who is paid, with sealed data, a term and an advance, each marked."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from compliance.models import Payee, Payment, RemunerationTerm
from compliance.services import payees, payments
from sitepages.models import Authority, Contributor


@dataclass
class Money:
    """What is paid at one unit."""

    person: Contributor
    payee: Payee
    term: RemunerationTerm
    advance: Payment


def make_money(unit: Authority, mark: str, accountant: Any) -> Money:
    """After the unit's months are closed: the term pays none of them."""
    now, day = timezone.now(), datetime.date(2021, 4, 1)
    person = Contributor.objects.create(authority=unit, name=f"{mark} người")
    payee = payees.keep_payee(
        person,
        {"bank_account": "5000205012345", "bank_name": f"{mark} ngân hàng"},
        on_payroll=False,
        asks_withholding=False,
        user=accountant,
        now=now,
    )
    payees.keep_commitments(payee, {2020: f"{mark} cam kết"}, user=accountant)
    payees.read_payees([payee], occasion="shown", user=accountant, now=now)
    term = RemunerationTerm.objects.create(
        authority=unit,
        contributor=person,
        position=f"{mark} ủy viên",
        monthly_amount=100_000,
        decision_number=f"{mark} số 9",
        valid_from=datetime.date(2030, 1, 1),
    )
    advance = payments.pay_advance(
        person,
        50_000,
        paid_on=day,
        today=timezone.localdate(),
        reason=f"{mark} tạm ứng",
        user=accountant,
        now=now,
    )
    return Money(person, payee, term, advance)
