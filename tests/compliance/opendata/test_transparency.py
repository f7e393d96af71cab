"""The page “Transparency”: off until switched on, each portal's own, drawn without a script."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from compliance.models import Assessment
from compliance.opendata.transparency import drawn
from compliance.services.assess import take_assessment
from sitepages.models import SiteSettings
from tests.builders import authority, make_document, make_user, signed_in
from tests.compliance.opendata.conftest import DAY

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def at(code: str) -> Client:
    return Client(HTTP_HOST=authority(code).portal.hostname)


def page(code: str) -> str:
    reply = at(code).get("/minh-bach/")
    assert reply.status_code == 200
    text: str = reply.content.decode()
    return text


def test_it_is_off_until_it_is_switched_on(db: None) -> None:
    assert not SiteSettings.objects.filter(show_transparency=True).exists()
    for code in ("dak-doa", "glar"):
        assert at(code).get("/minh-bach/").status_code == 404
        assert "/minh-bach/" not in at(code).get("/").content.decode()


def test_the_footer_leads_to_it_where_it_is_on(assessed: Assessment) -> None:
    for code, shown in (("dak-doa", True), ("glar", True), ("trang", False)):
        assert ('href="/minh-bach/"' in at(code).get("/").content.decode()) is shown
        assert at(code).get("/minh-bach/").status_code == (200 if shown else 404)


def test_it_can_only_be_read(assessed: Assessment) -> None:
    assert at("glar").post("/minh-bach/").status_code == 405
    assert at("glar").head("/minh-bach/").status_code == 200


def test_a_portal_shows_its_own_unit_alone(assessed: Assessment) -> None:
    text = page("glar")
    score = assessed.scores.get(authority=authority("glar"))
    assert f"{score.percent:.1f} %".replace(".", ",") in text
    assert f"{score.passed} / " in text or str(score.passed) in text
    assert "units/glar/findings" in text
    assert "units/dak-doa/findings" not in text
    assert "xã Trang" not in text


def test_the_district_lists_the_units_that_are_on(assessed: Assessment) -> None:
    text = page("dak-doa")
    assert f"{authority('glar').portal.root_url}/minh-bach/" in text
    assert "xã Trang" not in text
    # its own in the footer, and Glar's; the same page in English
    assert (text.count("/minh-bach/"), text.count("/en/minh-bach/")) == (3, 1)


def test_every_duty_is_there_with_its_state_in_words_and_signs(assessed: Assessment) -> None:
    text = page("glar")
    findings = list(assessed.findings.filter(authority=authority("glar")))
    body = text.partition('id="marks"')[0]
    marks = re.findall(
        r'class="mark mark--(\w+)"><span class="mark__sign" aria-hidden="true">(.)</span> (\S+)', body
    )
    assert len(marks) == len(findings)
    assert sorted(state for state, _sign, _word in marks) == sorted(row.state for row in findings)
    assert "?" not in {sign for _state, sign, _word in marks}
    for finding in findings:
        assert finding.law.split(";")[0] in text
        assert not finding.due or f"{finding.due:%d/%m/%Y}" in text


def test_the_reason_and_the_law_of_a_duty_are_folded_away_under_its_state(assessed: Assessment) -> None:
    rows = BeautifulSoup(page("glar"), "html.parser").select("table.duties tbody tr")
    findings = list(assessed.findings.filter(authority=authority("glar")))
    assert len(rows) == len(findings)
    for row in rows:
        fold = row.select_one("details")
        assert fold is not None
        assert not fold.has_attr("open")
        assert row.select_one(".mark") is not None
        assert fold.select_one(".mark") is None
        name = row.select_one("th")
        assert name is not None
        assert name.get_text() in fold.summary.get_text()  # told apart without the row around it
    folded = " ".join(row.details.get_text() for row in rows)
    for finding in findings:
        assert finding.law.split(";")[0] in folded


def test_evidence_is_linked_where_everybody_can_read_it(show: Callable[..., None]) -> None:
    show("glar")
    shown = make_document("4/QĐ-UBND", code="glar", issued=DAY, published="2021-07-29T08:00")
    take_assessment(DAY, today=DAY)
    assert f'href="{shown.full_url}"' in page("glar")
    assert at("glar").get(shown.url).status_code == 200
    hidden = make_document("CNRY 5/QĐ-UBND", code="glar", issued=datetime.date(2021, 7, 1))
    take_assessment(DAY, today=DAY)
    text = page("glar")
    assert hidden.title not in text
    assert hidden.slug not in text
    assert f"pages/{hidden.pk}/" not in text


def test_it_is_built_for_a_screen_reader(assessed: Assessment) -> None:
    text = page("dak-doa")
    assert text.count("<h1") == 1
    main = text.partition("<main")[2].partition("</main>")[0]
    levels = [int(level) for level in re.findall(r"<h(\d)", main)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert main.count("<table") == main.count("<caption") > 3
    assert "style=" not in main
    assert "<script" not in main
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'aria-labelledby="([^"]+)"', text)) <= set(ids)


def test_without_an_assessment_it_says_so(show: Callable[..., None]) -> None:
    show("glar")
    assert 'class="empty"' in page("glar")


def test_the_course_is_drawn_and_written(show: Callable[..., None]) -> None:
    show("glar")
    for day in (datetime.date(2021, 5, 31), datetime.date(2021, 6, 10), datetime.date(2021, 6, 30), DAY):
        take_assessment(day, today=DAY)
    text = page("glar")
    course = text.partition("course__table")[2].partition("</table>")[0]
    assert re.findall(r'datetime="([-\d]+)"', course) == ["2021-05-31", "2021-06-30", str(DAY)]
    assert text.count("<circle") == 3


@pytest.mark.unit
def test_the_drawing_keeps_to_its_frame() -> None:
    days = [datetime.date(2021, month, 1) for month in range(1, 6)]
    percents: list[Any] = [Decimal(0), None, Decimal("33.3"), Decimal(80), Decimal(100)]
    found = drawn([{"date": day, "percent": each} for day, each in zip(days, percents, strict=True)])
    assert found is not None
    assert [mark.label for mark in found.marks] == ["01/2021", "03/2021", "04/2021", "05/2021"]
    heights = [mark.y for mark in found.marks]
    assert heights == sorted(heights, reverse=True)
    assert all(0 < mark.x < found.width and 0 < mark.y < found.height for mark in found.marks)
    assert drawn([{"date": days[0], "percent": Decimal(50)}]) is None


def test_a_unit_that_ended_keeps_its_last_figures(show: Callable[..., None]) -> None:
    show("glar")
    glar = authority("glar")
    first = take_assessment(datetime.date(2021, 6, 30), today=DAY)
    type(glar).objects.filter(pk=glar.pk).update(valid_to=datetime.date(2021, 6, 30))
    take_assessment(DAY, today=DAY)
    assert f'datetime="{first.date}"' in page("glar")


def test_the_editorial_board_has_the_switch_of_its_own_portal(db: None) -> None:
    site = authority("glar").portal
    reply = signed_in(make_user("board", "glar")).get(f"/admin/settings/sitepages/sitesettings/{site.pk}/")
    assert 'name="show_transparency"' in reply.content.decode()
