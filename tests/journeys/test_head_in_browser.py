"""A head of office in Chromium: reads the overview, goes into a cell, changes nothing; an editor credits."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from compliance.models import Quota
from sitepages.models import Contributor, Office, PenName
from tests.builders import authority, make_article, make_user
from tests.journeys.steps import PHONE, faults_on, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_head_reads_the_table_goes_into_a_cell_and_changes_nothing(
    live_portal: None, page: Page, address: str
) -> None:
    article = make_article("Tin của Công an", office="cong-an", published="2021-03-04T09:00")
    make_article("Tin của Glar", code="glar", published="2021-03-05T09:00")
    office = Office.objects.get(authority__code="dak-doa", code="cong-an")
    Quota.objects.create(office=office, per_month=2, valid_from="2021-01-01", decision_number="1/QĐ")
    make_user("office-head", "dak-doa", "thutruong")
    sign_in(page, address, "thutruong")
    page.goto(f"{address}{reverse('compliance_overview')}?first=2021-03&last=2021-03")
    expect(page.locator("svg[role=img] title").first).to_be_attached()
    wide = page.viewport_size
    page.set_viewport_size(PHONE)
    assert faults_on(page) == []
    page.set_viewport_size(wide or PHONE)
    portals = page.locator("table").first
    expect(portals.locator("tr", has_text="xã Glar").locator("td").nth(1)).to_have_text("1")
    row = page.locator("#offices tr", has_text="Công an huyện").first
    expect(row.locator("td").last).to_have_text("1")
    row.get_by_role("link", name="1").click()
    expect(page.locator("main")).to_contain_text("Tin của Công an")

    for path in (
        f"pages/{article.pk}/edit/",
        "contributors/",
        "quotas/",
        "credit-names/",
        "my-articles/",
        "grading/",
    ):
        page.goto(f"{address}/admin/{path}")
        expect(page.locator("#id_title, .duty-table, table.listing")).to_have_count(0)
    page.goto(f"{address}{reverse('compliance_overview')}")
    page.locator("form[method=post] button[type=submit]").last.click()
    expect(page.locator(".messages")).to_be_visible()
    article.refresh_from_db()
    assert article.title == "Tin của Công an"


def test_an_editor_chooses_a_contributor(live_portal: None, page: Page, address: str) -> None:
    unit = authority("glar")
    office = Office.objects.get(authority=unit)
    for number in range(9):
        Contributor.objects.create(authority=unit, name=f"Người số {number}")
    person: Any = Contributor(authority=unit, name="Đặng Thị Huệ", office=office)
    person.pen_names = [PenName(name="Bút Sen")]
    person.save()
    article = make_article("Tin của xã", code="glar", people=(("Huệ", "author", "100"),))
    make_user("officer", "glar", "canbo")
    sign_in(page, address, "canbo")
    page.goto(f"{address}/admin/pages/{article.pk}/edit/")
    select = page.locator("#id_contributions-0-contributor")
    select.scroll_into_view_if_needed()
    page.locator("[data-credit-filter]").first.fill("dang thi")
    expect(select.locator("option:not([hidden])")).to_have_count(2)
    select.select_option(str(person.pk))
    expect(page.locator("#id_contributions-0-name")).to_have_value("Đặng Thị Huệ")
    expect(page.locator("#id_contributions-0-pen_name")).to_have_value("Bút Sen")
    expect(page.locator("#id_contributions-0-office")).to_have_value(str(office.pk))
    page.locator("button[name='action-submit']").first.click()
    expect(page.locator(".messages")).to_be_visible()
    article.refresh_from_db()
    line = article.get_latest_revision_as_object().contributions.get()
    assert (line.contributor, line.pen_name, line.office) == (person, "Bút Sen", office)
