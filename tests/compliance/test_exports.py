"""Spreadsheets open right in Excel, run nothing, and keep local time."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from compliance.admin.exports import guarded
from compliance.catalogue.loader import load_catalogue
from compliance.services.assess import take_assessment
from tests.builders import make_article, make_superuser, make_user, signed_in

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

QUERIES = 25
PERIOD = "authority=dak-doa&first=2021-03&last=2021-04"


def body(reply: Any) -> bytes:
    return b"".join(reply.streaming_content) if reply.streaming else reply.content


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_formula_becomes_text(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("value", [0, -5, 1.5, None, "Tin", "", datetime.date(2021, 1, 1)])
def test_everything_else_stays(value: Any) -> None:
    assert guarded(value) == value


def test_the_contribution_table_exports_as_shown() -> None:
    make_article(published="2021-03-31T23:59:59", office="cong-an")
    make_article(published="2021-04-01T00:00:00", office="cong-an")
    client = signed_in(make_user("office-head"))
    text = body(client.get(f"/admin/contributions/?{PERIOD}&export=csv")).decode("utf-8-sig")
    assert "Công an huyện,1,1,2" in text
    assert body(client.get(f"/admin/contributions/?{PERIOD}&export=csv")).startswith(b"\xef\xbb\xbf")
    book = load_workbook(io.BytesIO(body(client.get(f"/admin/contributions/?{PERIOD}&export=xlsx"))))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0][2:] == ("03/2021", "04/2021", "Tổng cộng", "Tháng lấy từ số liệu cũ")
    assert ("Công an huyện", 1, 1, 2) in [row[1:5] for row in rows]
    assert rows[-1][2:5] == (1, 1, 2)


def test_the_matrix_exports_every_unit() -> None:
    take_assessment(timezone.localdate(), today=timezone.localdate())
    client = signed_in(make_user("board"))
    book = load_workbook(io.BytesIO(body(client.get("/admin/duties/?export=xlsx"))))
    rows = list(book.active.iter_rows(values_only=True))
    assert len(rows) == 19
    assert len(rows[0]) == 1 + len(load_catalogue().codes) + 3
    assert rows[1][0] == "huyện Đak Đoa"


def test_a_dangerous_office_name_is_guarded_in_csv() -> None:
    article = make_article(published="2021-03-03T09:00", office="cong-an")
    article.office.full_name = "=HYPERLINK(1)"
    article.office.save()
    text = body(signed_in(make_superuser()).get(f"/admin/contributions/?{PERIOD}&export=csv")).decode(
        "utf-8-sig"
    )
    assert "'=HYPERLINK(1)" in text


@pytest.mark.parametrize("many", [1, 3])
def test_a_list_costs_the_same_for_one_and_three(many: int, django_assert_num_queries: Any) -> None:
    for number in range(many):
        make_article(published=f"2021-03-0{number + 1}T09:00", office="cong-an")
    client = signed_in(make_user("office-head"))
    client.get(f"/admin/contributions/?{PERIOD}")
    with django_assert_num_queries(QUERIES):
        client.get(f"/admin/contributions/?{PERIOD}")


def test_a_foolish_period_is_told(client: Any) -> None:
    client = signed_in(make_user("office-head"))
    for query in ("first=2021-05&last=2021-01", "first=2021-13&last=2021-14", "first=2001-01&last=2021-01"):
        reply = client.get(f"/admin/contributions/?authority=dak-doa&{query}")
        assert reply.status_code == 200
        assert "errorlist" in reply.content.decode()
