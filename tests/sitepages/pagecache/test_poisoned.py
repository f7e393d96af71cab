"""Names, queries and cookies made up to be shown to others, or to fill what is kept."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from wagtail.models import Site

from sitepages.disclosures import disclosure
from sitepages.pagecache.keys import PARAMETERS
from sitepages.registers.filters import FILTERS, filters_of
from sitepages.vocabulary import sections
from tests.builders import make_article

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.parametrize(
    "host",
    [
        "la.example",
        "glar.localhost.la.example",
        "GLAR.localhost",
        "glar.localhost:81",
        "glar.localhost:8" + "0" * 3000,
        "glar.localhost:",
        "xã.localhost",
        "x" * 240 + ".example",
        "[::1]",
        "glar.localhost.",
        "",
    ],
)
def test_a_host_that_is_not_exactly_a_portals_is_never_kept(reader: Any, host: str) -> None:
    clean = reader.text()
    caches["pages"].clear()
    reply = Client().get("/", headers={"host": host or " "})
    assert reply.status_code in (200, 400)
    assert reader.held() == 0
    assert reader.text() == clean


def test_the_port_of_the_portal_is_the_only_one_kept(reader: Any) -> None:
    site = Site.objects.get(hostname="glar.localhost")
    assert reader.keeps(host=f"glar.localhost:{site.port}")
    assert reader.keeps(host="glar.localhost")
    assert not reader.keeps(host=f"glar.localhost:{site.port + 1}")


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-host": "la.example"},
        {"x-forwarded-port": "666"},
        {"x-forwarded-server": "la.example"},
        {"forwarded": "host=la.example"},
        {"x-original-url": "/la"},
        {"x-rewrite-url": "/la"},
        {"x-http-method-override": "POST"},
        {"accept-language": "de"},
        {"accept": "application/json"},
        {"x-requested-with": "XMLHttpRequest"},
        {"user-agent": "<script>la</script>"},
        {"referer": "https://la.example/"},
        {"origin": "https://la.example"},
        {"cookie": "csrftoken=" + "a" * 32 + "; theme=la"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_no_header_of_a_reader_gets_into_what_others_are_shown(reader: Any, headers: dict[str, str]) -> None:
    clean = reader.get().content
    caches["pages"].clear()
    first = reader.get(**headers)
    assert first.content == clean
    after = reader.get()
    assert after.content == clean
    assert after.headers["ETag"] == first.headers["ETag"]
    assert not after.cookies


@pytest.mark.parametrize(
    "query",
    [
        "x=" + "a" * 10_000,
        "q=" + "a" * 300,
        "page=" + "9" * 5000,
        "page=-1",
        "page=%D9%A1",
        "page=1e3",
        "unknown=1",
        "page=1;q=2&%E2%80%AEx=1",
        "utm_source=a&x=1",
        "&".join(f"x{number}=1" for number in range(900)),
    ],
    ids=lambda query: query[:20],
)
def test_what_no_list_is_asked_is_answered_and_not_kept(reader: Any, query: str) -> None:
    clean = reader.get(path="/tin-tuc/").content
    caches["pages"].clear()
    assert reader.get(path=f"/tin-tuc/?{query}").status_code == 200
    assert reader.held() == 0
    assert reader.get(path="/tin-tuc/").content == clean


def test_what_others_add_to_an_address_is_dropped_before_the_page_is_drawn(reader: Any) -> None:
    first = reader.get(path="/tin-tuc/?utm_source=la&fbclid=<script>&zarsrc=30")
    assert b"script>&" not in first.content
    assert b"utm_source" not in first.content
    assert reader.held() == 1
    assert reader.is_kept(path="/tin-tuc/")
    assert reader.is_kept(path="/tin-tuc/?fbclid=1")
    assert reader.is_kept(path="/tin-tuc/?q=&page=")
    assert reader.is_kept(path="/tin-tuc/?q=%00&page=%00")
    assert reader.get(path="/tin-tuc/").content == first.content


def test_one_question_asked_in_several_spellings_is_one(reader: Any) -> None:
    word = "Bài"
    make_article("Bài viết", code="glar")
    first = reader.get(path=f"/tin-tuc/?q={word}&nam=2021").content
    for other in (
        f"nam=2021&q={unicodedata.normalize('NFD', word)}",
        f"nam=1999&q={word}&nam=2021",
        f"q={word}&page=&nam=2021&utm_medium=zalo",
    ):
        assert reader.is_kept(path=f"/tin-tuc/?{other}")
        assert reader.get(path=f"/tin-tuc/?{other}").content == first
    assert reader.held() == 1


def test_lists_asked_in_a_thousand_ways_push_out_no_page(reader: Any, settings: Any) -> None:
    assert reader.keeps()
    most = settings.CACHES["page_lists"]["OPTIONS"]["MAX_ENTRIES"]
    shelf: Any = caches["page_lists"]
    for number in range(most + 50):
        shelf.set(f"page:{number}", "x")
    reader.get(path="/tin-tuc/?q=mot")
    assert len(shelf._cache) <= most
    assert reader.is_kept()


@pytest.mark.parametrize("path", ["/tin%2Dtuc/", "//tin-tuc/", "/tin-tuc", "/tin-tuc/%00/", "/%E2%80%AE/"])
def test_odd_addresses_show_nothing_else_to_others(reader: Any, path: str) -> None:
    clean = reader.get(path="/tin-tuc/").content
    caches["pages"].clear()
    assert reader.get(path=path).status_code in (200, 301, 404)
    assert reader.get(path="/tin-tuc/").content == clean


def test_every_question_of_a_list_is_known() -> None:
    """A filter that is missing there would leave its lists unkept."""
    asked = {each.param for found in FILTERS.values() for each in found}
    for section in sections().values():
        asked |= {each.param for each in filters_of(section.accepts, disclosure(section.code))}
    assert asked | {"page", "q", "topic", "tuan", "lanhdao"} == PARAMETERS
