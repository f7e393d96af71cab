"""What readers get in English: the address decides, nothing is lost on the way, nothing pretends."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from sitepages import tongues
from sitepages.models import ArticlePage, PlainPage, SectionPage
from sitepages.queries import article_index, authority_of, section_page
from tests.builders import authority

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("demo")]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def get(path: str, code: str = "dak-doa", **headers: str) -> Any:
    return Client().get(path, headers={"host": authority(code).site.hostname, **headers})


def html(path: str, code: str = "dak-doa", **headers: str) -> str:
    reply = get(path, code, **headers)
    assert reply.status_code == 200, (path, reply.status_code)
    return unescape(reply.content.decode())


def english(section: str, code: str = "dak-doa") -> SectionPage:
    source = section_page(authority(code), section)
    return SectionPage.objects.get(translation_key=source.translation_key, locale__language_code="en")


def article(code: str = "dak-doa") -> ArticlePage:
    return ArticlePage.objects.child_of(article_index(authority(code))).live().order_by("pk")[0]


def switch(text: str) -> tuple[str, str]:
    """Where the language switch leads, and into which language."""
    found = re.search(r'strip__language" href="([^"]*)" lang="(\w+)"', text)
    assert found
    return found[1], found[2]


@pytest.mark.parametrize("asked", ["en", "fr", "vi"])
def test_the_address_alone_decides(asked: str) -> None:
    headers = {"accept-language": asked, "cookie": f"django_language={asked}"}
    plain, foreign = get("/", **headers), get("/en/", **headers)
    assert '<html lang="vi">' in plain.content.decode()
    assert '<html lang="en">' in foreign.content.decode()
    for reply in (plain, foreign):
        assert "language" not in reply.headers.get("Vary", "").lower()
        assert not reply.cookies


def test_vietnamese_addresses_are_the_ones_they_were() -> None:
    assert section_page(authority(), "budget").get_url_parts()[2] == "/cong-khai-ngan-sach/"
    assert english("portal_contact").get_url_parts()[2] == "/en/contacts/"
    assert english("portal_contact").full_url.endswith("/en/contacts/")


def test_the_switch_keeps_the_page_both_ways() -> None:
    assert switch(html("/lien-he/")) == ("/en/contacts/", "en")
    assert switch(html("/en/contacts/")) == ("/lien-he/", "vi")
    assert switch(html("/")) == ("/en/", "en")
    assert switch(html("/en/")) == ("/", "vi")
    assert switch(html("/tim-kiem/?q=dat")) == ("/en/tim-kiem/?q=dat", "en")
    assert switch(html("/en/hoi-dap/gui/")) == ("/hoi-dap/gui/", "vi")
    assert switch(get("/en/khong-co/").content.decode()) == ("/", "vi")


def test_alternates_name_translations_and_nothing_else() -> None:
    for path in ("/lien-he/", "/en/contacts/"):
        text = html(path)
        assert re.search(r'rel="alternate" hreflang="vi" href="http://[^"]*/lien-he/"', text)
        assert re.search(r'rel="alternate" hreflang="en" href="http://[^"]*/en/contacts/"', text)
    page = article()
    for path in (page.get_url_parts()[2], f"/en{page.get_url_parts()[2]}"):
        assert "hreflang=" not in html(path).split("</head>")[0]


def test_what_is_not_translated_says_so_and_stays_the_vietnamese_page() -> None:
    page = article()
    path = page.get_url_parts()[2]
    assert switch(html(path)) == (f"/en{path}", "en")
    text = html(f"/en{path}")
    assert "only available in Vietnamese" in text
    assert '<html lang="en">' in text
    assert f'<h1 class="head__title" lang="vi">{page.title}</h1>' in text
    assert f'<link rel="canonical" href="{page.full_url}">' in text
    assert "/en/" not in page.full_url
    assert switch(text) == (path, "vi")
    assert "only available in Vietnamese" not in html("/en/contacts/")


def test_a_translated_page_is_not_shown_twice() -> None:
    reply = get("/en/lien-he/")
    assert (reply.status_code, reply["Location"]) == (302, "/en/contacts/")


def test_readers_stay_within_their_language() -> None:
    text = html("/en/")
    body = text.split("<main", 1)[1].split("</main>")[0]
    inside = [link for link in re.findall(r'href="(/[^"]*)"', body) if not link.startswith("/en/")]
    assert inside == []
    assert f'href="{authority("glar").site.root_url}/en/"' in text
    assert f'href="{authority().site.root_url}/en/"' in html("/en/", "glar")


def test_a_withdrawn_translation_gives_way_to_the_original() -> None:
    english("portal_contact").unpublish()
    assert switch(html("/lien-he/"))[0] == "/en/lien-he/"
    assert "only available in Vietnamese" in html("/en/lien-he/")
    assert get("/en/contacts/").status_code == 404
    assert 'href="/en/contacts/"' not in html("/en/")


def test_a_portal_without_english_offers_none() -> None:
    home = Page.objects.get(slug="glar-en")
    home.unpublish()
    assert "strip__language" not in html("/", "glar")
    assert '<html lang="en">' in html("/en/", "glar")


def test_drafts_and_closed_pages_stay_closed() -> None:
    draft = PlainPage(title="Secret plan", live=False)
    english("admin_procedures").add_child(instance=draft)
    assert get("/en/services/secret-plan/").status_code == 404
    closed = english("portal_contact")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    assert get("/en/contacts/").status_code == 302
    assert switch(html("/lien-he/"))[0] == "/en/lien-he/"
    source = section_page(authority(), "budget")
    PageViewRestriction.objects.create(page=source, restriction_type="login")
    assert get("/en/cong-khai-ngan-sach/").status_code == 302


def test_no_site_shows_another_s_pages() -> None:
    title = "Registering a marriage with a foreign citizen"
    assert title in html("/en/services/registering-a-marriage-with-a-foreign-citizen/")
    assert get("/en/services/registering-a-marriage-with-a-foreign-citizen/", "glar").status_code == 404
    assert get("/en/glar-en/").status_code == 404
    assert get("/glar-en/").status_code == 404


def test_dates_numbers_and_names_are_english() -> None:
    page = article()
    moment = page.first_published_at
    text = html(f"/en{page.get_url_parts()[2]}")
    assert f"{moment.year}, " in text
    assert "People's Committee of Dak Doa District" in text
    assert "Glar Commune" in html("/en/")
    assert "Budget disclosure" in html("/en/cong-khai/")


def test_the_search_finds_english_pages_and_says_what_is_vietnamese() -> None:
    first = html("/en/tim-kiem/?q=marriage")
    assert "/en/services/registering-a-marriage-with-a-foreign-citizen/" in first
    assert "found__item" not in html("/en/tim-kiem/?q=nong+thon")
    both = html("/en/tim-kiem/?q=nong+thon&lang=all")
    assert 'lang="vi"' in both.split('class="found"')[1]
    assert "in Vietnamese" in both.split('class="found"')[1]
    assert 'href="/en/' in both.split('class="found"')[1]
    assert "bằng tiếng" not in first


def test_an_english_page_belongs_to_its_unit() -> None:
    for code in ("dak-doa", "glar"):
        assert authority_of(english("portal_contact", code)) == authority(code)
        assert authority_of(english("portal_contact", code).get_parent()) == authority(code)
    assert authority_of(Page.get_first_root_node()) is None


@pytest.mark.parametrize(
    "path",
    [
        "/en/%00/",
        "/en/tim-kiem/?q=%00",
        "/en/tim-kiem/?lang=" + "x" * 9000,
        "/en//",
        "/en/../",
        "/en/%E2%80%AE/",
    ],
)
def test_odd_addresses_break_nothing(path: str) -> None:
    assert get(path).status_code in (200, 301, 302, 400, 404)


def test_a_long_question_is_not_carried_along() -> None:
    assert switch(html("/tim-kiem/?q=" + "a" * 5000))[0] == "/en/tim-kiem/"


def asked(path: str, code: str = "dak-doa") -> int:
    """The queries of a page nobody kept, on a portal whose frame is kept."""
    client, host = Client(), {"host": authority(code).site.hostname}
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path, headers=host).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    ("path", "most"),
    [("/en/", 8), ("/en/tin-tuc/", 8), ("/en/van-ban/", 8), ("/en/contacts/", 8), ("/en/services/", 8)],
)
@pytest.mark.parametrize("code", ["dak-doa", "glar"])
def test_queries_hold(path: str, most: int, code: str) -> None:
    get(path, code)  # the frame and the types of pages are kept
    assert asked(path, code) <= most


def test_an_article_asks_no_more_in_english() -> None:
    path = article().get_url_parts()[2]
    get(path)
    assert asked(f"/en{path}") <= asked(path) <= 6


def test_addresses_are_taken_back_and_forth() -> None:
    assert tongues.twin("/tin-tuc/?page=2", "en") == "/en/tin-tuc/?page=2"
    assert tongues.twin("http://a.vn/x/", "en") == "http://a.vn/en/x/"
    assert tongues.twin("/en/x/", "en") == "/en/x/"
    assert tongues.twin("/x/", "vi") == "/x/"
    assert tongues.plain("/en/x/") == "/x/"
    assert tongues.of_path("/english/") == "vi"
