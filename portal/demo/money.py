"""The demo's rates, budget, remuneration, and the first half of 2021 closed, four months of it paid."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.utils import timezone

from compliance.models import (
    BudgetKind,
    BudgetLine,
    PayPeriod,
    RemunerationTerm,
    RoyaltyBudget,
    RoyaltyRate,
)
from compliance.rules.months import Month
from compliance.services import payees, payments, periods
from compliance.services.spending import spend
from sitepages.models import Authority, Contributor

_DECISION = "15/QĐ-UBND (số liệu minh họa)"
_GRADES = (
    ("news", "A", "Tin có chiều sâu", "2"),
    ("news", "B", "Tin tốt", "1.5"),
    ("news", "C", "Tin thường", "1"),
    ("feature", "A", "Bài xuất sắc", "6"),
    ("feature", "B", "Bài tốt", "4"),
    ("feature", "C", "Bài đạt", "3"),
)
_BUDGET_DECISION = "02/QĐ-UBND (số liệu minh họa)"
_STATIONERY_NOTE = "Văn phòng phẩm (số liệu minh họa)"
_LINES = {"royalties": 120_000_000, "stationery": 20_000_000, "other": 10_000_000}
_CAPS = {"news": 3, "feature": 8, "photo": 3, "video": 10, "interview": 8, "commentary": 8}
#: Name, position, đồng a month: together with 254 coefficient points the 46,276,000 đồng of the report.
_BOARD = (
    ("Trịnh Thu Hà", "Trưởng Ban biên tập", 545_000),
    ("Vương Đăng Khôi", "Phó Trưởng Ban biên tập", 460_000),
    ("Lưu Bảo Ngân", "Thư ký biên tập", 400_000),
)
_CLOSED, _PAID = 6, 4


#: What the report of 2021 sums up as 8,620,000 for stationery.
_STATIONERY = ((18, 2, 2_450_000), (16, 4, 3_120_000), (11, 6, 3_050_000))


def _load_budget(district: Authority) -> None:
    """The year's money as reported; how it is divided and on which days it was spent are made up."""
    budget = RoyaltyBudget.objects.create(
        authority=district, year=2021, amount=150_000_000, decision_number=_BUDGET_DECISION
    )
    for kind, amount in _LINES.items():
        BudgetLine.objects.create(budget=budget, kind=kind, amount=amount)
    accountant = get_user_model().objects.get(username="ketoan")
    for day, month, amount in _STATIONERY:
        spend(
            district,
            day=datetime.date(2021, month, day),
            kind=BudgetKind.STATIONERY,
            amount=amount,
            document_number=f"PC{month:02d}/2021",
            note=_STATIONERY_NOTE,
            user=accountant,
            now=timezone.now(),
            today=timezone.localdate(),
        )


def load_money(district: Authority) -> None:
    """A rate table, the budget of 2021 as reported, and the half-year's months closed; July is open."""
    decided = datetime.date(2019, 1, 15)
    table = {
        "authority": district, "decision_number": _DECISION, "decision_date": decided, "valid_from": decided,
    }  # fmt: skip
    for genre, cap in _CAPS.items():
        RoyaltyRate.objects.create(**table, genre=genre, max_coefficient=Decimal(cap))
    for genre, grade, name, coefficient in _GRADES:
        given = {"grade": grade, "grade_name": name, "coefficient": Decimal(coefficient)}
        RoyaltyRate.objects.create(**table, genre=genre, **given)
    _load_budget(district)
    users = get_user_model().objects
    board, accountant = users.get(username="bientap1"), users.get(username="ketoan")
    now, today = timezone.now(), timezone.localdate()
    _load_board(district, accountant, now)
    for number in range(1, _CLOSED + 1):
        period: PayPeriod = periods.open_period(district, Month(2021, number), user=accountant)
        periods.send_for_review(period, user=accountant, now=now)
        periods.approve_period(period, user=board, now=now)
        period = periods.close_period(period, user=accountant, now=now, today=today)
        if number <= _PAID:
            payments.pay_periods(
                district,
                [period.pk],
                paid_on=datetime.date(2021, number + 1, 10),
                today=today,
                user=accountant,
                now=now,
            )
    periods.open_period(district, Month(2021, _CLOSED + 1), user=accountant)


def _load_board(district: Authority, accountant: object, now: datetime.datetime) -> None:
    """Three members with remuneration and made-up payee data; the last has told no tax code yet."""
    for number, (name, position, amount) in enumerate(_BOARD, start=1):
        person, _made = Contributor.objects.get_or_create(authority=district, name=name)
        RemunerationTerm.objects.create(
            authority=district,
            contributor=person,
            position=position,
            monthly_amount=amount,
            decision_number=_DECISION,
            valid_from=datetime.date(2021, 1, 1),
        )
        payees.keep_payee(
            person,
            {
                "tax_code": "" if number == len(_BOARD) else f"012345678{number}",
                "citizen_number": f"06400000000{number}",
                "bank_account": f"50002050{number:04d}",
                "bank_name": "Ngân hàng minh họa, phòng giao dịch Đak Đoa",
            },
            on_payroll=number < len(_BOARD),
            asks_withholding=False,
            user=accountant,
            now=now,
        )
