"""The heads' page: portals side by side, quotas, silence, charts, and the choice about the letter."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.urls import reverse

from compliance.models import DigestStop, Quota
from compliance.queries.overview import overview
from compliance.queries.silent import silent_offices
from compliance.rules.months import Month
from sitepages.models import ArticlePage, Office
from tests.builders import authority, make_article, make_user, signed_in
from tests.compliance.admin.findings import html

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HALF = {"first": "2021-01", "last": "2021-06"}
JANUARY = datetime.date(2021, 1, 1)


def page(role: str = "office-head", code: str = "dak-doa", **query: str) -> Any:
    return signed_in(make_user(role, code)).get(reverse("compliance_overview"), {**HALF, **query})


def quota(office: str, per_month: int, code: str = "dak-doa") -> Quota:
    unit = Office.objects.get(authority__code=code, code=office)
    return Quota.objects.create(office=unit, per_month=per_month, valid_from=JANUARY, decision_number="1/QĐ")


def test_portals_stand_side_by_side_and_add_up() -> None:
    make_article(office="cong-an", published="2021-01-04T09:00")
    make_article(office="cong-an", published="2020-01-04T09:00")
    make_article(code="glar", published="2021-02-04T09:00")
    make_article(code="trang", published="2021-02-28T23:59")
    reply = page()
    html(reply)
    found = reply.context["found"]
    assert (found.columns, found.total, found.before) == ((1, 2, 0, 0, 0, 0), 3, 1)
    assert len(found.units) == 18
    totals = {line.unit.code: line.total for line in found.units if line.total}
    assert totals == {"dak-doa": 1, "glar": 1, "trang": 1}
    for line in found.units:
        assert line.total == sum(line.counts) == sum(each.total for each in line.offices)


def test_a_shortfall_is_named_and_so_are_silent_offices() -> None:
    make_article(office="cong-an", published="2021-01-04T09:00")
    quota("cong-an", 2)
    quota("noi-vu", 1)
    reply = page()
    line = reply.context["line"]
    assert [(each.office.code, each.short) for each in line.short] == [("cong-an", 11), ("noi-vu", 6)]
    silent = {each.office.code for each in line.silent}
    named = silent_offices(authority(), JANUARY, datetime.date(2021, 6, 30))
    assert silent == {office.code for office in named}
    assert "cong-an" not in silent
    assert "noi-vu" in silent
    assert "Công an huyện: 1" in re.sub(r"\s+", " ", html(reply))


def test_an_office_that_ended_before_is_neither_shown_nor_silent() -> None:
    make_article(office="cong-an", published="2019-01-04T09:00")
    Office.objects.filter(code="cong-an").update(valid_to="2020-06-30")
    named = silent_offices(authority(), JANUARY, datetime.date(2021, 6, 30))
    assert "cong-an" not in {office.code for office in named}
    assert "cong-an" not in {line.office.code for line in page().context["line"].offices}


def test_drafts_copies_and_withdrawn_articles_do_not_count() -> None:
    original = make_article(office="cong-an", published="2021-01-04T09:00")
    for change in ({"live": False}, {"repost_of": original}, {"first_published_at": None}):
        other = make_article(office="cong-an", published="2021-01-05T09:00")
        ArticlePage.objects.filter(pk=other.pk).update(**change)
    month = Month(2021, 1)
    assert overview([authority()], month, month).total == 1


def test_pictures_say_in_words_what_they_show() -> None:
    make_article(office="cong-an", published="2021-01-04T09:00")
    text = html(page())
    assert text.count("<title id=") == text.count("<desc id=") == 2
    assert "<script" not in text.split("count-chart", 1)[1].split("</svg>", 1)[0]


def test_a_commune_sees_its_own_alone() -> None:
    make_article(code="trang", published="2021-02-28T23:59")
    reply = page("board", "glar")
    assert [line.unit.code for line in reply.context["found"].units] == ["glar"]
    assert page("board", "glar", authority="trang").status_code == 404
    assert page("officer", "glar").status_code == 302


@pytest.mark.parametrize("wrong", [{"first": "x"}, {"last": "2020-01"}, {"first": "2001-01"}])
def test_a_wrong_period_is_told(wrong: dict[str, str]) -> None:
    reply = page(**wrong)
    html(reply)
    assert reply.context["form"].errors
    assert "found" not in reply.context


def test_queries_do_not_grow_with_articles(django_assert_max_num_queries: Any) -> None:
    month = Month(2021, 1)
    units = [authority("glar"), authority("trang")]
    make_article(code="glar", published="2021-01-04T09:00")
    with django_assert_max_num_queries(8):
        overview(units, month, month)
    for _each in range(5):
        make_article(code="trang", published="2021-01-04T09:00")
    with django_assert_max_num_queries(8):
        assert overview(units, month, month).total == 6


def test_only_a_head_chooses_about_the_letter() -> None:
    head, board = make_user("office-head"), make_user("board")
    url = reverse("compliance_digest_choice", args=["dak-doa"])
    assert signed_in(board).post(url, {"wanted": "no"})["Location"] == reverse("wagtailadmin_home")
    assert signed_in(head).post(url, {"wanted": "no"}).status_code == 302
    assert list(DigestStop.objects.values_list("user", flat=True)) == [head.pk]
    signed_in(head).post(url, {"wanted": "yes"})
    assert not DigestStop.objects.exists()
    below = reverse("compliance_digest_choice", args=["glar"])
    assert signed_in(head).post(below, {"wanted": "no"})["Location"] == reverse("wagtailadmin_home")


def test_quotas_that_overlap_are_refused() -> None:
    first = quota("cong-an", 2)
    form = {
        "office": first.office_id,
        "per_month": "0",
        "decision_number": "2/QĐ",
        "valid_from": "2021-05-01",
        "valid_to": "",
    }
    client = signed_in(make_user("board"))
    reply = client.post(reverse("quotas:add"), form)
    assert "per_month" in reply.context["form"].errors
    reply = client.post(reverse("quotas:add"), {**form, "per_month": "3"})
    assert "valid_from" in reply.context["form"].errors
    Quota.objects.filter(pk=first.pk).update(valid_to=datetime.date(2021, 4, 30))
    assert client.post(reverse("quotas:add"), {**form, "per_month": "3"}).status_code == 302
    assert Quota.objects.count() == 2


def test_a_month_from_the_20th_is_held_against_a_whole_quota() -> None:
    """Ham Tan, notice of 01/03/2017: 19 articles from 20/01 to 19/02 against 12."""
    for number in range(19):
        day = datetime.date(2017, 1, 20) + datetime.timedelta(days=number)
        make_article(office="cong-an", published=f"{day}T09:00")
    make_article(office="cong-an", published="2017-02-20T00:00")
    for office, per_month in (("cong-an", 12), ("noi-vu", 2)):
        row = quota(office, per_month)
        Quota.objects.filter(pk=row.pk).update(valid_from=datetime.date(2016, 12, 20))
    asked = {"by": "office", "authority": "dak-doa", "first": "2017-01-20", "last": "2017-02-19"}
    client = signed_in(make_user("board"))
    reply = client.get(reverse("compliance_tallies"), {**asked, "start_day": "20"})
    html(reply)
    owed = {row.name: (row.total, due) for row, due in reply.context["rows"] if due[0] != ""}
    names = dict(Office.objects.filter(authority__code="dak-doa").values_list("code", "full_name"))
    assert owed == {names["cong-an"]: (19, [12, 0]), names["noi-vu"]: (0, [2, 2])}
    export: Any = client.get(reverse("compliance_tallies"), {**asked, "start_day": "20", "export": "csv"})
    lines = b"".join(export.streaming_content).decode("utf-8-sig").splitlines()
    assert any(line.endswith("19,19,0,12,0") for line in lines)
