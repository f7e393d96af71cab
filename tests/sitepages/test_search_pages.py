"""The public page of the search: read without a script, and whatever the address says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sitepages.search import found as finding
from sitepages.search import results
from sitepages.search.files import read_files, unread_files
from tests.builders import authority, make_article
from tests.sitepages.files import docx, set_body, stored

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

MOMENT = "2021-06-30T09:00"


def ask(client: Any, query: str, host: str = "localhost", **more: str) -> str:
    reply = client.get(reverse("search"), {"q": query, **more}, HTTP_HOST=host)
    assert reply.status_code == 200
    html: str = reply.content.decode()
    return html


def test_the_page_shows_what_was_found_with_its_words_marked(client: Any) -> None:
    article = make_article("Zêbra & bạn <b>về</b> làng", code="glar", published=MOMENT)
    article.lead = "Sáng nay, đàn zêbra từ <i>suối</i> đi ngang nhà rông."
    article.save()
    html = ask(client, "zebra suoi", "glar.localhost")
    assert "<mark>Zêbra</mark> &amp; bạn &lt;b&gt;về&lt;/b&gt; làng" in html
    assert "đàn <mark>zêbra</mark> từ &lt;i&gt;<mark>suối</mark>&lt;/i&gt;" in html
    assert article.relative_url(authority("glar").site) in html
    assert 'name="robots" content="noindex' in html


def test_the_scope_is_the_portal_or_the_district(client: Any) -> None:
    make_article("Zêbra ở Glar", code="glar", published=MOMENT)
    make_article("Zêbra ở Trang", code="trang", published=MOMENT)
    here = ask(client, "zebra", "glar.localhost")
    assert ("ở Glar" in here, "ở Trang" in here) == (True, False)
    everywhere = ask(client, "zebra", "glar.localhost", scope="all")
    assert ("ở Glar" in everywhere, "ở Trang" in everywhere) == (True, True)
    assert "http://trang.localhost" in everywhere
    one = ask(client, "zebra", "glar.localhost", unit="trang")
    assert ("ở Glar" in one, "ở Trang" in one) == (False, True)
    assert "zebra" in ask(client, "zebra", "localhost")


def test_facets_narrow_and_chips_take_back(client: Any) -> None:
    make_article("Zêbra năm nay", published="2021-06-30T09:00")
    make_article("Zêbra năm trước", published="2020-06-30T09:00")
    html = ask(client, "zebra")
    assert "year=2020" in html
    narrowed = ask(client, "zebra", year="2020")
    assert ("năm nay" in narrowed, "năm trước" in narrowed) == (False, True)
    assert '<a class="chip" href="?q=zebra">' in narrowed


def test_a_file_stands_under_its_page(client: Any) -> None:
    article = make_article("Tin có tệp", published=MOMENT)
    file = stored(docx("Danh sách hộ nuôi đà điểu"), "a.docx", "Danh sách hộ")
    set_body(article, ("attachment", {"document": file, "title": ""}))
    article.save()
    read_files(unread_files())
    html = ask(client, "da dieu")
    assert "Danh sách hộ nuôi <mark>đà</mark> <mark>điểu</mark>" in html
    assert "/documents/" in html


HOSTILE = {
    "long": "nhân dân " * 1200,
    "many words": " ".join(f"w{number}" for number in range(500)),
    "nul": "thu\x00tuc",
    "direction": "\u202eủy ban\u202c \u200b\u200d",
    "emoji": "😀😀😀",
    "signs": "-- /* */ ; ' \" ( ) * : ^ & | ! <-> % _",
    "operators": 'AND OR NOT NEAR(a b, 3) "x" * a* title:b',
    "markup": "<script>alert(1)</script>",
    "quotes": '"' * 199,
    "wide": "ａｂｃ １２/３/２０２１",
    "marks": "_a1 _kpage _y2021",
    "digits": "1" * 5000,
    "surrogate": "\ud800",
}


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE)
def test_no_query_breaks_the_page(client: Any, query: str) -> None:
    query = query.encode("utf-8", "replace").decode()
    html = ask(client, query)
    assert "<script>alert" not in html
    reply = client.get(reverse("search_suggest"), {"q": query})
    assert reply.status_code == 200
    assert isinstance(json.loads(reply.content)["titles"], list)


@pytest.mark.parametrize(
    "more",
    [
        {"page": "999999"}, {"page": "-1"}, {"page": "x"}, {"year": "99999999999"}, {"year": "0"},
        {"year": "²"}, {"unit": "khong-co"}, {"section": "'"}, {"kind": "page'"}, {"scope": "\x00"},
        {"section": "x" * 10_000},
    ],
)  # fmt: skip
def test_no_address_breaks_the_page(client: Any, more: dict[str, str]) -> None:
    assert "thu tuc" in ask(client, "thu tuc", **more)


def test_an_empty_question_and_an_empty_answer_say_what_to_do(client: Any) -> None:
    assert "empty" not in ask(client, "")
    assert 'class="empty"' in ask(client, "!!!")
    html = ask(client, "khongco gicayca", "glar.localhost")
    assert "?q=gicayca" in html
    assert "scope=all" in html


def test_a_page_of_results_costs_few_queries_however_many_there_are(client: Any) -> None:
    article = make_article("Zêbra 0", code="glar", published=MOMENT)
    set_body(article, ("attachment", {"document": stored(docx("đà điểu"), "a.docx"), "title": ""}))
    article.save()
    read_files(unread_files())
    counted = []
    for number in range(1, 31):
        make_article(f"Zêbra {number} đà điểu", code="glar", published=MOMENT)
        if number in (1, 30):
            ask(client, "zebra da dieu", "glar.localhost", scope="all")  # what is kept between requests
            with CaptureQueriesContext(connection) as captured:
                ask(client, "zebra da dieu", "glar.localhost", scope="all")
            counted.append(len(captured))
    assert max(counted) <= 8, [each["sql"][:150] for each in captured]


def test_more_than_is_looked_at_is_said(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        make_article(f"Zêbra {number}", published=MOMENT)
    monkeypatch.setattr(finding, "MOST", 3)
    monkeypatch.setattr(results, "MOST", 3)
    html = ask(client, "zebra")
    assert html.count('class="found__item"') == 3
    assert "Hơn 3" in html or "More than 3" in html


def test_suggestions_are_titles_that_begin_so(client: Any) -> None:
    for number in range(12):
        make_article(f"Zêbra về làng số {number}", published=MOMENT)
    make_article("Zêbra bí mật", published=None)
    titles = client.get(reverse("search_suggest"), {"q": "ve zeb"}).json()["titles"]
    assert len(titles) == results.SUGGESTIONS
    assert titles[0] == "Zêbra về làng số 11"
    assert client.get(reverse("search_suggest"), {"q": "zebra bi"}).json()["titles"] == []
    assert client.get(reverse("search_suggest"), {"q": "z"}).json()["titles"] == []
    assert client.get(reverse("search_suggest")).json()["titles"] == []


def test_every_page_leads_to_the_search(client: Any) -> None:
    html = client.get("/", HTTP_HOST="localhost").content.decode()
    assert f'action="{reverse("search")}"' in html
    assert "<search>" in html
    assert client.post(reverse("search")).status_code == 405
