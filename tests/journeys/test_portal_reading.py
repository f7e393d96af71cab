"""Public pages as they are read: by keyboard, without a script, on a thin line."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.portal import COMMUNE, DISTRICT, open_reader

# Chromium before the demo: once its loop runs, this thread's connection is another one.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.usefixtures("django_db_setup", "browser", "demo"),
]

LISTS = ("/tin-tuc/", "/chi-dao-dieu-hanh/", "/cong-khai/", "/dau-thau-mua-sam-cong/")
#: The issue's own limits, content photos apart.
HOME_BYTES, HOME_REQUESTS, HTML_BYTES, SCRIPT_BYTES = 40 * 1024, 6, 30 * 1024, 5 * 1024

MOVED = """window.moved = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.moved += one.value;
}).observe({type: "layout-shift", buffered: true});"""

SEEN = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const style = getComputedStyle(one);
  const at = document.elementFromPoint(
    Math.min(Math.max(box.x + Math.min(box.width, 60) / 2, 1), innerWidth - 1), box.y + box.height / 2);
  return {
    name: one.textContent.trim().slice(0, 40), tag: one.tagName,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    on_top: !at || one.contains(at) || at.contains(one),
  };
}"""


@pytest.fixture(params=[360, 1280])
def reader(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    page, _answers = open_reader(browser, width=request.param)
    yield page
    page.context.close()


def test_by_keyboard_every_stop_is_seen(reader: Page) -> None:
    reader.goto(DISTRICT + "/")
    reader.keyboard.press("Tab")
    expect(reader.locator(".skip-link")).to_be_in_viewport()
    reader.keyboard.press("Enter")
    assert reader.evaluate("document.activeElement.id") == "content"
    reader.goto(DISTRICT + "/")
    unseen = []
    for _stop in range(60):
        reader.keyboard.press("Tab")
        seen = reader.evaluate(SEEN)
        if seen["tag"] == "BODY":
            break
        if not (seen["ring"] and seen["inside"] and seen["on_top"]):
            unseen.append(seen)
    assert unseen == []


def test_the_menu_unfolds_by_keyboard_and_without_a_script(browser: Browser) -> None:
    page, _answers = open_reader(browser, width=360, java_script_enabled=False)
    page.goto(COMMUNE + "/")
    entry = page.get_by_role("navigation").get_by_role("link", name="Lịch công tác").first
    expect(page.locator(".menu__list")).to_be_hidden()
    page.locator(".menu summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".menu__list")).to_be_visible()
    page.keyboard.press("Tab")
    page.locator(".menu__list a", has_text="Lịch công tác").click()
    expect(page.locator("h1")).to_have_text("Lịch công tác")
    assert entry is not None
    page.context.close()


def test_without_a_script_everything_can_be_read(browser: Browser) -> None:
    page, answers = open_reader(browser, java_script_enabled=False)
    page.goto(DISTRICT + "/")
    for heading in ("front-tasks", "front-news", "front-duty", "front-budget", "front-communes"):
        expect(page.locator(f"#{heading}")).to_be_visible()
    expect(page.locator(".commune").first).to_be_visible()
    page.locator(".headline__title").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert answers.strays == []
    page.context.close()


@pytest.mark.parametrize("host", [DISTRICT, COMMUNE])
def test_a_front_page_weighs_little(browser: Browser, host: str) -> None:
    page, answers = open_reader(browser, width=360)
    page.add_init_script(MOVED)
    page.goto(host + "/", wait_until="networkidle")
    counted = {url: weight for url, weight in answers.weights.items() if "/media/" not in url}
    assert answers.strays == []
    assert len(counted) <= HOME_REQUESTS, counted
    assert sum(counted.values()) <= HOME_BYTES, counted
    assert sum(weight for url, weight in counted.items() if url.endswith(".js")) <= SCRIPT_BYTES
    html = answers.client.get("/", headers={"host": host.removeprefix("http://")}).content.decode()
    markup = re.sub("<style>.*?</style>", "", html, flags=re.DOTALL)  # its styles count as packed, above
    assert len(markup.encode()) <= HTML_BYTES
    assert page.evaluate("window.moved") <= 0.01
    page.context.close()


@pytest.mark.parametrize("path", LISTS)
def test_a_list_weighs_little(browser: Browser, path: str) -> None:
    page, answers = open_reader(browser)
    page.goto(DISTRICT + path, wait_until="networkidle")
    counted = {url: weight for url, weight in answers.weights.items() if "/media/" not in url}
    assert sum(counted.values()) <= HOME_BYTES, counted
    assert len(counted) <= HOME_REQUESTS + 4, counted  # the drawn patterns of articles without a picture
    page.context.close()


def test_type_grows_with_the_reader_s_setting(browser: Browser) -> None:
    page, _answers = open_reader(browser)
    page.goto(DISTRICT + "/")
    size = "parseFloat(getComputedStyle(document.querySelector('.headline__title')).fontSize)"
    before = page.evaluate(size)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(size) == pytest.approx(2 * before)
    page.context.close()


def test_forced_colours_leave_everything_visible(browser: Browser) -> None:
    page, _answers = open_reader(browser, forced_colors="active")
    page.goto(DISTRICT + "/")
    expect(page.locator(".brand__name")).to_be_visible()
    expect(page.locator(".menu__list a").nth(2)).to_be_visible()
    page.context.close()
