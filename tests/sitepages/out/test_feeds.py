"""Feeds: what they hold, what they never hold, and how they are asked again."""

from __future__ import annotations

import datetime
import io
import unicodedata
from typing import Any

import feedparser
import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from compliance.rules.months import local_moment
from sitepages.models import ArticlePage, ChangeNote
from sitepages.queries import article_index
from tests.builders import authority, make_article, make_document
from tests.sitepages.out.hidden import SHOWN, assert_nothing_secret, fetch, hide_records, text

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ALL = ("/rss.xml", "/atom.xml", "/rss/tin-tuc.xml", "/atom/tin-tuc.xml")


def entries(path: str) -> list[Any]:
    return list(feedparser.parse(io.BytesIO(fetch(path).content)).entries)


@pytest.mark.parametrize("path", ALL)
def test_only_public_records_of_this_portal(path: str) -> None:
    hide_records()
    said = text(path)
    assert [each.title for each in entries(path)] == [SHOWN]
    assert_nothing_secret(said)


def test_a_section_s_feed_holds_that_section_alone() -> None:
    make_article("Tin", code="glar")
    make_document("7/QĐ-UBND", code="glar", issued=datetime.date(2021, 3, 1), published="2021-03-02T08:00")
    assert [each.title for each in entries("/rss/chi-dao-dieu-hanh.xml")] == ["Quyết định 7/QĐ-UBND"]
    assert {each.title for each in entries("/rss.xml")} == {"Tin", "Quyết định 7/QĐ-UBND"}


@pytest.mark.parametrize("name", ["khong-co", "cong-khai", "%00", "x" * 3000, "tin-tuc%2f"])
def test_what_is_no_section_has_no_feed(name: str) -> None:
    assert fetch(f"/rss/{name}.xml").status_code == 404


def test_a_closed_or_withdrawn_section_has_no_feed() -> None:
    index = article_index(authority("glar"))
    closed = PageViewRestriction.objects.create(page=index, restriction_type="login")
    make_article("Trong mục đóng", code="glar")
    assert fetch("/rss/tin-tuc.xml").status_code == 404
    assert "Trong mục đóng" not in text("/rss.xml")
    closed.delete()
    assert fetch("/rss/tin-tuc.xml").status_code == 200
    index.unpublish()
    assert fetch("/rss/tin-tuc.xml").status_code == 404


def test_a_closed_portal_sends_nothing_out() -> None:
    home = authority("glar").site.root_page
    PageViewRestriction.objects.create(page=home, restriction_type="login")
    paths = ("/rss.xml", "/sitemap.xml", "/so-do-cong/", "/lich-cong-khai/lich-cong-tac.ics", "/robots.txt")
    assert {fetch(path).status_code for path in paths} == {404}


def test_the_newest_thirty_the_newest_first() -> None:
    for number in range(32):
        make_article(
            f"Bài {number}", code="glar", published=f"2021-03-{number % 28 + 1:02d}T{number // 28:02d}:30"
        )
    days = [each.published_parsed for each in entries("/atom.xml")]
    assert len(days) == 30
    assert days == sorted(days, reverse=True)


def test_a_renamed_article_keeps_its_guid_and_is_told_as_updated() -> None:
    page = make_article("Tên cũ", code="glar")
    (before,) = entries("/atom.xml")
    ArticlePage.objects.filter(pk=page.pk).update(
        title="Tên mới", slug="ten-moi", url_path=f"{page.url_path}x/"
    )
    ChangeNote.objects.create(page=page, at=local_moment("2021-05-06T07:08"), note="")
    (after,) = entries("/atom.xml")
    assert (after.id, after.published) == (before.id, before.published)
    assert after.link != before.link
    assert before.updated == before.published
    assert after.updated.startswith("2021-05-06T07:08:00+07:00") or after.updated.startswith(
        "2021-05-06T00:08"
    )


def test_publishing_the_same_again_is_no_change() -> None:
    page = make_article("Bài", code="glar")
    first = fetch("/atom.xml")
    ArticlePage.objects.filter(pk=page.pk).update(last_published_at=timezone.now())
    assert fetch("/atom.xml")["ETag"] == first["ETag"]


@pytest.mark.parametrize("path", ["/rss.xml", "/atom.xml"])
def test_hostile_and_decomposed_text_makes_a_readable_feed(path: str) -> None:
    page = make_article("Bài", code="glar")
    title = unicodedata.normalize("NFD", "Đường \u202e\u200b<script>&]]>") + "\x00\x0b"
    ArticlePage.objects.filter(pk=page.pk).update(title=title.replace("\x00", ""), lead="<b>a</b> \x1f&amp;")
    (entry,) = entries(path)
    assert entry.title.startswith("Đường")
    said = text(path)
    assert unicodedata.is_normalized("NFC", said)
    assert "\u202e" not in said
    assert "<script" not in said
    assert "&amp;lt;b&amp;gt;" in said  # readers take the summary for HTML


@pytest.mark.parametrize("path", ALL)
def test_who_has_it_is_sent_nothing(path: str) -> None:
    make_article("Bài", code="glar", published="2021-03-05T08:00")
    first = fetch(path)
    assert first["Last-Modified"] == "Fri, 05 Mar 2021 01:00:00 GMT"
    assert "public" in first["Cache-Control"]
    assert not first.cookies
    for headers in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        again = fetch(path, **headers)
        assert (again.status_code, again.content) == (304, b"")
    assert (
        fetch(path, **{"If-None-Match": '"x"', "If-Modified-Since": first["Last-Modified"]}).status_code
        == 200
    )
    ArticlePage.objects.get(title="Bài").unpublish()
    assert fetch(path, **{"If-Modified-Since": first["Last-Modified"]}).status_code == 200


def test_an_empty_feed_stays_the_same() -> None:
    assert fetch("/rss.xml").content == fetch("/rss.xml").content
    assert entries("/rss.xml") == []


def test_addresses_are_the_portal_s_own_whatever_host_is_asked() -> None:
    make_article("Của huyện")
    said = text("/rss.xml", "somewhere.example")
    assert "somewhere.example" not in said
    assert "http://localhost/tin-tuc/" in said


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries: Any) -> None:
    make_article("Bài", code="glar")
    fetch("/rss.xml")
    with django_assert_max_num_queries(8) as few:
        fetch("/rss.xml")
    for _number in range(12):
        make_article(code="glar")
    with django_assert_max_num_queries(len(few)):
        fetch("/rss.xml")


def test_lists_name_their_feeds() -> None:
    said = text("/tin-tuc/")
    head, body = said.split("</head>")
    for path in ("/rss/tin-tuc.xml", "/atom/tin-tuc.xml"):
        assert f'href="{path}"' in head
        assert f'href="{path}"' in body
    assert 'type="application/rss+xml"' in text("/").split("</head>")[0]
    assert 'href="/lich-cong-khai/lich-cong-tac.ics"' in text("/lich-cong-tac/")
    assert fetch("/rss.xml").status_code == 200


def test_nothing_can_be_sent_in() -> None:
    assert Client().post("/rss.xml", headers={"host": "glar.localhost"}).status_code == 405
