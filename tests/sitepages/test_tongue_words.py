"""What the portal itself says is said in the language of the address, on every kind of page."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from typing import Any

import polib
import pytest
from django.test import Client

from portal.messages_tool import catalogue_path
from portal.settings.env import ROOT
from sitepages.models import (
    ArticlePage,
    BudgetDisclosurePage,
    DisclosurePage,
    EventPage,
    LegalDocumentPage,
    PlainPage,
    ProcurementPage,
    WorkSchedulePage,
)
from tests.builders import authority

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("demo")]

RECORDS = (
    ArticlePage,
    BudgetDisclosurePage,
    DisclosurePage,
    EventPage,
    LegalDocumentPage,
    PlainPage,
    ProcurementPage,
    WorkSchedulePage,
)
SCREENS = (
    "/",
    "/tin-tuc/",
    "/van-ban/",
    "/lich-cong-tac/",
    "/cong-khai-ngan-sach/",
    "/dau-thau-mua-sam-cong/",
    "/thong-bao/",
    "/hoi-dap/",
    "/cong-khai/",
    "/khong-co/",
    "/tim-kiem/",
    "/tim-kiem/?q=dat&scope=all",
    "/tim-kiem/?q=xyzxyz+abcabc",
    "/hoi-dap/gui/",
    "/hoi-dap/tra-cuu/",
    "/hoi-dap/thong-ke/",
    "/hoi-dap/bao-ve-du-lieu/",
    "/minh-bach/",
    "/du-lieu-mo/",
)
_VOID = {"meta", "link", "input", "img", "br", "hr", "source", "path", "line", "circle", "polyline"}
_READ = ("aria-label", "placeholder", "title", "alt", "data-label")
_MARKED = re.compile(r"[^\x00-\x7f“”‘’–…×›‹·]")


class _Texts(HTMLParser):
    """Every text of a page with the language it is marked as."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.found: list[tuple[str, str]] = []

    @property
    def here(self) -> str:
        return self.open[-1][1] if self.open else ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        said = dict(attrs)
        lang = said.get("lang") or self.here
        self.found += [(lang, said[name]) for name in _READ if said.get(name)]
        if tag not in _VOID:
            self.open.append((tag, lang))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append((self.here, " ".join(data.split()).strip(" :,.()")))


@cache
def catalogue() -> dict[str, str]:
    """What is said in English and what it is in Vietnamese, where the two differ."""
    found = polib.pofile(str(catalogue_path(ROOT)))
    return {
        entry.msgid: entry.msgstr
        for entry in found
        if entry.msgstr and entry.msgid != entry.msgstr and "%(" not in entry.msgid
    }


#: What machines read: an address has one language, the page's own.
_DATA = re.compile(r"<script type=\"application/ld.json\">.*?</script>", re.DOTALL)


def texts(path: str, code: str = "dak-doa") -> list[tuple[str, str]]:
    reply = Client().get(path, headers={"host": authority(code).site.hostname})
    assert reply.status_code in (200, 404), (path, reply.status_code)
    parser = _Texts()
    parser.feed(_DATA.sub("", reply.content.decode()))
    return parser.found


def paths() -> list[tuple[str, str]]:
    found = [("dak-doa", path) for path in SCREENS] + [("glar", "/"), ("trang", "/lanh-dao/")]
    for model in RECORDS:
        page = model.objects.live().public().filter(locale__language_code="vi").order_by("pk").first()
        code = page.get_site().authority.code
        found.append((code, page.get_url_parts()[2]))
    return found


def test_no_vietnamese_words_of_ours_in_english() -> None:
    vietnamese = {text.strip(" :,.()") for text in catalogue().values() if _MARKED.search(text)}
    wrong = []
    for code, path in paths():
        for lang, text in texts(f"/en{path}", code):
            if lang != "vi" and text in vietnamese:
                wrong.append((code, path, text))
    assert wrong == []


def test_no_english_words_of_ours_in_vietnamese() -> None:
    english = {msgid.strip(" :,.()") for msgid in catalogue() if len(msgid) > 3}
    wrong = []
    english.discard("English")  # how the section of English information is called
    for code, path in paths():
        if path == "/du-lieu-mo/":  # names of fields, which programs read
            continue
        for lang, text in texts(path, code):
            if lang != "en" and text in english:
                wrong.append((code, path, text))
    assert wrong == []


def test_everything_vietnamese_in_english_pages_is_marked_or_a_name() -> None:
    """Beyond our own words: titles and texts carry their language."""
    for path in ("/", "/tin-tuc/", "/cong-khai/", "/dau-thau-mua-sam-cong/"):
        headings = [text for lang, text in texts(f"/en{path}") if lang == "en" and len(text) > 60]
        assert [text for text in headings if _MARKED.search(text)] == [], path
