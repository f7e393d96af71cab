"""Steps that several journeys take."""

from __future__ import annotations

from playwright.sync_api import Page, ViewportSize


def sign_in(page: Page, address: str, username: str) -> None:
    """Sign in as one of the test's users."""
    page.context.clear_cookies()
    page.goto(f"{address}/admin/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", "pass-word-1234")
    page.click("button[type=submit]")
    page.wait_for_url(f"{address}/admin/")


PHONE = ViewportSize(width=360, height=800)

_FAULTS = """() => {
  const found = [];
  for (const field of document.querySelectorAll("main input, main select, main textarea")) {
    if (["hidden", "submit"].includes(field.type) || !field.checkVisibility()) continue;
    const named = [...(field.labels || [])].some((label) => label.textContent.trim());
    const told = ["aria-label", "aria-labelledby", "title"].some((name) => field.getAttribute(name));
    if (!named && !told) found.push("no label: " + (field.name || field.id));
  }
  for (const one of document.querySelectorAll("main button, main a[href]")) {
    if (!one.checkVisibility()) continue;
    const picture = one.querySelector("img[alt]:not([alt=''])");
    if (!(one.textContent.trim() || one.getAttribute("aria-label") || one.title || picture))
      found.push("no name: " + one.outerHTML.slice(0, 80));
  }
  const ids = [...document.querySelectorAll("main [id]")].map((one) => one.id);
  for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) found.push("twice: " + id);
  if (document.querySelectorAll("h1").length !== 1) found.push("not one h1");
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) found.push("the page is too wide by " + wide);
  return found;
}"""


def faults_on(page: Page) -> list[str]:
    """What keeps a person from using the page: nameless fields and buttons, ids twice, a page too wide."""
    found: list[str] = page.evaluate(_FAULTS)
    return found
