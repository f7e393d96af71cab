"""Any order of opening, grading, reviewing, approving, closing, reversing, paying, advancing and cancelling.

Whatever happens: a closed period's lines and sums never change, what was paid and what is owed make up what
was earned (for each person and in all), no line is paid twice, numbers have no gap, and cash adds up.
"""

from __future__ import annotations

import datetime
import os
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from compliance.models import (
    ArticleGrade,
    Payee,
    Payment,
    PaymentLine,
    PayPeriod,
    RemunerationEntry,
    RoyaltyEntry,
)
from compliance.queries.owed import outstanding_advances, owed
from compliance.rules.months import Month
from compliance.rules.owing import is_paid_up
from compliance.services import payments, periods
from compliance.services.remuneration import reverse_remuneration
from sitepages.models import ArticlePage, Contributor
from tests.builders import authority, make_article, make_user
from tests.compliance.services.money import TODAY, make_contributor, make_term

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

MONTHS = st.integers(1, 3)
PICK = st.integers(0, 7)
DAYS = st.sampled_from([datetime.date(2021, 5, 3), datetime.date(2026, 11, 2)])
SUMS = ("total", "royalties", "remuneration", "lines", "digest")


class Money(RuleBasedStateMachine):
    """One portal, three months, four articles and three people; each example is taken back at its end."""

    board: Any
    accountant: Any
    articles: list[ArticlePage]
    people: list[Contributor]

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.frozen: dict[int, Any] = {}
        self.unit = authority()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @staticmethod
    def attempt(step: Callable[[], Any]) -> None:
        """A step may be refused in words; it then changes nothing that the invariants see."""
        try:
            step()
        except (periods.PeriodError, payments.PaymentError):
            return

    def period(self, month: int) -> PayPeriod | None:
        return PayPeriod.objects.filter(authority=self.unit, first_day=Month(2021, month).first).first()

    def on_period(self, month: int, step: Callable[[PayPeriod], Any]) -> None:
        period = self.period(month)
        if period is not None:
            self.attempt(lambda: step(period))

    @rule(month=MONTHS)
    def open(self, month: int) -> None:
        self.attempt(lambda: periods.open_period(self.unit, Month(2021, month), user=self.accountant))

    @rule(pick=PICK, coefficient=st.sampled_from(["0.5", "1", "2.5", "9"]))
    def grade(self, pick: int, coefficient: str) -> None:
        ArticleGrade.objects.update_or_create(
            article=self.articles[pick % len(self.articles)],
            defaults={"coefficient": Decimal(coefficient), "graded_at": timezone.now()},
        )

    @rule(month=MONTHS)
    def refresh(self, month: int) -> None:
        self.on_period(month, lambda it: periods.refresh_period(it, user=self.accountant))

    @rule(month=MONTHS)
    def send(self, month: int) -> None:
        now = timezone.now()
        self.on_period(month, lambda it: periods.send_for_review(it, user=self.accountant, now=now))

    @rule(month=MONTHS)
    def send_back(self, month: int) -> None:
        self.on_period(month, lambda it: periods.send_back(it, user=self.board, reason="Sai"))

    @rule(month=MONTHS)
    def approve(self, month: int) -> None:
        now = timezone.now()
        self.on_period(month, lambda it: periods.approve_period(it, user=self.board, now=now))

    @rule(month=MONTHS)
    def close(self, month: int) -> None:
        now = timezone.now()
        self.on_period(month, lambda it: periods.close_period(it, user=self.accountant, now=now, today=TODAY))

    @rule(month=MONTHS)
    def open_and_close(self, month: int) -> None:
        """The way a month should go, so that examples get far."""
        for step in (self.open, self.send, self.approve, self.close):
            step(month=month)

    @rule(month=MONTHS, pick=PICK, again=st.booleans())
    def reverse(self, month: int, pick: int, again: bool) -> None:
        article = self.articles[pick % len(self.articles)].pk
        self.on_period(
            month,
            lambda it: periods.reverse_article(
                article, into=it, user=self.accountant, reason="Nhầm", pay_again=again
            ),
        )

    @rule(month=MONTHS, pick=PICK, instead=st.sampled_from([0, 300_000]))
    def reverse_remuneration(self, month: int, pick: int, instead: int) -> None:
        lines = list(RemunerationEntry.objects.order_by("pk"))
        if lines:
            line = lines[pick % len(lines)]
            self.on_period(
                month,
                lambda it: reverse_remuneration(
                    line, into=it, user=self.accountant, reason="Nhầm", instead=instead
                ),
            )

    @rule(month=MONTHS, other=MONTHS, day=DAYS, part=st.booleans())
    def pay(self, month: int, other: int, day: datetime.date, part: bool) -> None:
        chosen = [it.pk for it in map(self.period, {month, other}) if it is not None]
        only = [f"c{self.people[0].pk}"] if part else None
        self.attempt(
            lambda: payments.pay_periods(
                self.unit,
                chosen,
                paid_on=day,
                today=TODAY,
                user=self.accountant,
                now=timezone.now(),
                only=only,
            )
        )

    @rule(pick=PICK, amount=st.sampled_from([0, 50_000, 2_000_000]))
    def advance(self, pick: int, amount: int) -> None:
        self.attempt(
            lambda: payments.pay_advance(
                self.people[pick % len(self.people)],
                amount,
                paid_on=datetime.date(2021, 1, 4),
                today=TODAY,
                reason="Đi cơ sở",
                user=self.accountant,
                now=timezone.now(),
            )
        )

    @rule(pick=PICK)
    def cancel(self, pick: int) -> None:
        made = list(Payment.objects.order_by("-pk")[:8])
        if made:
            self.attempt(
                lambda: payments.cancel_payment(
                    made[pick % len(made)],
                    reason="Nhầm",
                    paid_on=TODAY,
                    today=TODAY,
                    user=self.accountant,
                    now=timezone.now(),
                )
            )

    @invariant()
    def closed_periods_never_change(self) -> None:
        for period in PayPeriod.objects.closed():
            lines = [
                list(rows.filter(period=period).order_by("pk").values_list())
                for rows in (RoyaltyEntry.objects, RemunerationEntry.objects)
            ]
            now = ([getattr(period, name) for name in SUMS], lines)
            assert self.frozen.setdefault(period.pk, now) == now
        assert set(self.frozen) == set(PayPeriod.objects.closed().values_list("pk", flat=True))

    @invariant()
    def sums_are_those_of_the_lines(self) -> None:
        for period in PayPeriod.objects.closed():
            royalties = sum(period.entries.values_list("amount", flat=True))
            extra = sum(period.remuneration_entries.values_list("amount", flat=True))
            assert (period.royalties, period.remuneration, period.total) == (
                royalties,
                extra,
                royalties + extra,
            )

    @invariant()
    def paid_and_owed_make_up_what_was_earned(self) -> None:
        earned: Counter[str] = Counter()
        paid: Counter[str] = Counter()
        left: Counter[str] = Counter()
        for rows in (RoyaltyEntry.objects, RemunerationEntry.objects):
            for person, amount in rows.frozen().values_list("person", "amount"):
                earned[person] += amount
        for payment in Payment.objects.all():
            paid[payment.name] += payment.gross
        for each in owed(self.unit):
            left[each.line.name] += each.amount
        together = {person: paid[person] + left[person] for person in {*earned, *paid, *left}}
        assert together == {person: earned[person] for person in together}
        total = sum(PayPeriod.objects.closed().values_list("total", flat=True))
        assert sum(paid.values()) + sum(left.values()) == total

    @invariant()
    def no_line_is_paid_twice(self) -> None:
        live = PaymentLine.objects.filter(live=True)
        for name in ("royalty", "remuneration"):
            ids = list(live.filter(**{f"{name}__isnull": False}).values_list(name, flat=True))
            assert len(ids) == len(set(ids))
        for payment in Payment.objects.filter(kind="settlement", reverses=None):
            amounts = list(payment.paid_lines.values_list("amount", flat=True))
            assert (sum(amounts), len(amounts)) == (payment.gross, payment.lines)
            assert payment.net >= 0

    @invariant()
    def cash_adds_up(self) -> None:
        rows = list(Payment.objects.values_list("gross", "tax", "set_off", "net"))
        gross, tax, _set_off, net = (sum(column) for column in zip(*rows, strict=True)) if rows else [0] * 4
        advances = outstanding_advances([person.pk for person in self.people])
        assert net == gross - tax + sum(advances.values())
        assert all(amount > 0 for amount in advances.values())

    @invariant()
    def numbers_have_no_gap(self) -> None:
        for year in (2021, 2026):
            numbers = Payment.objects.filter(year=year).values_list("number", flat=True)
            assert sorted(numbers) == list(range(1, len(numbers) + 1))

    @invariant()
    def a_paid_period_owes_nobody(self) -> None:
        left = owed(self.unit)
        for period in PayPeriod.objects.filter(status=PayPeriod.Status.PAID):
            assert is_paid_up(left, period.pk)


def test_money_adds_up_whatever_happens(db: None) -> None:
    Money.board, Money.accountant = make_user("board"), make_user("accountant")
    Money.people = [make_contributor(name) for name in ("Lan", "Minh", "Siu H'Len")]
    lan, minh, _siu = Money.people
    Payee.objects.create(contributor=minh, on_payroll=True)
    make_term(lan, 900_000)
    make_term(minh, percent="12.5")
    shares = (("Lan", "author", "33.33"), ("Minh", "coauthor", "66.67"))
    Money.articles = [
        make_article("A", published="2021-01-05T09:00", people=shares),
        make_article("B", published="2021-01-20T09:00", people=(("Siu H'Len", "author", "100"),)),
        make_article("C", published="2021-02-05T09:00", people=(("Không có hồ sơ", "author", "100"),)),
        make_article("D", published="2021-03-05T09:00", people=shares),
    ]
    run_state_machine_as_test(
        Money,
        settings=settings(
            max_examples=int(os.environ.get("MONEY_EXAMPLES", "12")),
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
