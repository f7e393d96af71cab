"""The screen of visits: who reads which portal, what its tables say, and how numbers are reported."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from sitepages.models import DailyVisits, ReportedVisits
from tests.builders import authority, make_article, make_user, signed_in
from tests.compliance.admin.findings import html

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HALF = {"first": "2021-01-01", "last": "2021-06-30", "start_day": "1"}


def seen(page: int, views: int, code: str = "glar", day: str = "2021-03-05", section: str = "news") -> None:
    DailyVisits.objects.create(
        day=datetime.date.fromisoformat(day),
        authority=authority(code),
        page_id=page,
        section=section,
        views=views,
        visits=1,
    )


def told(first: str | None, last: str, visits: int, code: str = "glar") -> None:
    ReportedVisits.objects.create(
        authority=authority(code), first=first, last=last, visits=visits, source="Báo cáo năm"
    )


def report(role: str = "board", code: str = "dak-doa", **query: str) -> Any:
    return signed_in(make_user(role, code)).get(reverse("compliance_visits"), query)


def test_the_screen_names_portals_sections_and_articles() -> None:
    article = make_article("Bài được đọc nhiều", code="glar", published="2021-03-04T09:00")
    seen(article.pk, 1234)
    seen(10**12, 2, code="trang", section="", day="2021-04-05")
    told(None, "2020-12-31", 5000)
    text = html(reply := report(authority="", **HALF))
    assert "Bài được đọc nhiều" in text
    assert "1.234" in text
    assert '<svg class="duty-chart"' in text
    figures = reply.context["figures"]
    assert (figures.in_period, figures.in_all, figures.views) == (2, 5002, 1236)
    assert [(label, line.visits) for label, line in reply.context["months"]][2:4] == [
        ("03/2021", 1),
        ("04/2021", 1),
    ]
    assert len(figures.by_unit) == 18


def test_a_number_over_the_edge_is_named_on_the_screen() -> None:
    told("2021-06-01", "2021-12-31", 700)
    reply = report(authority="glar", **HALF)
    assert "01/06/2021–31/12/2021" in html(reply)
    assert reply.context["figures"].in_period == 0


def test_each_sees_their_own_portals_and_the_accountant_none() -> None:
    for role in ("officer", "board"):
        reply = report(role, "glar")
        assert [unit.code for unit, _each in reply.context["figures"].by_unit] == ["glar"]
        foreign = report(role, "glar", authority="trang", **HALF)
        assert foreign.context.get("figures") is None
        assert authority("trang").display_name not in html(foreign)
    assert len(report("administrator").context["figures"].by_unit) == 18
    assert [unit.code for unit, _each in report("office-head").context["figures"].by_unit] == ["dak-doa"]
    assert report("accountant").status_code == 302
    assert report("accountant", "glar").status_code == 302


@pytest.mark.parametrize(
    ("table", "last_line"),
    [
        ("portals", ["Tổng số", 1, 0, 1, "2021-03-05", 9]),
        ("months", ["Tổng số", 1, 9]),
        ("sections", [None, 9, 1]),
        ("articles", ["'=1+1", None, None, 9, 1]),
    ],
)
def test_each_table_is_exported(table: str, last_line: list[Any]) -> None:
    article = make_article("=1+1", code="glar", published="2021-03-04T09:00")
    seen(article.pk, 9)
    reply = report(authority="glar", export="xlsx", table=table, **HALF)
    content = b"".join(reply.streaming_content) if reply.streaming else reply.content
    line = [list(row) for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)][-1]
    assert len(line) == len(last_line)
    for found, wanted in zip(line, last_line, strict=True):
        if isinstance(wanted, int):
            assert found == wanted
    if table == "articles":
        assert "=1+1" in str(line[0])
    csv = report(authority="glar", export="csv", table=table, **HALF)
    text = b"".join(csv.streaming_content).decode()
    assert text.startswith("\ufeff")
    assert "\n=1+1" not in text


@pytest.mark.parametrize(
    "wrong",
    [
        {"last": "2020-12-31"},
        {"first": "31/02/2021"},
        {"start_day": "29"},
        {"first": "2018-01-01"},
        {"first": "\x00x"},
        {"authority": "nowhere"},
    ],
)
def test_a_wrong_question_is_told_at_its_field(wrong: dict[str, str]) -> None:
    reply = report(**{"authority": "", **HALF, **wrong})
    html(reply)
    assert reply.context.get("figures") is None
    assert reply.context["form"].errors
    assert report(**{"authority": "", **HALF, **wrong, "export": "csv"}).status_code == 200


def test_queries_do_not_grow_with_rows() -> None:
    client = signed_in(make_user("board"))
    url = reverse("compliance_visits")

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            html(client.get(url, {"authority": "", **HALF}))
        return len(captured)

    seen(make_article(code="glar", published="2021-03-04T09:00").pk, 1)
    asked()
    before = asked()
    for number in range(6):
        for code in ("glar", "trang", "dak-doa"):
            seen(
                make_article(code=code, published="2021-03-04T09:00").pk,
                number + 1,
                code,
                section=f"s{number}",
            )
    for code in ("trang", "dak-doa"):
        told("2021-01-01", "2021-01-31", 5, code)
    assert asked() == before


def test_the_board_reports_numbers_of_its_own_portal_alone() -> None:
    form = {"first": "", "last": "2020-12-31", "visits": "41", "source": "Báo cáo năm 2020"}
    board = signed_in(make_user("board", "glar"))
    add = reverse("reported_visits:add")
    own, foreign = authority("glar"), authority("trang")
    assert board.post(add, {**form, "authority": foreign.pk}).status_code == 200
    assert not ReportedVisits.objects.exists()
    assert board.post(add, {**form, "authority": own.pk}).status_code == 302
    assert ReportedVisits.objects.get().authority == own
    again = board.post(add, {**form, "authority": own.pk, "last": "2020-11-30"})
    assert again.status_code == 200
    assert "Báo cáo năm 2020" in html(again)
    for role in ("officer", "accountant"):
        assert signed_in(make_user(role, "glar")).post(add, {**form, "authority": own.pk}).status_code == 302
    assert ReportedVisits.objects.count() == 1
