"""A commune officer's day with duties, in Chromium: see, confirm, declare; the next assessment agrees."""

from __future__ import annotations

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from compliance.models import Declaration, FindingRecord
from sitepages.models import PlainPage
from sitepages.queries import section_page
from tests.builders import authority, make_user
from tests.journeys.steps import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def state(duty: str) -> str:
    """The newest finding of the unit."""
    call_command("assess", verbosity=0)
    found = FindingRecord.objects.filter(authority__code="glar", duty=duty).order_by("-pk").first()
    return found.reason if found else ""


def test_officer_sees_confirms_and_declares(live_portal: None, page: Page, address: str) -> None:
    old = timezone.now() - datetime.timedelta(days=300)
    about = PlainPage(
        title="Giới thiệu xã",
        covers=["org_chart", "functions"],
        body=[("paragraph", "<p>Xã Glar.</p>")],
        live=True,
        first_published_at=old,
        last_published_at=old,
    )
    section_page(authority("glar"), "intro_apparatus").add_child(instance=about)
    make_user("officer", "glar", "canbo")
    assert state("intro_apparatus") == "stale"

    sign_in(page, address, "canbo")
    flag = page.locator(".duty-item--OVERDUE", has_text="Giới thiệu chung").first
    expect(flag).to_contain_text("Quá hạn")
    flag.get_by_role("link", name="Xác nhận còn đúng").first.click()
    page.get_by_role("button", name="Vẫn đúng").first.click()
    expect(page.locator(".messages")).to_be_visible()
    about.refresh_from_db()
    assert about.confirmed_at is not None
    assert about.confirmed_by.username == "canbo"
    assert state("intro_apparatus") != "stale"

    page.goto(address + reverse("compliance_declare", args=["glar", "projects_procurement"]))
    page.get_by_role("button", name="Khai").first.click()
    expect(page.locator(".messages")).to_be_visible()
    declared = Declaration.objects.get(authority__code="glar", duty="projects_procurement")
    assert declared.stated_by.username == "canbo"
    assert state("projects_procurement") == "nothing_arose"
    page.goto(address + reverse("compliance_unit", args=["glar"]))
    expect(page.locator("main")).to_contain_text("Không phát sinh")
