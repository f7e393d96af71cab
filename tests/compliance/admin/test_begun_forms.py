"""A task's link opens the form of the record that is missing, filled with the period it is for."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from sitepages.models import BudgetDisclosurePage, DisclosurePage, WorkSchedulePage
from sitepages.periods import Period, read_period
from sitepages.queries import section_page
from tests.builders import authority, make_user, signed_in
from tests.compliance.admin.findings import html, make_assessment, make_finding, open_item

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def form(model: type, section: str, unit: str = "glar", **query: str) -> Any:
    """The form of a new record of a section of Glar, as that unit's officer sees it."""
    home = section_page(authority("glar"), section)
    url = reverse("wagtailadmin_pages:add", args=["sitepages", model._meta.model_name, home.pk])  # type: ignore[attr-defined]
    return signed_in(make_user("officer", unit)).get(url, query)


def test_a_budget_begins_with_its_kind_year_and_period() -> None:
    page = form(BudgetDisclosurePage, "budget", duty="budget_execution", period="2026-M9").context["form"]
    assert [page[name].value() for name in ("kind", "fiscal_year", "period")] == ["execution", 2026, "M9"]


def test_a_record_begins_with_its_year_or_month() -> None:
    page = form(DisclosurePage, "unit_budget", duty="unit_budget", period="2026-M6").context["form"]
    assert (page.initial["fiscal_year"], page.initial["period_token"]) == (2026, "M6")
    month = form(DisclosurePage, "citizen_reception_complaints", period="2026-11").context["form"]
    assert (month.initial["fiscal_year"], month.initial["month"]) == (2026, 11)


def test_a_schedule_begins_with_the_week_owed() -> None:
    page = form(WorkSchedulePage, "leaders_schedule", period="2026-11-16").context["form"]
    assert page["week_start"].value() == datetime.date(2026, 11, 16)
    assert "16/11/2026" in page["title"].value()


@pytest.mark.parametrize("period", ["", "2026-13", "199", "%00", "x" * 999, "2026-11-31"])
def test_any_other_text_fills_nothing(period: str) -> None:
    page = form(DisclosurePage, "unit_budget", duty=period, period=period).context["form"]
    assert page.initial.get("fiscal_year") is None
    assert form(WorkSchedulePage, "leaders_schedule", period=period).status_code == 200
    assert form(BudgetDisclosurePage, "budget", duty=period, period=period).status_code == 200


def test_the_duties_of_the_section_stand_beside_a_new_record() -> None:
    made = make_assessment()
    make_finding(made, duty="directives", state="MISSING", open_items=[open_item("MISSING")])
    make_finding(made, "trang", state="OVERDUE")
    home = section_page(authority("glar"), "directives")
    url = reverse("wagtailadmin_pages:add", args=["sitepages", "legaldocumentpage", home.pk])
    page = signed_in(make_user("officer", "glar")).get(url)
    panel = BeautifulSoup(html(page), "html.parser").select_one(".duty-side")
    assert panel.select_one("#duty-directives")
    assert len(panel.select(".duty-item")) == 1


def test_an_officer_of_another_unit_gets_no_form() -> None:
    reply = form(DisclosurePage, "unit_budget", unit="trang", duty="unit_budget", period="2026")
    assert reply.status_code in (302, 403)


@pytest.mark.parametrize(
    ("code", "period"),
    [
        ("2021", Period(2021)),
        ("2021-M6", Period(2021, "M6")),
        ("2021-07", Period(2021, "", 7)),
        ("2021-M7", None),
        ("2021-7", None),
        (" 2021", None),
    ],
)
def test_a_period_is_read_from_its_code(code: str, period: Period | None) -> None:
    assert read_period(code) == period
