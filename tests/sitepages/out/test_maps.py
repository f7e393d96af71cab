"""The maps of a portal, for search engines and for people; and our own check of both."""

from __future__ import annotations

import datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from compliance.services.technical import check_portal
from sitepages.models import SentPage
from sitepages.out.maps import PortalSitemap
from sitepages.queries import article_index
from sitepages.sent.services import send_down
from tests.builders import authority, make_article, make_document, make_user
from tests.sitepages.out.hidden import SHOWN, assert_nothing_secret, fetch, hide_records, text

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def places(path: str = "/sitemap.xml", host: str = "glar.localhost") -> list[str]:
    root = ElementTree.fromstring(text(path, host))
    return [str(each.text) for each in root.findall(".//s:loc", NAMES)]


def test_a_sitemap_holds_the_public_pages_of_one_portal() -> None:
    shown = hide_records()
    found = places()
    assert shown.full_url in found
    assert all(each.startswith("http://glar.localhost/") for each in found)
    said = text("/sitemap.xml")
    for slug in ("ban-nhap", "da-go-xuong", "chi-noi-bo", "het-han-hien-thi", "cua-xa-khac"):
        assert slug not in said
    assert "<lastmod>2021-03-05</lastmod>" in said


def test_a_copy_stands_where_its_source_is() -> None:
    source = make_article("Bài của huyện")
    alias = source.create_alias(parent=article_index(authority("glar")))
    assert alias.full_url not in places()
    assert source.full_url in places(host="localhost")
    closed = PageViewRestriction.objects.create(page=source, restriction_type="login")
    assert alias.full_url in places()
    closed.delete()


def test_an_editable_copy_stands_where_its_source_is_until_the_unit_changes_it() -> None:
    source = make_article("Bài của huyện")
    send_down(source, [authority("glar")], "editable", user=make_user("board"))
    copy = SentPage.objects.get().page
    assert copy.full_url not in places()
    SentPage.objects.update(changed_at=timezone.now())
    cache.clear()
    assert copy.full_url in places()


def translations() -> dict[str, dict[str, str]]:
    """By address what the map says of other languages; addresses without any are left out."""
    root = ElementTree.fromstring(text("/sitemap.xml", "glar.localhost"))
    found = {}
    for url in root.findall("s:url", NAMES):
        links = {str(link.get("hreflang")): str(link.get("href")) for link in url.findall("x:link", NAMES)}
        found[str(url.findtext("s:loc", "", NAMES))] = links
    return {address: links for address, links in found.items() if links}


def test_translations_are_named_both_ways() -> None:
    home = {"vi": "http://glar.localhost/", "en": "http://glar.localhost/en/"}
    contacts = {"vi": "http://glar.localhost/lien-he/", "en": "http://glar.localhost/en/contacts/"}
    told = translations()
    for both in (home, contacts):
        assert told[both["vi"]] == told[both["en"]] == both
    assert "http://glar.localhost/tin-tuc/" in places()
    assert "http://glar.localhost/tin-tuc/" not in told
    page = Page.objects.get(locale__language_code="en", slug="contacts", url_path__startswith="/glar-en/")
    page.unpublish()
    assert contacts["en"] not in places()
    assert contacts["vi"] not in translations()


def test_what_is_kept_follows_every_change() -> None:
    page = make_article("Bài", code="glar")
    assert page.full_url in places()
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert page.full_url not in places()
    restriction.delete()
    page.unpublish()
    assert page.full_url not in places()
    make_article("Khác", code="glar", published="2021-03-09T08:00")
    assert len([each for each in places() if "/tin-tuc/khac/" in each]) == 1


def test_many_pages_make_an_index_of_parts(monkeypatch: Any) -> None:
    everything = places()
    monkeypatch.setattr(PortalSitemap, "limit", 10)
    cache.clear()
    parts = places()
    assert parts[0] == "http://glar.localhost/sitemap.xml?p=1"
    assert "<sitemapindex" in text("/sitemap.xml")
    found = [each for part in parts for each in places(part.removeprefix("http://glar.localhost"))]
    assert found == everything


@pytest.mark.parametrize("number", ["0", "2", "-1", "x", "٢", "9" * 5000, "999999"])
def test_a_part_that_is_none(number: str) -> None:
    assert fetch(f"/sitemap.xml?p={number}").status_code == 404


def test_a_sitemap_is_not_sent_twice_and_costs_the_same(django_assert_max_num_queries: Any) -> None:
    first = fetch("/sitemap.xml")
    assert fetch("/sitemap.xml", **{"If-None-Match": first["ETag"]}).status_code == 304
    with django_assert_max_num_queries(3):
        fetch("/sitemap.xml")
    for _number in range(10):
        make_article(code="glar")
    with django_assert_max_num_queries(5):
        fetch("/sitemap.xml")


def test_machines_are_told_where_the_map_is() -> None:
    said = text("/robots.txt")
    assert "Disallow: /admin/\n" in said
    assert "Sitemap: http://glar.localhost/sitemap.xml\n" in said


def test_the_tree_leads_to_every_section_and_to_the_records_of_small_ones() -> None:
    shown = hide_records()
    said = text("/so-do-cong/")
    main = said[said.index("<main") : said.index("</main>")]
    assert_nothing_secret(main)
    assert f'href="{shown.url_path[len("/glar") :]}"' in main or SHOWN in main
    for path in ("/tin-tuc/", "/van-ban/", "/lich-cong-tac/", "/rss.xml", "/sitemap.xml", "/tim-kiem/"):
        assert f'href="{path}"' in main
    assert main.count("<h1") == 1
    assert '<link rel="canonical" href="http://glar.localhost/so-do-cong/">' in said
    assert 'href="/so-do-cong/"' in text("/").split("<footer")[1]


def test_the_tree_stays_short_and_costs_the_same(django_assert_max_num_queries: Any) -> None:
    fetch("/so-do-cong/")
    with django_assert_max_num_queries(4) as few:
        fetch("/so-do-cong/")
    for number in range(20):
        make_document(
            f"{number}/QĐ-UBND", code="glar", issued=datetime.date(2021, 3, 1), published="2021-03-02T08:00"
        )
    with django_assert_max_num_queries(len(few) + 1):
        said = text("/so-do-cong/")
    assert "19/QĐ-UBND" not in said
    assert "20" in said


def test_a_closed_section_is_not_in_the_tree() -> None:
    PageViewRestriction.objects.create(page=article_index(authority("glar")), restriction_type="login")
    main = text("/so-do-cong/").split("<main")[1].split("</main>")[0]
    assert 'href="/tin-tuc/"' not in main


def test_the_district_s_tree_leads_to_the_communes() -> None:
    assert 'href="http://glar.localhost/"' in text("/so-do-cong/", "localhost")


def test_our_own_check_finds_feed_maps_and_search() -> None:
    make_article("Một bài viết có đủ sáu tiếng trở lên", code="glar")
    check = check_portal(authority("glar"), today=datetime.date(2021, 8, 15))
    assert {"rss", "sitemap_xml", "sitemap_html", "search"} <= set(check.passed)
