"""Numbers and payments handed over from before the system, wherever they are counted or shown."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from compliance.models import ImportedTally, ImportJob, PastPayment
from compliance.queries.budget import budget_standing
from compliance.queries.silent import silent_offices
from sitepages.models import Authority, Office
from tests.builders import authority, make_article, make_user, signed_in

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
MONTH = datetime.date(2020, 3, 1)


def _job(unit: Authority) -> ImportJob:
    job: ImportJob = ImportJob.objects.create(
        authority=unit, kind="tallies", file_name="cu.csv", created_at=timezone.now()
    )
    return job


def _told(pieces: int = 7) -> Office:
    unit = authority()
    office: Office = Office.objects.filter(authority=unit).order_by("code")[0]
    ImportedTally.objects.create(job=_job(unit), authority=unit, office=office, month=MONTH, pieces=pieces)
    return office


def _table(**more: str) -> Any:
    client = signed_in(make_user("board"))
    query = {"authority": "dak-doa", "first": "2020-03", "last": "2020-04", **more}
    return client.get(reverse("compliance_contributions"), query)


def test_the_table_marks_a_month_from_old_numbers() -> None:
    office = _told()
    make_article(office=office.code, published="2020-04-04T09:00")
    rows = {row["office"]: row for group in _table().context["table"]["groups"] for row in group["rows"]}
    cells = rows[office.full_name]["cells"]
    assert [(cell["count"], cell["carried"]) for cell in cells] == [(7, True), (1, False)]
    assert _table().content.decode().count("</abbr>") == 1


def test_a_table_without_old_numbers_has_no_mark() -> None:
    make_article(published="2020-04-04T09:00")
    assert "</abbr>" not in _table().content.decode()


def test_an_export_carries_the_mark() -> None:
    office = _told()
    line = next(
        line for line in b"".join(_table(export="csv").streaming_content).decode().splitlines()
        if office.full_name in line
    )  # fmt: skip
    assert line.endswith(",7,0,7,03/2020")


def test_behind_an_old_number_stands_a_word_and_no_empty_table() -> None:
    office = _told()
    client = signed_in(make_user("board"))
    cell = reverse("compliance_cell", args=["dak-doa", office.code, "2020-03"])
    shown = client.get(cell)
    assert shown.context["carried"] == 7
    assert "<thead>" not in shown.content.decode().split("<main")[-1]
    article = make_article(office=office.code, published="2020-03-31T23:59")
    make_article(office=office.code, published="2020-04-01T00:00")
    shown = client.get(cell)
    assert [each["pk"] for each in shown.context["articles"]] == [article.pk]
    assert "carried" not in shown.context


def test_an_office_with_an_old_number_is_not_silent() -> None:
    office = _told()
    days = (MONTH, datetime.date(2020, 3, 31))
    assert office not in silent_offices(authority(), *days)
    assert office in silent_offices(authority(), datetime.date(2020, 4, 1), datetime.date(2020, 4, 30))


def test_an_old_number_of_nothing_leaves_an_office_silent() -> None:
    office = _told(pieces=0)
    assert office in silent_offices(authority(), MONTH, datetime.date(2020, 3, 31))


def test_what_was_paid_before_is_spent() -> None:
    unit = authority()
    for day, gross in (
        (MONTH, 100_000),
        (datetime.date(2020, 12, 31), 20_000),
        (datetime.date(2021, 1, 1), 3),
    ):
        PastPayment.objects.create(
            job=_job(unit), authority=unit, person="Lan", first_day=day, last_day=day, paid_on=day,
            gross=gross, tax=0, net=gross, key=str(gross),
        )  # fmt: skip
    assert budget_standing(unit, 2020).royalties == 120_000
    assert budget_standing(unit, 2020, datetime.date(2020, 6, 30)).royalties == 100_000
    assert budget_standing(authority("glar"), 2020).royalties == 0
    page = signed_in(make_user("accountant")).get(reverse("compliance_past_payments"))
    assert page.context["sums"]["gross"] == 120_003
