"""The heat map: read by sign and word, filtered, summed up, and cheap."""

from __future__ import annotations

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from openpyxl import load_workbook

from compliance.catalogue.loader import load_catalogue
from compliance.models import Assessment, FindingRecord
from compliance.templatetags.duty_tags import SHORT
from tests.builders import make_superuser, make_user, signed_in
from tests.compliance.admin.findings import TODAY, html, keep_scores, make_assessment, make_finding
from theme.marks import SIGNS

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

MOST_QUERIES = 17  # the whole page with session, rights and menu


@pytest.fixture
def assessment() -> Assessment:
    made = make_assessment()
    make_finding(made, "dak-doa", state="MET")
    make_finding(made, "glar", state="OVERDUE", due=TODAY)
    make_finding(made, "glar", "leaders", state="MISSING", level="encouraged", group="G1")
    make_finding(made, "trang", state="INCOMPLETE")
    keep_scores(made)
    return made


def shown(role: str = "board", code: str = "dak-doa", **query: str) -> BeautifulSoup:
    reply = signed_in(make_user(role, code)).get(reverse("compliance_matrix"), query)
    return BeautifulSoup(html(reply), "html.parser")


def row(soup: BeautifulSoup, unit: str) -> Any:
    return next(each for each in soup.select(".duty-map tbody tr") if unit in each.th.get_text())


def test_every_state_has_a_sign_and_a_word_of_its_own() -> None:
    states = set(FindingRecord.State.values)
    assert set(SIGNS) == set(SHORT) == states
    assert len(set(SIGNS.values())) == len({str(word) for word in SHORT.values()}) == len(states)


def test_a_cell_is_read_without_colour_and_leads_to_its_history(assessment: Assessment) -> None:
    cell = row(shown(), "xã Glar").select_one(".duty-cell--OVERDUE")
    assert cell.select_one(".duty-cell__sign").get_text() == SIGNS["OVERDUE"]
    assert cell.select_one(".duty-cell__word").get_text() == str(SHORT["OVERDUE"])
    assert cell.a["href"] == reverse("compliance_history", args=["glar", "directives"])
    assert "28/07/2021" in cell.a["title"]
    assert "xã Glar" in cell.a["title"]


def test_the_table_can_be_walked_by_keyboard_and_read_aloud(assessment: Assessment) -> None:
    soup = shown()
    region = soup.select_one(".duty-scroll--map")
    assert region is not None
    assert (region["tabindex"], region["role"]) == ("0", "region")
    assert region["aria-label"]
    assert soup.select_one(".duty-map caption")
    widths = [int(each["colspan"]) for each in soup.select(".duty-map thead th[scope=colgroup]")]
    assert sum(widths) == len(load_catalogue().codes) == len(soup.select(".duty-map__duties th"))
    assert len(soup.select(".duty-map tbody th[scope=row]")) == 18


def test_rows_and_columns_are_summed_up(assessment: Assessment) -> None:
    soup = shown()
    glar = [cell.get_text() for cell in row(soup, "xã Glar").select("td.number")]
    assert glar == ["0,0 %", "0/1"]
    failing = [cell.get_text() for cell in soup.select(".duty-map tfoot td.number")]
    by_code = dict(zip(load_catalogue().codes, failing, strict=True))
    assert (by_code["directives"], by_code["leaders"], by_code["news"]) == ("2", "1", "0")


@pytest.mark.parametrize(
    ("query", "units", "duties"),
    [
        ({"state": "INCOMPLETE"}, ["xã Trang"], ["directives"]),
        ({"level": "encouraged"}, ["xã Glar"], ["leaders"]),
        ({"tier": "district", "state": "MET"}, ["huyện Đak Đoa"], ["directives"]),
        ({"group": "G1", "state": "OVERDUE"}, [], []),
    ],
)
def test_a_filter_leaves_what_fits(
    assessment: Assessment, query: dict[str, str], units: list[str], duties: list[str]
) -> None:
    soup = shown(**query)
    assert [each.get_text() for each in soup.select(".duty-map tbody th")] == units
    links = [each["href"] for each in soup.select(".duty-map__duties a")]
    assert links == [reverse("compliance_section", args=[code]) for code in duties]


def test_a_filter_by_group_shows_the_score_of_the_group(assessment: Assessment) -> None:
    soup = shown(group="G1")
    assert [cell.get_text() for cell in row(soup, "xã Glar").select("td.number")] == ["–", "0/0"]
    codes = [each.code for each in load_catalogue().requirements if each.group == "G1"]
    assert len(soup.select(".duty-map__duties th")) == len(codes)


def test_nonsense_in_the_filter_shows_everything(assessment: Assessment) -> None:
    assert len(shown(state="%00", group="G99", tier="'", level="x").select(".duty-map tbody tr")) == 18


def test_an_officer_sees_the_own_unit_alone(assessment: Assessment) -> None:
    assert [each.get_text() for each in shown("officer", "glar").select(".duty-map tbody th")] == ["xã Glar"]


def test_the_export_follows_the_filter(assessment: Assessment) -> None:
    client = signed_in(make_user("board"))
    reply = client.get(reverse("compliance_matrix"), {"state": "OVERDUE", "export": "xlsx"})
    book = load_workbook(io.BytesIO(reply.getvalue()))
    head, *rows = list(book.active.iter_rows(values_only=True))
    assert len(head) == 5
    assert [each[0] for each in rows] == ["xã Glar"]
    assert rows[0][1].endswith("28/07/2021")
    assert (float(rows[0][2]), rows[0][3], rows[0][4]) == (0.0, 0, 1)


@pytest.mark.parametrize("code", ["glar", "dak-doa"], ids=["1 unit", "18 units"])
def test_it_costs_few_queries_whatever_the_size(code: str, django_assert_max_num_queries: Any) -> None:
    made = make_assessment()
    for unit in ("dak-doa", "glar", "trang", "hnol"):
        for duty in load_catalogue().codes:
            make_finding(made, unit, duty, state="OVERDUE")
    keep_scores(made)
    for user in (make_user("board", code), make_superuser()):
        client = signed_in(user)
        client.get(reverse("compliance_matrix"))
        with django_assert_max_num_queries(MOST_QUERIES):
            html(client.get(reverse("compliance_matrix")))
