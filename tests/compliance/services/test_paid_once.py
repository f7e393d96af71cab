"""An article earns once: whatever is taken back where, and whoever shares a name."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from compliance.models import Payment, RoyaltyEntry, Spending
from compliance.rules.months import Month
from compliance.services import payments, periods, spending
from sitepages.models import Contribution
from tests.builders import authority, make_article, make_user, signed_in
from tests.compliance.services.money import make_contributor

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LATER = datetime.date(2021, 9, 1)


def closed_march(accountant: Any) -> Any:
    now = timezone.now()
    march = periods.open_period(authority(), Month(2021, 3), user=accountant)
    periods.send_for_review(march, user=accountant, now=now)
    march = periods.approve_period(march, user=make_user("board"), now=now)
    return periods.close_period(march, user=accountant, now=now, today=LATER)


def test_what_a_later_open_period_takes_back_is_not_gathered_in_an_earlier_one() -> None:
    accountant = make_user("accountant")
    article = make_article("A", coefficient="1")
    closed_march(accountant)
    april = periods.open_period(authority(), Month(2021, 4), user=accountant)
    may = periods.open_period(authority(), Month(2021, 5), user=accountant)
    periods.reverse_article(article.pk, into=may, user=accountant, reason="sai", pay_again=True)
    periods.refresh_period(april, user=accountant)
    periods.refresh_period(may, user=accountant)
    assert not april.entries.exists()
    rows = RoyaltyEntry.objects.filter(article_id=article.pk).values_list("amount", flat=True)
    assert sum(rows) in (0, 149_000)
    assert sorted(may.entries.values_list("amount", flat=True))[0] == -149_000


def test_two_people_of_one_name_are_both_paid_for_one_article() -> None:
    article = make_article("A", coefficient="1", people=())
    for _number in range(2):
        Contribution.objects.create(
            article=article, name="Nguyễn Văn An", share=50, contributor=make_contributor("Nguyễn Văn An")
        )
    march = periods.open_period(authority(), Month(2021, 3), user=make_user("accountant"))
    assert sorted(march.entries.values_list("amount", flat=True)) == [74_500, 74_500]
    assert march.entries.values("contributor").distinct().count() == 2


def test_the_same_advance_and_the_same_spending_are_entered_once() -> None:
    accountant, now, today = make_user("accountant"), timezone.now(), timezone.localdate()
    person = make_contributor("Lê Thị Lan")
    advance: dict[str, Any] = {
        "paid_on": today, "today": today, "reason": "đi cơ sở", "user": accountant, "now": now,
    }  # fmt: skip
    payments.pay_advance(person, 500_000, **advance)
    with pytest.raises(payments.PaymentError):
        payments.pay_advance(person, 500_000, **advance)
    payments.pay_advance(person, 500_000, **{**advance, "reason": "đi cơ sở, lần 2"})
    assert Payment.objects.count() == 2
    spent: dict[str, Any] = {
        "day": today, "kind": "stationery", "amount": 70_000, "document_number": "PC1",
        "user": accountant, "now": now, "today": today,
    }  # fmt: skip
    row = spending.spend(authority(), **spent)
    with pytest.raises(spending.SpendingError):
        spending.spend(authority(), **spent)
    spending.reverse_spending(row, reason="nhầm", user=accountant, now=now)
    spending.spend(authority(), **spent)
    assert sum(Spending.objects.values_list("amount", flat=True)) == 70_000


def test_nothing_is_paid_that_nobody_looked_at() -> None:
    accountant = make_user("accountant")
    make_article("A", coefficient="1")
    march = closed_march(accountant)
    signed_in(accountant).post(reverse("compliance_pay", args=[march.pk]), {"paid_on": "2021-06-01"})
    assert not Payment.objects.exists()


def test_an_administrator_gives_themselves_no_role() -> None:
    administrator = make_user("administrator")
    form = signed_in(administrator).get(reverse("wagtailusers_users:edit", args=[administrator.pk]))
    assert "groups" not in form.context["form"].fields
    other = make_user("officer")
    form = signed_in(administrator).get(reverse("wagtailusers_users:edit", args=[other.pk]))
    assert "groups" in form.context["form"].fields
