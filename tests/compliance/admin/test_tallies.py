"""Articles counted five ways: one total, the year before beside it, and what had nothing."""

from __future__ import annotations

import io
from fractions import Fraction
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from compliance.rules.tallies import By
from sitepages.models import ArticlePage, Office, Topic
from tests.builders import authority, make_article, make_user, signed_in
from tests.compliance.admin.findings import html

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HALF = {"first": "2021-01-01", "last": "2021-06-30", "start_day": "1"}


def report(role: str = "board", code: str = "dak-doa", **query: str) -> Any:
    return signed_in(make_user(role, code)).get(reverse("compliance_tallies"), query)


def table(**query: str) -> Any:
    reply = report(**{**HALF, **query})
    html(reply)
    return reply.context["table"]


def rows(found: Any) -> dict[str, tuple[Fraction, Fraction]]:
    return {row.name: (row.total, row.before) for row in found.rows if row.total or row.before}


def test_offices_are_compared_with_the_year_before_and_the_silent_named() -> None:
    silent, wrote = Office.objects.filter(authority__code="dak-doa").order_by("pk")[:2]
    for moment in ("2021-03-04T09:00", "2020-03-04T09:00", "2020-07-01T00:00"):
        make_article(office=wrote.code, published=moment)
    found = table(by="office", authority="dak-doa")
    assert rows(found) == {wrote.full_name: (1, 1)}
    without = [row.name for row in found.without]
    assert silent.full_name in without
    assert wrote.full_name not in without


def test_an_office_merged_in_the_period_keeps_its_name_and_is_expected_no_more() -> None:
    office = Office.objects.filter(authority__code="glar").first()
    assert office is not None
    make_article(code="glar", office=office.code, published="2021-03-04T09:00")
    Office.objects.filter(pk=office.pk).update(valid_to="2020-12-31")
    found = table(by="office", authority="glar")
    assert rows(found) == {office.full_name: (1, 0)}
    ArticlePage.objects.update(live=False)
    assert office.full_name not in [row.name for row in table(by="office", authority="glar").rows]


def test_authors_and_topics_share_an_article() -> None:
    people = (("An", "author", "75"), ("Bình", "photographer", "25"))
    page = make_article(code="glar", published="2021-03-04T09:00", people=people)
    health, jobs = (Topic.objects.get_or_create(slug=slug, name=slug)[0] for slug in ("suc-khoe", "viec-lam"))
    Topic.objects.create(slug="ton-giao", name="Tôn giáo")
    page.topics.add(health, jobs)
    page.save()
    assert rows(table(by="person", authority="glar")) == {
        "An": (Fraction(3, 4), 0),
        "Bình": (Fraction(1, 4), 0),
    }
    found = table(by="topic", authority="glar")
    assert rows(found) == {"suc-khoe": (Fraction(1, 2), 0), "viec-lam": (Fraction(1, 2), 0)}
    assert "Tôn giáo" in [row.name for row in found.without]
    assert "0,75" in html(report(by="person", authority="glar", **HALF))


def test_portals_stand_side_by_side_and_each_user_sees_their_own() -> None:
    make_article(code="glar", published="2021-03-04T09:00")
    make_article(code="trang", published="2021-04-04T09:00")
    every = table(by="unit", authority="")
    assert rows(every) == {authority(code).display_name: (1, 0) for code in ("glar", "trang")}
    own = report("board", "glar", by="unit", authority="", **HALF).context["table"]
    assert [row.key for row in own.rows] == ["glar"]
    foreign = report("board", "glar", by="unit", authority="trang", **HALF)
    assert foreign.context.get("heads") is None
    assert authority("trang").display_name not in html(foreign)


def test_the_export_holds_the_table_with_its_total() -> None:
    make_article(code="glar", title="Tin", published="2021-03-04T09:00")
    reply = report(by="genre", authority="glar", export="xlsx", **HALF)
    content = b"".join(reply.streaming_content) if reply.streaming else reply.content
    lines = [list(row) for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]
    assert lines[-1][1:] == [0, 0, 1, 0, 0, 0, 1, 0]
    assert sum(line[7] for line in lines[1:-1]) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"last": "2020-12-31"},
        {"first": "31/02/2021"},
        {"start_day": "29"},
        {"start_day": "0"},
        {"by": "colour"},
        {"first": "1999-01-01", "last": "1999-02-01"},
        {"first": "2018-01-01"},
        {"authority": "nowhere"},
    ],
)
def test_a_wrong_question_is_told_at_its_field(wrong: dict[str, str]) -> None:
    reply = report(**{"by": "unit", "authority": "", **HALF, **wrong})
    html(reply)
    assert reply.context.get("heads") is None
    assert set(reply.context["form"].errors) <= {*wrong, "last"}
    assert reply.context["form"].errors
    assert report(**{"by": "unit", **HALF, **wrong, "export": "csv"}).status_code == 200


def test_without_a_question_the_half_year_of_the_newest_article_is_shown() -> None:
    make_article(code="glar", published="2021-03-04T09:00")
    found = report("board", "glar").context["table"]
    assert (found.by, found.total, len(found.columns)) == (By.PERSON, 1, 6)
