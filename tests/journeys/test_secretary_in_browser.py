"""The secretary's month end, in Chromium, by keyboard: grades proposed, a fault mended, another approves."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from compliance.models import ArticleGrade, RoyaltyRate
from sitepages.models import ArticlePage
from tests.builders import authority, make_article, make_user
from tests.journeys.steps import PHONE, faults_on, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST = datetime.date(2020, 1, 1)
#: A button by its value, any other field by its name.
_NAMED = (
    "document.activeElement.type === 'submit' ? document.activeElement.value : document.activeElement.name"
)


def _rate(grade: str, coefficient: str) -> None:
    RoyaltyRate.objects.create(
        authority=authority(), genre="news", grade=grade, coefficient=Decimal(coefficient),
        decision_number="12/QĐ-UBND", decision_date=FIRST, valid_from=FIRST,
    )  # fmt: skip


def _tab_to(page: Page, name: str) -> None:
    """Reach a field with the Tab key alone."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate(_NAMED) == name:
            return
    raise AssertionError(f"{name} is not reached by Tab")


def _grades() -> dict[str, tuple[str, Decimal, str]]:
    found = ArticleGrade.objects.select_related("article", "graded_by")
    return {
        each.article.title: (each.grade, each.coefficient, each.graded_by.username)
        for each in found
        if each.graded_by is not None
    }


def test_the_month_end_of_the_secretary(live_portal: None, page: Page, address: str) -> None:
    _rate("A", "2")
    _rate("B", "1.5")
    titles = ("Tin thứ nhất", "Tin thứ hai", "Tin thứ ba")
    first, second, third = (
        make_article(title, published=f"2021-03-0{day}T09:00") for day, title in enumerate(titles, 1)
    )
    make_user("secretary", username="thuky")
    for name in ("bientap1", "bientap2"):
        make_user("board", username=name)
    grading = f"{address}{reverse('compliance_grading')}?month=2021-03"

    sign_in(page, address, "thuky")
    page.set_viewport_size(PHONE)
    page.goto(grading)
    assert faults_on(page) == []
    _tab_to(page, f"level-{first.pk}")
    page.keyboard.type("B")  # the grade by its letter, and its coefficient comes along
    expect(page.locator(f"[name=grade-{first.pk}]")).to_have_value("1,5")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(f"[name=grade-{second.pk}]")).to_be_focused()
    page.keyboard.type("2,5x")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("1,2")
    _tab_to(page, "save")
    page.keyboard.press("Enter")

    bad = page.locator(f"[name=grade-{second.pk}]")
    expect(bad).to_have_value("2,5x")
    expect(bad).to_be_focused()
    expect(bad).to_have_attribute("aria-invalid", "true")
    expect(page.locator(f"#fault-{second.pk}")).to_be_visible()
    assert faults_on(page) == []
    assert _grades() == {
        "Tin thứ nhất": ("B", Decimal("1.50"), "thuky"),
        "Tin thứ ba": ("", Decimal("1.20"), "thuky"),
    }
    page.keyboard.press("Control+A")
    page.keyboard.type("2,5")
    _tab_to(page, "save")
    page.keyboard.press("Enter")
    expect(page.locator(".messages .success")).to_be_visible()
    expect(page.locator("button[value=approve_all]")).to_have_count(0)
    expect(page.locator("[name^=genre-]")).to_have_count(0)  # the genre is the board's
    assert _grades()["Tin thứ hai"] == ("", Decimal("2.50"), "thuky")

    sign_in(page, address, "bientap1")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(grading)
    _tab_to(page, f"genre-{third.pk}")
    genre = page.locator(f"[name=genre-{third.pk}]")
    page.keyboard.press("ArrowDown")
    expect(genre).not_to_have_value("news")
    chosen = genre.input_value()
    _tab_to(page, "save")
    page.keyboard.press("Enter")
    expect(page.locator(".messages .success")).to_be_visible()
    assert ArticlePage.objects.get(pk=third.pk).genre == chosen
    page.locator("button[value=approve_all]").click()
    expect(page.locator(f"#fault-{third.pk}")).to_be_visible()  # the change is bientap1's own proposal
    expect(page.locator("main")).to_contain_text("Người khác phải duyệt")
    assert set(ArticleGrade.objects.filter(approved_at__isnull=False).values_list("article", flat=True)) == {
        first.pk,
        second.pk,
    }

    sign_in(page, address, "bientap2")
    page.goto(grading)
    page.locator("button[value=approve_all]").click()
    expect(page.locator(".messages .success")).to_be_visible()
    expect(page.locator(".grading-state--approved")).to_have_count(3)
    approved = {grade.article_id: grade.approved_by.username for grade in ArticleGrade.objects.all()}
    assert approved == {first.pk: "bientap1", second.pk: "bientap1", third.pk: "bientap2"}
    assert faults_on(page) == []
