"""Pages shown when the portal cannot or will not answer: they ask no database, and look like the portal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import RequestFactory

from theme.assets import specimen_sheet
from theme.views import csrf_failure

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("template", ["500.html", "503.html", "403_csrf.html"])
def test_a_plain_page_needs_nothing(template: str) -> None:
    page = render_to_string(template)
    assert '<html lang="vi">' in page
    assert page.count("<h1") == 1
    assert page.count('rel="stylesheet"') == 1
    assert "style=" not in page
    assert "<script" not in page


def test_a_refused_form_is_told_in_the_portal_s_words() -> None:
    reply = csrf_failure(RequestFactory().post("/"), reason="CSRF token missing")
    assert reply.status_code == 403
    page = reply.content.decode()
    assert "page--broken" in page
    assert "CSRF token missing" not in page


def test_pages_for_the_web_server_stand_on_their_own(tmp_path: Path) -> None:
    call_command("write_offline_pages", str(tmp_path / "offline"))
    pages = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "offline").iterdir()}
    assert set(pages) == {"500.html", "503.html", "portal.css"}
    for name in ("500.html", "503.html"):
        assert re.findall(r'(?:src|href)="([^"]+)"', pages[name]) == ["/offline/portal.css", "/"]
    assert "url(" not in pages["portal.css"]


def test_the_dark_specimens_hold_the_dark_tokens() -> None:
    sheet = specimen_sheet()
    assert sheet.startswith(".as-dark{")
    assert "--ground: #151311;" in sheet
    assert "--main-fill:" in sheet
    assert sheet.count("{") == sheet.count("}") == 1
