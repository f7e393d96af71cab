"""Steps of the money that several tests take."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from compliance.models import Payment, PayPeriod, RemunerationTerm
from compliance.rules.months import Month
from compliance.services import payments, periods
from sitepages.models import Contributor
from tests.builders import authority

TODAY = datetime.date(2026, 11, 20)


def make_contributor(name: str, code: str = "dak-doa") -> Contributor:
    return Contributor.objects.create(authority=authority(code), name=name)


def make_term(
    contributor: Contributor, amount: int | None = None, percent: str | None = None, **more: Any
) -> RemunerationTerm:
    term: RemunerationTerm = RemunerationTerm.objects.create(
        authority=contributor.authority,
        contributor=contributor,
        position=more.pop("position", "Ủy viên"),
        monthly_amount=amount,
        percent=percent,
        decision_number="07/QĐ-UBND",
        valid_from=more.pop("valid_from", datetime.date(2020, 1, 1)),
        **more,
    )
    return term


def close(month: Month, board: Any, accountant: Any, code: str = "dak-doa") -> PayPeriod:
    """The month opened, sent, approved and closed."""
    now = timezone.now()
    period = PayPeriod.objects.filter(authority__code=code, first_day=month.first).first()
    period = period or periods.open_period(authority(code), month, user=accountant)
    periods.send_for_review(period, user=accountant, now=now)
    periods.approve_period(period, user=board, now=now)
    return periods.close_period(period, user=accountant, now=now, today=TODAY)


def pay(
    *months: PayPeriod, accountant: Any, paid_on: datetime.date | None = None, **more: Any
) -> list[Payment]:
    return payments.pay_periods(
        months[0].authority,
        [month.pk for month in months],
        paid_on=paid_on or datetime.date(2021, 7, 15),
        today=TODAY,
        user=accountant,
        now=timezone.now(),
        **more,
    )


def cancel(payment: Payment, accountant: Any, reason: str = "Chuyển nhầm tài khoản") -> Payment:
    return payments.cancel_payment(
        payment,
        reason=reason,
        paid_on=max(payment.paid_on, datetime.date(2021, 7, 20)),
        today=TODAY,
        user=accountant,
        now=timezone.now(),
    )


def advance(contributor: Contributor, amount: int, accountant: Any, **more: Any) -> Payment:
    return payments.pay_advance(
        contributor,
        amount,
        paid_on=more.pop("paid_on", datetime.date(2021, 2, 1)),
        today=TODAY,
        reason=more.pop("reason", "Đi cơ sở"),
        user=accountant,
        now=timezone.now(),
    )
