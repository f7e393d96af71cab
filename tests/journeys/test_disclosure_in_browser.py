"""A record filled in by an officer, approved, and read on a telephone without scripts, in Chromium."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from sitepages.models import DisclosurePage
from sitepages.queries import section_page
from tests.builders import authority, make_disclosure, make_user
from tests.journeys.test_schedule_in_browser import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_officer_fills_a_record(live_portal: None, page: Page, address: str) -> None:
    make_user("officer", "glar", "canbo")
    make_user("board", "glar", "bientap")
    place = section_page(authority("glar"), "unit_budget")
    sign_in(page, address, "canbo")
    page.goto(f"{address}/admin/pages/add/sitepages/disclosurepage/{place.pk}/")
    expect(page.locator("[name='month'], [name='answered_on']")).to_have_count(0)
    page.fill("#id_title", "Thực hiện dự toán 6 tháng")
    page.locator("[name='kind'][value='quarter_or_half_year']").check()
    page.fill("#id_legal_day", "2021-06-30")
    page.fill("#id_fiscal_year", "2021")
    page.select_option("#id_period_token", "M6")
    page.fill("#id_details-unit", "UBND xã Glar")
    page.locator("button[name='action-submit']").first.click()
    expect(page.locator(".messages")).to_contain_text("Thực hiện dự toán 6 tháng")
    record = DisclosurePage.objects.get(title="Thực hiện dự toán 6 tháng")
    assert (record.kind, record.period_code, record.details) == (
        *("quarter_or_half_year", "2021-M6", {"unit": "UBND xã Glar"}),
    )
    page.context.clear_cookies()

    sign_in(page, address, "bientap")
    page.goto(f"{address}/admin/pages/{record.pk}/edit/")
    expect(page.locator("#id_details-unit")).to_have_value("UBND xã Glar")
    page.locator("[data-workflow-action-name='approve']").first.click()
    expect(page.locator(".messages")).to_be_visible()
    record.refresh_from_db()
    assert record.live
    assert record.facts().filled == {"unit", "budget_year", "kind", "date"}


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_fronts_fit_every_screen_without_scripts(
    width: int, live_portal: None, browser: Browser, address: str
) -> None:
    make_disclosure(
        "officials_contacts",
        title="Danh bạ công chức tư pháp - hộ tịch, văn hóa - xã hội của Ủy ban nhân dân huyện",
        details={"full_name": "A", "official_email": "mot-dia-chi-thu-dien-tu-rat-dai@dakdoa.example"},
        published="2021-02-01T08:00",
        slug="danh-ba",
    )
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    for path in ("/", "/cong-khai/", "/can-bo-lien-he/", "/can-bo-lien-he/danh-ba/", "/moi-goi-dau-tu/"):
        page.goto(address + path)
        inside = page.locator("body").bounding_box()
        assert inside is not None
        assert inside["width"] <= width
        for part in page.locator("main, .map__group, .entry, .fields, .menu__list").all():
            box = part.bounding_box()
            assert box is None or box["x"] + box["width"] <= width + 1, path
    page.goto(address + "/")
    if (fold := page.locator(".menu summary")).is_visible():
        fold.click()
    page.locator(".menu a", has_text="Công khai").last.click()
    expect(page.locator(".map__group")).to_have_count(8)
    page.locator(".map a", has_text="Danh bạ cán bộ").click()
    expect(page.locator("h1")).to_have_text("Danh bạ cán bộ, công chức")
    context.close()
