"""The page of a unit: the score with its denominator, the next best steps, the rank, the trend."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.urls import reverse

from compliance.admin.score import Standing
from compliance.models import Assessment
from compliance.templatetags.duty_tags import share_bar, trend_chart
from sitepages.disclosures import field_name
from tests.builders import make_user, signed_in
from tests.compliance.admin.findings import (
    TODAY,
    due_item,
    html,
    keep_scores,
    make_assessment,
    make_finding,
    open_item,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def assessment() -> Assessment:
    """Glar: 5 points of 5, 2½ of 5, 0 of 10, 0 of 5 and one duty not yet due."""
    made = make_assessment()
    make_finding(made, duty="directives", state="MET")
    make_finding(made, duty="leaders_schedule", state="MET_LATE")
    make_finding(made, duty="leaders", state="MISSING", group="G1", weight=10)
    make_finding(made, duty="portal_contact", state="MISSING", group="G1")
    make_finding(made, duty="news", state="NOT_DUE")
    make_finding(made, duty="english_pages", state="MISSING", group="G8", level="encouraged")
    keep_scores(made)
    return made


def page(role: str = "officer", code: str = "glar", unit: str = "glar") -> Any:
    return signed_in(make_user(role, code)).get(reverse("compliance_unit", args=[unit]))


def standing() -> Standing:
    found = page().context["standing"]
    assert isinstance(found, Standing)
    return found


def test_only_what_was_due_and_mandatory_counts(assessment: Assessment) -> None:
    record = standing().record
    assert (record.points, record.possible, record.percent) == ("15/2", 25, Decimal("30.0"))
    assert (record.passed, record.duties) == (2, 4)
    text = BeautifulSoup(html(page()), "html.parser").select_one(".duty-cards").get_text(" ")
    assert "7,5" in text
    assert "25" in text
    assert "2/4" in text


def test_the_groups_are_held_against_half(assessment: Assessment) -> None:
    lines = {line.code: (line.tally["percent"], line.reached) for line in standing().groups}
    assert lines == {"G1": (0.0, False), "G2": (75.0, True)}


def test_the_shortest_way_up_comes_by_gain(assessment: Assessment) -> None:
    found = standing()
    assert [(step.code, step.gain, step.after) for step in found.steps] == [
        ("leaders", 40.0, 70.0),
        ("portal_contact", 20.0, 90.0),
        ("leaders_schedule", 10.0, 100.0),
    ]
    assert found.after == 100.0


def test_a_unit_is_ranked_among_its_tier_once_enough_was_due() -> None:
    made = make_assessment()
    states = {"glar": "MET", "trang": "MET_LATE", "hnol": "MISSING"}
    for code, state in states.items():
        for duty in ("directives", "leaders", "news", "leaders_schedule", "portal_contact"):
            make_finding(made, code, duty, state=state)
    make_finding(made, "a-dok", "directives", state="MET")
    make_finding(made, "dak-doa", "directives", state="MET")
    keep_scores(made)

    def rank(unit: str) -> tuple[int | None, int]:
        found = page("board", "dak-doa", unit).context["standing"]
        return found.rank, found.ranked

    assert [rank(code) for code in ("glar", "trang", "hnol", "a-dok")] == [(1, 3), (2, 3), (3, 3), (None, 3)]
    assert rank("dak-doa") == (None, 0)


def test_the_trend_holds_the_last_assessment_of_each_of_twelve_months() -> None:
    first = datetime.date(2020, 1, 15)
    for number in range(14):
        day = first.replace(year=2020 + number // 12, month=number % 12 + 1)
        make_finding(make_assessment(day), state="MISSING")
        later = make_assessment(day + datetime.timedelta(days=10))
        make_finding(later, state="MET")
        keep_scores(later)
    trend = standing().trend
    assert [each.date for each, _score in trend] == [
        datetime.date(2020 + number // 12, number % 12 + 1, 25) for number in range(2, 14)
    ]
    assert {score.percent for _each, score in trend if score} == {Decimal("100.0")}
    svg = BeautifulSoup(html(page()), "html.parser").select_one("svg.duty-chart")
    assert svg is not None
    assert svg["role"] == "img"
    assert svg.title.get_text()
    assert "03/2020: 100" in svg.desc.get_text()
    assert len(svg.select("circle")) == 12


def test_every_duty_shows_what_lacks_and_what_is_open(assessment: Assessment) -> None:
    items = [
        due_item("OVERDUE", TODAY, "Kế hoạch 1"),
        open_item("INCOMPLETE", "incomplete_section", lacking=["telephone"]),
    ]
    make_finding(
        assessment,
        duty="admin_procedures",
        state="OVERDUE",
        lacking=["telephone"],
        open_items=items,
        reason="overdue",
        params=items[0]["params"],
        due=TODAY,
    )
    item = BeautifulSoup(html(page()), "html.parser").select_one("#duty-admin_procedures")
    text = item.get_text(" ")
    assert "Kế hoạch 1" in text
    assert "telephone" in text
    assert "28/07/2021" in text
    assert "Nghị định 43/2011/NĐ-CP, Điều 10" in text
    assert len(item.select(".duty-open li")) == 2


def test_what_lacks_is_named_by_the_duty_where_a_section_holds_several(assessment: Assessment) -> None:
    items = [open_item("INCOMPLETE", "incomplete_section", lacking=["explanation"])]
    make_finding(
        assessment,
        duty="budget_draft",
        section="budget",
        state="INCOMPLETE",
        reason="incomplete_section",
        lacking=["explanation"],
        open_items=items,
    )
    item = BeautifulSoup(html(page()), "html.parser").select_one("#duty-budget_draft")
    text = item.get_text(" ")
    assert field_name("budget_draft", "explanation") in text
    assert "explanation" not in text.lower().replace(field_name("budget_draft", "explanation").lower(), "")


def test_a_unit_without_a_score_still_shows_its_duties() -> None:
    make_finding(make_assessment(), state="MISSING", group="")
    reply = page()
    assert reply.context["standing"] is None
    assert "duty-directives" in html(reply)


def test_the_head_of_the_district_reads_the_own_unit_only(assessment: Assessment) -> None:
    make_finding(assessment, "dak-doa", state="MET")
    assert page("office-head", "dak-doa", "dak-doa").status_code == 200
    assert page("office-head", "dak-doa", "glar").status_code == 404
    client = signed_in(make_user("office-head"))
    for name in ("compliance_unit", "compliance_history", "compliance_section"):
        args = {
            "compliance_unit": ["dak-doa"],
            "compliance_history": ["dak-doa", "directives"],
            "compliance_section": ["directives"],
        }[name]
        assert client.get(reverse(name, args=args)).status_code == 200
        assert client.post(reverse(name, args=args), {}).status_code == 405


def test_charts_escape_what_they_are_given() -> None:
    for drawn in (
        trend_chart([("<b>", Decimal("12.5")), ("x", None)], '"><script>'),
        share_bar([("good", "<i>", 1), ("bad", "&", 0)], '"><script>'),
    ):
        assert "<script>" not in drawn
        assert "<b>" not in drawn
        assert "<i>" not in drawn


def test_points_are_written_as_people_write_them() -> None:
    shown = Template("{% load duty_tags %}{{ '15/2'|exact_points }} {{ '10'|exact_points }}").render(
        Context()
    )
    assert shown == "7,5 10"
