"""The one style sheet, and pages that answer where no page was found. No database is asked."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.urls import resolve

from theme import assets, portal_view
from theme.assets import files, opening, sheet, sheet_address


def request_without_site() -> HttpRequest:
    """A request that no site answers."""
    request = RequestFactory().get("/")
    request._wagtail_site = None  # type: ignore[attr-defined]
    return request


def answer(address: str, **headers: str) -> HttpResponse:
    """What the address of a style sheet answers; no database is asked."""
    found = resolve(address)
    return found.func(RequestFactory().get(address, headers=headers), **found.kwargs)


def test_the_one_style_sheet_holds_every_part_and_the_portal_s_colours() -> None:
    sheet = answer(sheet_address("#1D4E89", "#000;} a{color:red")).content.decode()
    for path in files():
        assert path.read_text(encoding="utf-8").strip().rsplit("\n", 1)[-1] in sheet
    assert "--main:#1d4e89;" in sheet
    assert "--accent:#8a5a00;" in sheet  # what is no colour is never written
    assert "color:red" not in sheet
    assert "../img/" not in sheet
    assert sheet.count("{") == sheet.count("}")


def test_an_address_of_today_is_kept_for_ever_and_an_old_one_is_not() -> None:
    address = sheet_address(None, None)
    fresh = answer(address)
    assert fresh["Cache-Control"] == "public, max-age=31536000, immutable"
    assert fresh["Content-Type"] == "text/css; charset=utf-8"
    old = answer(address[: -len("0123456789ab.css")] + "0123456789ab.css")
    assert old["Cache-Control"] == "public, max-age=60"
    assert old.content == fresh.content


def test_the_style_sheet_is_sent_packed_to_those_who_take_it_so() -> None:
    address = sheet_address(None, None)
    packed = answer(address, **{"Accept-Encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(packed.content) == answer(address).content
    assert len(packed.content) < 14_000


def test_what_is_read_first_is_styled_within_the_page_in_the_portal_s_colours() -> None:
    found = opening("#1D4E89", "#000;} a{color:red")
    assert "--main:#1d4e89;" in found.text
    for word in (".masthead", ".search-box", ".menu__list", ".crumbs", ".alert", "@layer tokens,base,frame"):
        assert word in found.text
    for word in ("color:red", ".footer", "</", "/*", "../img/", "\n"):
        assert word not in found.text
    assert found.text.count("{") == found.text.count("}")
    digest = base64.b64encode(hashlib.sha256(found.text.encode()).digest()).decode()
    assert found.source == f"'sha256-{digest}'"
    assert opening("#1D4E89", None).source != opening(None, None).source


def test_days_of_mourning_are_grey_from_the_first_paint() -> None:
    assert "mourning" not in opening(None, None).text
    assert ".page--mourning{--main:#3d3d3d;" in opening(None, None, mourning=True).text


def test_the_opening_asks_for_no_property_it_does_not_bring() -> None:
    for mourning in (False, True):
        text = opening(None, None, mourning).text
        assert set(re.findall(r"var\((--[\w-]+)", text)) == set(re.findall(r"(?<=[{;])(--[\w-]+):", text))
        assert "{}" not in text


def test_a_changed_part_changes_the_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tokens.css").write_text("a{}", encoding="utf-8")
    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    with override_settings(DEBUG=True):  # files are read anew
        first = sheet_address(None, None)
        (tmp_path / "extra.css").write_text('b{background:url("../img/brocade.svg")}', encoding="utf-8")
        assert sheet_address(None, None) != first
        assert b"/static/theme/img/brocade.svg" in sheet(None, None).text


def test_a_missing_page_is_told_of_even_where_no_site_and_no_page_is_known() -> None:
    page = render_to_string("404.html", {}, request=request_without_site())
    assert '<html lang="vi">' in page
    assert page.count("<h1") == 1
    assert "style=" not in page
    assert page.count("<style") == 1
    assert (
        page.index("</style>")
        < page.index("<header")
        < page.index(sheet_address(None, None))
        < page.index("<main")
    )


def test_the_menu_marks_the_page_and_the_section_above_it() -> None:
    place = portal_view.Portal(None)
    sections = [
        SimpleNamespace(title=title, path=path, url=f"/{path}/", live=live, in_menu=title != "D", section="")
        for title, path, live in (
            ("A", "000100010001", True),
            ("B", "000100010002", True),
            ("C", "000100010003", False),
            ("D", "000100010004", True),
        )
    ]
    place.frame = SimpleNamespace(places=sections, is_open=lambda path: True)
    deep, exact = SimpleNamespace(path="0001000100020007"), SimpleNamespace(path="000100010001")
    assert [link.current for link in place.menu(deep)] == ["", "true"]
    assert [link.current for link in place.menu(exact)] == ["page", ""]
    assert [link.current for link in place.menu()] == ["", ""]


def test_a_menu_of_hundreds_ends_in_the_map() -> None:
    place = portal_view.Portal(None)
    sections = [
        SimpleNamespace(title=f"{number}", path=f"{number:012}", url="/", live=True, in_menu=True, section="")
        for number in range(300)
    ]
    sections.append(
        SimpleNamespace(title="Map", path="x", url="/map/", live=True, in_menu=False, section="map")
    )
    place.frame = SimpleNamespace(places=sections, is_open=lambda path: True)
    links = place.menu()
    assert len(links) == portal_view.MOST_IN_MENU
    assert links[-1].title == "Map"
