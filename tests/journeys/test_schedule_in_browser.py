"""A commune officer's day, in Chromium: overdue schedule seen, next week's published, flag gone."""

from __future__ import annotations

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from sitepages.models import WorkSchedulePage
from tests.builders import make_article, make_schedule, make_user
from tests.journeys.steps import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_out(page: Page) -> None:
    page.context.clear_cookies()


def test_officer_clears_the_overdue_schedule(live_portal: None, page: Page, address: str) -> None:
    today = timezone.localdate()
    monday = today - datetime.timedelta(days=today.weekday())
    old = monday - datetime.timedelta(weeks=2)
    make_schedule(old, code="glar", published=f"{old - datetime.timedelta(days=2)}T09:00")
    make_user("officer", "glar", "canbo")
    make_user("board", "glar", "bientap")
    call_command("assess", verbosity=0)

    sign_in(page, address, "canbo")
    flag = page.locator(".duty-item--OVERDUE", has_text="Lịch làm việc của lãnh đạo")
    expect(flag).to_contain_text("Quá hạn")
    flag.get_by_role("link", name="Thêm nội dung còn thiếu").click()
    expect(page.locator("#id_week_start")).to_have_value(monday.isoformat())
    page.fill("#id_rows-0-date", monday.isoformat())
    page.fill("#id_rows-0-leader", "Chủ tịch UBND xã")
    page.fill("#id_rows-0-content", "Giao ban đầu tuần")
    page.fill("#id_rows-0-place", "Phòng họp")
    page.locator("button[name='action-submit']").first.click()
    expect(page.locator(".messages")).to_contain_text("Lịch công tác tuần")
    draft = WorkSchedulePage.objects.get(week_start=monday)
    assert not draft.live
    sign_out(page)

    sign_in(page, address, "bientap")
    page.goto(f"{address}/admin/pages/{draft.pk}/edit/")
    page.locator("[data-workflow-action-name='approve']").first.click()
    expect(page.locator(".messages")).to_be_visible()
    draft.refresh_from_db()
    assert draft.live
    sign_out(page)

    sign_in(page, address, "canbo")
    done = page.locator("details.duty-part", has_text="Đã thực hiện sau lần đánh giá này")
    expect(done).to_contain_text("Lịch làm việc của lãnh đạo")
    call_command("assess", verbosity=0)
    page.reload()
    expect(page.locator("#panel-duties-heading, [id*='duties']").first).to_be_visible()
    expect(page.locator(".duty-item--OVERDUE", has_text="Lịch làm việc của lãnh đạo")).to_have_count(0)


def test_head_of_office_reads_and_changes_nothing(live_portal: None, page: Page, address: str) -> None:
    article = make_article("Tin của Công an", office="cong-an")
    make_user("office-head", "dak-doa", "thutruong")
    sign_in(page, address, "thutruong")
    page.get_by_role("button", name="Số liệu tin, bài").click()
    page.get_by_role("link", name="Tin bài theo đơn vị").click()
    row = page.locator("tr", has_text="Công an huyện")
    expect(row.locator("td").last).to_have_text("1")
    row.get_by_role("link", name="1").click()
    expect(page.locator("main")).to_contain_text("Tin của Công an")
    for path in (
        f"pages/{article.pk}/edit/",
        "grading/",
        "pay-periods/",
        "royalty_rates/",
        "offices/",
    ):
        page.goto(f"{address}/admin/{path}")
        expect(page.locator("#id_title, .duty-table, table.listing")).to_have_count(0)
    article.refresh_from_db()
    assert article.title == "Tin của Công an"
