"""The style sheet of colours, and pages that answer where no page was found. No database is asked."""

from __future__ import annotations

from types import SimpleNamespace

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory

from theme import portal_view
from theme.views import colours


def request_without_site() -> HttpRequest:
    """A request that no site answers."""
    request = RequestFactory().get("/")
    request._wagtail_site = None  # type: ignore[attr-defined]
    return request


def test_without_a_site_the_colours_are_the_defaults_and_are_kept_five_minutes() -> None:
    answer = colours(request_without_site())
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "max-age=300" in answer["Cache-Control"]
    assert "--main: #8f1d1d;" in answer.content.decode()


def test_a_site_s_colours_are_written_and_wrong_ones_are_not() -> None:
    request = request_without_site()
    place = portal_view.portal_of(request)
    place.__dict__["texts"] = SimpleNamespace(main_colour="#1D4E89", accent_colour="#000;} a{color:red")
    sheet = colours(request).content.decode()
    assert "--main: #1d4e89;" in sheet
    assert "--accent: #8a5a00;" in sheet
    assert "red" not in sheet


def test_a_missing_page_is_told_of_even_where_no_site_and_no_page_is_known() -> None:
    page = render_to_string("404.html", {}, request=request_without_site())
    assert '<html lang="vi">' in page
    assert page.count("<h1") == 1
    assert "style=" not in page
    assert "<style" not in page


def test_the_menu_marks_the_page_and_the_section_above_it() -> None:
    place = portal_view.Portal(None)
    sections = [
        SimpleNamespace(title=title, path=path, get_url=lambda request, path=path: f"/{path}/")
        for title, path in (("A", "000100010001"), ("B", "000100010002"))
    ]
    place.__dict__["_menu_pages"] = sections
    deep, exact = SimpleNamespace(path="0001000100020007"), SimpleNamespace(path="000100010001")
    assert [link.current for link in place.menu(deep)] == ["", "true"]
    assert [link.current for link in place.menu(exact)] == ["page", ""]
    assert [link.current for link in place.menu()] == ["", ""]
