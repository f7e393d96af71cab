"""A review, in Chromium: marks in the grid, closing, a commune's objection and its answer, the report."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from docx import Document
from playwright.sync_api import Page, expect

from compliance.models import Objection, ReviewScore
from tests.builders import make_user
from tests.journeys.steps import sign_in
from tests.reviewing import make_review, mark

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_review_from_grid_to_report(live_portal: None, page: Page, address: str) -> None:
    make_user("reviewer", "dak-doa", "thamdinh")
    make_user("board", "glar", "bangiar")
    review = make_review("rs-2019", units=["glar", "trang"], name="Rà soát 6 tháng đầu năm 2019")
    mark(review, "trang", directives="met", leaders_schedule="met")
    mark(review, "glar", leaders_schedule="met")

    sign_in(page, address, "thamdinh")
    page.goto(address + reverse("compliance_review_grid", args=[review.pk]) + "?section=directives")
    page.get_by_label("xã Glar: Thông tin chỉ đạo, điều hành", exact=True).select_option("missing")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator(".messages")).to_be_visible()
    page.goto(address + reverse("compliance_review_close", args=[review.pk]))
    page.locator("form[method=post] button[type=submit]").last.click()
    review.refresh_from_db()
    assert review.is_closed
    frozen = ReviewScore.objects.get(review=review, authority__code="glar")
    assert frozen.states == {"directives": "missing", "leaders_schedule": "met"}

    sign_in(page, address, "bangiar")
    page.goto(address + reverse("compliance_review_unit", args=[review.pk, "glar"]))
    page.get_by_role("link", name="chỉ đạo, điều hành").last.click()
    page.locator("form.review-form textarea").fill("Văn bản đã đăng ngày 05/06/2019.")
    page.locator("form.review-form button[type=submit]").click()
    objection = Objection.objects.get()
    assert objection.text.startswith("Văn bản đã đăng")

    sign_in(page, address, "thamdinh")
    page.goto(address + reverse("compliance_review_answer", args=[review.pk, objection.pk]))
    page.locator("form.review-form textarea").fill("Đã kiểm tra, chấp nhận.")
    page.locator("form.review-form select").first.select_option("met")
    page.locator("form.review-form button[type=submit]").click()
    objection.refresh_from_db()
    assert objection.is_accepted
    newest = ReviewScore.objects.filter(review=review, authority__code="glar").order_by("-pk").first()
    assert newest is not None
    assert (newest.pk > frozen.pk, newest.states["directives"]) == (True, "met")

    page.goto(address + reverse("compliance_review", args=[review.pk]))
    with page.expect_download() as waiting:
        page.locator("a[href*='docx']").first.click()
    with waiting.value.path().open("rb") as file:
        document = Document(io.BytesIO(file.read()))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "BÁO CÁO" in text
