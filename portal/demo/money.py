"""The demo's rates, budget and paid months."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.utils import timezone

from compliance.models import PayPeriod, RoyaltyBudget, RoyaltyRate
from compliance.rules.months import Month
from compliance.services import periods
from sitepages.models import Authority

_DECISION = "15/QĐ-UBND (số liệu minh họa)"
_CAPS = {"news": 3, "feature": 8, "photo": 3, "video": 10, "interview": 8, "commentary": 8}


def load_money(district: Authority) -> None:
    """A rate table, the budget of 2021 as reported, and its first months approved, closed and paid."""
    for genre, cap in _CAPS.items():
        RoyaltyRate.objects.create(
            authority=district,
            genre=genre,
            max_coefficient=Decimal(cap),
            decision_number=_DECISION,
            decision_date=datetime.date(2019, 1, 15),
            valid_from=datetime.date(2019, 1, 15),
        )
    RoyaltyBudget.objects.create(authority=district, year=2021, amount=150_000_000, other_spending=8_620_000)
    users = get_user_model().objects
    board, accountant = users.get(username="bientap1"), users.get(username="ketoan")
    now, today = timezone.now(), timezone.localdate()
    for number in range(1, 6):
        period: PayPeriod = periods.open_period(district, Month(2021, number), user=accountant)
        periods.send_for_review(period, user=accountant, now=now)
        period = periods.approve_period(period, user=board, now=now)
        period = periods.close_period(period, user=accountant, now=now, today=today)
        if number < 5:
            pass
    periods.open_period(district, Month(2021, 6), user=accountant)
