"""axe-core over every kind of public page and every state: nothing of WCAG 2.2 A and AA is broken."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page

from sitepages.models import (
    ArticlePage,
    BudgetDisclosurePage,
    DisclosurePage,
    EventPage,
    LegalDocumentPage,
    Notice,
    PlainPage,
    ProcurementPage,
    SiteSettings,
    WorkSchedulePage,
)
from tests.builders import authority, make_superuser
from tests.journeys.portal import COMMUNE, DISTRICT, open_reader

# Chromium before the demo: once its loop runs, this thread's connection is another one.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.usefixtures("django_db_setup", "browser", "demo"),
]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: Wagtail draws the bar of signed-in staff itself.
NOT_OURS = [["wagtail-userbar"]]
LISTS = (
    "/", "/tin-tuc/", "/tin-tuc/?page=3", "/tin-tuc/?topic=kinh-te", "/chi-dao-dieu-hanh/", "/van-ban/",
    "/lich-cong-tac/", "/thong-bao/", "/dau-thau-mua-sam-cong/", "/cong-khai-ngan-sach/",
    "/thu-tuc-hanh-chinh/", "/lien-he/", "/gioi-thieu/", "/cong-khai/", "/hoi-dap/", "/minh-bach/",
    "/khong-co-trang-nay/",
)  # fmt: skip
RECORDS: tuple[Any, ...] = (
    ArticlePage, LegalDocumentPage, WorkSchedulePage, ProcurementPage, BudgetDisclosurePage,
    DisclosurePage, EventPage, PlainPage,
)  # fmt: skip
MODES = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]


def paths(code: str) -> list[str]:
    """Every list, and one page of every kind."""
    root = authority(code).site.root_page
    found = list(LISTS)
    for model in RECORDS:
        page = model.objects.descendant_of(root).live().order_by("-first_published_at", "-pk").first()
        found += [page.get_url_parts()[2]] if page else []
    return found


def faults(page: Page) -> list[str]:
    """What axe finds, and what it does not look for: one h1, no sideways scrolling, no heading left out."""
    results = Axe().run(
        page, context={"exclude": NOT_OURS}, options={"runOnly": RULES, "resultTypes": ["violations"]}
    )
    found = [
        f"{each['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for each in results.response["violations"]
        for node in each["nodes"][:3]
    ]
    if page.locator("h1").count() != 1:
        found.append("not one h1")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        found.append(f"too wide by {wide}")
    if page.locator("html").get_attribute("lang") != "vi":
        found.append("no lang")
    return found


@pytest.fixture(params=MODES, ids=lambda mode: f"{mode[0]}-{mode[1]}")
def mode(request: pytest.FixtureRequest) -> tuple[int, str]:
    return request.param


@pytest.fixture
def reader(browser: Browser, mode: tuple[int, str]) -> Iterator[Page]:
    page, _answers = open_reader(browser, width=mode[0], scheme=mode[1])
    yield page
    page.context.close()


@pytest.mark.parametrize(("code", "host"), [("dak-doa", DISTRICT), ("glar", COMMUNE)])
def test_every_kind_of_page(reader: Page, code: str, host: str) -> None:
    wrong = {}
    for path in paths(code):
        reader.goto(host + path)
        found = faults(reader)
        if found:
            wrong[path] = found
    assert wrong == {}


def test_pages_with_notices_in_days_of_mourning_and_unfolded(reader: Page) -> None:
    today = timezone.localdate()
    for level in Notice.Level.values:
        Notice.objects.create(
            authority=authority("glar"), text="Tạm ngừng cấp nước", level=level, link="/thong-bao/",
            first_day=today, last_day=today + datetime.timedelta(days=1),
        )  # fmt: skip
    texts = SiteSettings.for_site(authority("glar").site)
    texts.mourning_from, texts.mourning_reason = today, "Quốc tang"
    texts.save()
    reader.goto(COMMUNE + "/")
    for switch in reader.locator("details:visible > summary").all():
        switch.click()
    assert faults(reader) == []


def test_the_page_of_components(browser: Browser, mode: tuple[int, str]) -> None:
    client = Client()
    client.force_login(make_superuser())
    page, _answers = open_reader(browser, width=mode[0], scheme=mode[1], client=client)
    page.goto(DISTRICT + "/admin/interface/")
    assert page.locator(".specimen").count() == 2
    assert faults(page) == []
    page.context.close()


def test_at_four_hundred_per_cent_and_with_doubled_type(browser: Browser) -> None:
    page, _answers = open_reader(browser, width=320)
    for path in paths("dak-doa"):
        page.goto(DISTRICT + path)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path
    page.set_viewport_size({"width": 1280, "height": 800})
    for path in ("/", "/tin-tuc/", "/van-ban/"):
        page.goto(DISTRICT + path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate(CLIPPED) == [], path
    page.context.close()


#: Lines too low for letters with two marks, and boxes that cut their text off.
CLIPPED = """() => {
  const found = [];
  for (const one of document.querySelectorAll("main *, header *, nav *, footer *")) {
    if (!one.checkVisibility() || !one.childNodes.length) continue;
    const text = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    const aside = "svg, .visually-hidden, [aria-hidden=true], .card__lead, .menu__home-word";
    if (!text || one.closest(aside)) continue;
    const style = getComputedStyle(one), size = parseFloat(style.fontSize);
    if (parseFloat(style.lineHeight) < 1.3 * size - .5) found.push("low: " + one.className + one.tagName);
    const cut = style.overflow !== "visible" && one.scrollHeight > one.clientHeight + 1;
    if (cut) found.push("cut: " + one.className);
  }
  return found;
}"""
