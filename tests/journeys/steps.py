"""Steps that several journeys take."""

from __future__ import annotations

from playwright.sync_api import Page


def sign_in(page: Page, address: str, username: str) -> None:
    """Sign in as one of the test's users."""
    page.context.clear_cookies()
    page.goto(f"{address}/admin/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", "pass-word-1234")
    page.click("button[type=submit]")
    page.wait_for_url(f"{address}/admin/")
