"""The accountant's month end, in Chromium: open, send, the board approves, close, pay, take the list away."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from docx import Document
from playwright.sync_api import Page, expect

from compliance.models import PayeeReading, Payment, PayPeriod
from tests.builders import make_article, make_user
from tests.compliance.services.money import make_contributor, make_term
from tests.journeys.steps import PHONE, faults_on, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_month_end_of_the_accountant(live_portal: None, page: Page, address: str) -> None:
    make_user("accountant", username="ketoan")
    make_user("board", username="bientap")
    lan = make_contributor("Nguyễn Thị Lan")
    make_term(lan, 500_000)
    for number in range(1, 4):
        make_article(
            f"Tin số {number}", coefficient="1.5", people=((lan.name, "author", "100"),), office="ttvhtttt"
        )

    sign_in(page, address, "ketoan")
    page.set_viewport_size(PHONE)
    page.goto(address + reverse("compliance_periods"))
    assert faults_on(page) == []
    page.locator("input[name=month]").fill("2021-03")
    page.get_by_role("button", name="Mở kỳ").click()
    period = PayPeriod.objects.get()
    page.get_by_role("button", name="Trình duyệt").click()

    sign_in(page, address, "bientap")
    page.goto(address + reverse("compliance_period", args=[period.pk]))
    page.locator("summary", has_text="Trả lại").click()
    page.locator("#back-reason").fill("Kiểm tra lại Tin số 2")
    page.get_by_role("button", name="Đồng ý").click()

    sign_in(page, address, "ketoan")
    page.goto(address + reverse("compliance_period", args=[period.pk]))
    expect(page.locator("main")).to_contain_text("Kiểm tra lại Tin số 2")
    assert faults_on(page) == []
    page.get_by_role("button", name="Trình duyệt").click()
    sign_in(page, address, "bientap")
    page.goto(address + reverse("compliance_period", args=[period.pk]))
    page.get_by_role("button", name="Duyệt", exact=False).first.click()

    sign_in(page, address, "ketoan")
    page.goto(address + reverse("compliance_period", args=[period.pk]))
    page.locator("summary", has_text="Chốt").click()
    page.get_by_role("button", name="Đồng ý").click()
    page.get_by_role("link", name="Chi trả", exact=True).last.click()
    page.locator("input[name=paid_on]:visible").fill("2021-04-10")
    page.get_by_role("button", name="Tính theo ngày này").click()
    expect(page.locator("main")).to_contain_text("1.170.500 đ")
    assert faults_on(page) == []
    page.get_by_role("button", name="Tiếp tục với những người đã chọn").click()
    expect(page.locator("main")).to_contain_text("1.170.500 đ")
    assert faults_on(page) == []
    assert not Payment.objects.exists()
    page.get_by_role("button", name="Đồng ý chi trả").click()
    expect(page.locator(".messages")).to_be_visible()
    period.refresh_from_db()
    payment = Payment.objects.get()
    assert (period.status, payment.gross, payment.tax) == ("paid", 1_170_500, 0)

    with page.expect_download() as waiting:
        page.get_by_role("link", name="Danh sách ký nhận (Word)").click()
    with waiting.value.path().open("rb") as file:
        document = Document(io.BytesIO(file.read()))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Một triệu một trăm bảy mươi nghìn năm trăm đồng" in text

    page.goto(address + reverse("compliance_payee", args=[lan.pk]))
    page.locator("input[name=bank_account]").fill("5000 2050 1234 5")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("main")).to_contain_text("•••••••••2345")
    assert faults_on(page) == []
    assert not PayeeReading.objects.exists()
    page.get_by_role("button", name="Xem đầy đủ").click()
    expect(page.locator("main")).to_contain_text("5000205012345")
    assert PayeeReading.objects.get().user.username == "ketoan"
