"""A citizen finds a document and asks; officers answer and approve; everybody reads it without who asked."""

from __future__ import annotations

import datetime
import re
import time

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from compliance.models import Question, QuestionRating
from compliance.post.question_letters import rating_link
from compliance.templatetags.question_tags import grouped
from tests.builders import authority, make_document, make_user
from tests.journeys.steps import PHONE, faults_on, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAME = "Nguyễn Thị Lan"


def _find(page: Page, address: str) -> None:
    """From the front page to a document, typed without diacritics as on a telephone; then to the form."""
    page.goto(f"{address}/")
    page.fill("#search-box", "cap doi giay chung nhan")
    page.click(".search-box button")
    page.locator(".found__title a").first.click()
    expect(page.locator("h1")).to_contain_text("Quyết định 15/QĐ-UBND")
    expect(page.locator("main")).to_contain_text("cấp đổi giấy chứng nhận quyền sử dụng đất")
    page.goto(f"{address}/hoi-dap/")
    page.locator("main a[href$='/hoi-dap/gui/']").first.click()


def _ask(browser: Browser, address: str) -> str:
    """On a telephone, without scripts: a first try that lacks everything, then the question. Its code."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    _find(page, address)
    opened = time.monotonic()
    assert faults_on_plain(page) == 0
    page.click("button.desk-send")
    expect(page.locator(".desk-faults a")).to_have_count(5)
    page.select_option("#subject", "land")
    page.fill("#topic", "Cấp đổi giấy chứng nhận")
    page.fill("#text", f"Tôi là {NAME}, điện thoại 0905 123 456, hỏi về thủ tục cấp đổi.")
    page.fill("#name", NAME)
    page.fill("#phone", "0905 123 456")
    page.check("#consent")
    page.wait_for_timeout(max(0.0, 6.0 - (time.monotonic() - opened)) * 1000)
    page.click("button.desk-send")
    code = page.locator(".desk-code").inner_text()
    page.goto(f"{address}/hoi-dap/tra-cuu/")
    page.fill("#code", code.lower().replace("-", " "))
    page.click("button.desk-send")
    expect(page.locator("#steps")).to_be_visible()
    assert NAME not in page.content()
    assert not context.cookies()
    context.close()
    return code


def faults_on_plain(page: Page) -> int:
    """How much wider than the screen the page is, read without the page's own scripts."""
    box = page.locator("main").bounding_box()
    return 0 if box and box["x"] + box["width"] <= PHONE["width"] else 1


def test_from_the_question_to_the_rating(
    live_portal: None, browser: Browser, page: Page, address: str
) -> None:
    document = make_document("15/QĐ-UBND", issued=datetime.date(2021, 3, 1), published="2021-03-01T08:00")
    document.abstract = "Về trình tự cấp đổi giấy chứng nhận quyền sử dụng đất"
    document.save_revision().publish()
    code = _ask(browser, address)
    question = Question.objects.get()
    assert grouped(question.code) == code
    make_user("officer", username="canbo")
    make_user("board", username="duyet")
    office = authority().offices.order_by("pk").first()
    assert office
    place = f"{address}{reverse('compliance_question', args=[question.pk])}"

    sign_in(page, address, "canbo")
    page.goto(f"{address}{reverse('compliance_questions')}")
    page.click("text=Cấp đổi giấy chứng nhận")
    assert NAME in page.inner_text("main")  # in the text itself, not as contact data
    page.locator("summary", has_text=re.compile("Give to an office|Giao đơn vị")).click()
    page.select_option("#id_assign-office", str(office.pk))
    page.locator("form[action$='/do/assign/'] button").click()
    page.goto(f"{place}answer/")
    assert NAME not in page.input_value("#id_public_text")
    page.fill("#id_answer", f"Chào bà {NAME}, nộp hồ sơ tại bộ phận một cửa.")
    page.click(".pay-form button[type=submit]")
    expect(page.locator(".errorlist")).to_contain_text(NAME)
    page.fill("#id_answer", "Nộp hồ sơ tại bộ phận một cửa.")
    page.click(".pay-form button[type=submit]")
    page.wait_for_url(place)
    expect(page.locator("form[action$='/do/approve/']")).to_have_count(0)

    sign_in(page, address, "duyet")
    page.set_viewport_size(PHONE)
    page.goto(place)
    assert faults_on(page) == []
    page.locator("form[action$='/do/approve/'] button").click()
    page.wait_for_url(place)
    question.refresh_from_db()
    assert question.page

    page.context.clear_cookies()
    page.goto(f"{address}{question.page.url_path.removeprefix('/' + question.page.url_path.split('/')[1])}")
    expect(page.locator("main")).to_contain_text("Nộp hồ sơ tại bộ phận một cửa.")
    for word in (NAME, "0905"):
        assert word not in page.inner_text("main")
    page.goto(f"{address}/{rating_link(question).split('/', 3)[3]}")
    page.check("#stars_0")
    page.click("button.desk-send")
    expect(page.locator("[role=status]")).to_be_visible()
    assert QuestionRating.objects.get().stars == 5
