"""The forecast of royalties knows what was paid before the system."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from compliance.models import ArticleGrade, ImportedArticle, ImportJob, PastPayment
from compliance.queries.budget import budget_forecast
from compliance.queries.past import past_by_month
from compliance.rules.forecast import Forecast
from tests.builders import authority, make_article

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TODAY = datetime.date(2021, 5, 10)


@pytest.fixture
def job(db: None) -> ImportJob:
    made: ImportJob = ImportJob.objects.create(
        authority=authority(), kind="payments", file_name="a.csv", digest="x", created_at=timezone.now()
    )
    return made


def paid(job: ImportJob, first: str, last: str, gross: int, on: str = "2021-04-20") -> None:
    days = {"first_day": first, "last_day": last, "paid_on": on}
    PastPayment.objects.create(
        job=job, authority=authority(), person="An", gross=gross, tax=0, net=gross,
        key=str(PastPayment.objects.count()), **days,
    )  # fmt: skip


def royalties() -> Forecast:
    return budget_forecast(authority(), 2021, TODAY)["royalties"]


def test_months_paid_before_are_part_of_the_mean(job: Any) -> None:
    paid(job, "2021-01-01", "2021-01-31", 300)
    paid(job, "2021-02-01", "2021-02-28", 500)
    found = royalties()
    assert (found.spent, found.a_month, found.months, found.total) == (800, 400, 10, 4_800)


def test_a_payment_for_several_months_is_spread_and_nothing_is_lost(job: Any) -> None:
    paid(job, "2021-01-01", "2021-03-31", 1_000)
    paid(job, "2021-03-01", "2021-03-31", 7)
    assert past_by_month(authority(), 2021) == {1: 333, 2: 333, 3: 341}
    assert royalties().months == 9


def test_what_was_paid_for_the_year_before_is_spent_and_no_month_of_this_one(job: Any) -> None:
    paid(job, "2020-12-01", "2020-12-31", 900, on="2021-01-15")
    found = royalties()
    assert (found.spent, found.a_month, found.total) == (900, 0, 900)


def test_articles_paid_before_are_not_still_to_come(job: Any) -> None:
    now = timezone.now()
    article = make_article("A", coefficient=None)
    ArticleGrade.objects.create(
        article=article, coefficient=Decimal(1), graded_at=now, approved_at=now, approved_genre="news"
    )
    assert royalties().coming == 149_000
    ImportedArticle.objects.create(
        job=job, authority=authority(), article=article, key="k", digest="d", settled=True
    )
    assert royalties().coming == 0
