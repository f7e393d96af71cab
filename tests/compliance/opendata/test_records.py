"""What the portals publish as open data: whole, narrowed by filters, and nothing that is not public."""

from __future__ import annotations

import csv
import datetime
import io
import json
from typing import Any

import pytest
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from sitepages.models import DocumentLink, LegalDocumentPage, PortalDocument
from sitepages.queries import article_index
from tests.builders import authority, make_article, make_document, make_schedule
from tests.compliance.opendata.conftest import data
from tests.sitepages.out.hidden import SHOWN, assert_nothing_secret, hide_records

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

AT = "2021-03-05T08:00"
ISSUED = datetime.date(2021, 3, 1)


def rows(name: str, **query: Any) -> list[dict[str, Any]]:
    reply = data(f"/{name}", **query)
    assert reply.status_code == 200, reply.content
    return list(reply.json()["articles" if name == "news" else name])


def test_every_portal_is_named() -> None:
    found = rows("portals")
    assert len(found) == 18
    assert {"unit": "glar", "feed": "http://glar.localhost/atom.xml"}.items() <= found[1].items() or any(
        row["feed"] == "http://glar.localhost/atom.xml" for row in found
    )


def test_articles_of_all_units_or_one_and_none_that_is_hidden() -> None:
    hide_records()
    assert {row["title"] for row in rows("news")} == {SHOWN, "Của xã khác"}
    (row,) = rows("news", unit="glar")
    assert row["url"] == "http://glar.localhost/tin-tuc/tin-cong-khai/"
    assert row["published_at"] == row["changed_at"] == "2021-03-05T08:00:00+07:00"
    for shape in ("json", "csv"):
        assert_nothing_secret(data("/news", unit="glar", format=shape).content.decode())


def test_articles_narrowed_by_year_kind_and_topic() -> None:
    make_article("Cũ", code="glar", published="2020-03-05T08:00")
    page = make_article("Mới", code="glar", published=AT, genre="interview")
    assert [row["title"] for row in rows("news", year=2020)] == ["Cũ"]
    assert [row["title"] for row in rows("news", kind=page.genre)] == ["Mới"]
    assert rows("news", topic="khong-co") == []


def test_a_copy_names_its_source() -> None:
    source = make_article("Của huyện")
    source.create_alias(parent=article_index(authority("glar")))
    (copy,), (first,) = rows("news", unit="glar"), rows("news", unit="dak-doa")
    assert (copy["copy_of"], first["copy_of"]) == (source.full_url, None)
    PageViewRestriction.objects.create(page=source, restriction_type="login")
    (copy,) = rows("news", unit="glar")
    assert copy["copy_of"] is None


def test_documents_with_force_files_and_links_both_ways() -> None:
    old = make_document("3/QĐ-UBND", code="glar", issued=datetime.date(2018, 3, 1), published=AT)
    new = make_document("9/QĐ-UBND", code="glar", issued=ISSUED, published=AT)
    DocumentLink.objects.create(page=new, kind="replaces", target=old)
    LegalDocumentPage.objects.get(pk=new.pk).save()
    first, second = rows("documents", unit="glar")
    assert [row["number"] for row in (first, second)] == ["9/QĐ-UBND", "3/QĐ-UBND"]
    assert (first["force"], second["force"]) == ("in_force", "replaced")
    assert second["valid_to"] == "2021-03-01"
    (link,), (back,) = first["links"], second["links"]
    assert (link["direction"], link["url"]) == ("out", old.full_url)
    assert (back["direction"], back["url"]) == ("in", new.full_url)
    assert first["files"][0]["url"].startswith("http://glar.localhost/documents/")
    assert first["section"] == "directives"
    assert [row["number"] for row in rows("documents", force="replaced")] == ["3/QĐ-UBND"]
    assert [row["number"] for row in rows("documents", number="9/QĐ-UBND")] == ["9/QĐ-UBND"]
    assert [row["number"] for row in rows("documents", year=2018)] == ["3/QĐ-UBND"]
    assert rows("documents", section="legal_admin_documents") == []
    assert len(rows("documents", section="directives", kind="decision")) == 2


def test_a_document_never_names_one_that_is_not_public() -> None:
    drafted = make_document("3/QĐ-UBND", code="glar", issued=ISSUED)
    closed = make_document("4/QĐ-UBND", code="glar", issued=ISSUED, published=AT)
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    shown = make_document("9/QĐ-UBND", code="glar", issued=ISSUED, published=AT)
    for other in (drafted, closed):
        DocumentLink.objects.create(page=shown, kind="amends", target=other)
        DocumentLink.objects.create(page=other, kind="replaces", target=shown)
    (row,) = rows("documents", unit="glar")
    assert row["links"] == []
    text = json.dumps(row, ensure_ascii=False)
    assert "3/QĐ-UBND" not in text
    assert "4/QĐ-UBND" not in text


def test_a_file_of_a_closed_collection_is_not_named() -> None:
    make_document("9/QĐ-UBND", code="glar", issued=ISSUED, published=AT)
    closed = Collection.get_first_root_node().add_child(name="Kín")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    PortalDocument.objects.update(collection=closed)
    (row,) = rows("documents", unit="glar")
    assert row["files"] == []


def test_weeks_with_their_items() -> None:
    make_schedule(datetime.date(2021, 3, 8), code="glar", published=AT)
    make_schedule(datetime.date(2021, 3, 15), code="glar", published=AT)
    make_schedule(datetime.date(2021, 3, 22), code="glar")
    assert [row["week_start"] for row in rows("schedules")] == ["2021-03-15", "2021-03-08"]
    (row,) = rows("schedules", unit="glar", day="2021-03-12")
    assert row["items"] == [
        {
            "day": "2021-03-08",
            "time": "",
            "leader": "Chủ tịch",
            "content": "Giao ban",
            "place": "Phòng họp",
            "standing": "",
        }
    ]
    table = data("/schedules", format="csv").content.decode("utf-8-sig")
    assert [line["leader"] for line in csv.DictReader(io.StringIO(table))] == ["Chủ tịch", "Chủ tịch"]


def test_long_lists_come_in_parts() -> None:
    for number in range(7):
        make_article(f"Bài {number}", code="glar", published=f"2021-03-0{number + 1}T08:00")
    whole = rows("news", unit="glar")
    found: list[Any] = []
    address = "/news?unit=glar&page_size=3"
    while address:
        reply = data(address)
        found += reply.json()["articles"]
        address = (reply.json()["next"] or "").removeprefix("/du-lieu-mo/v1")
    assert found == whole
    assert data("/news", page=1_000_000).json()["articles"] == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/news?unit=nobody", 404),
        ("/news?unit=", 400),
        ("/news?unit=%00", 400),
        ("/news?year=1", 400),
        ("/news?year=" + "9" * 5000, 400),
        ("/news?kind=" + "x" * 10_000, 400),
        ("/news?topic=%E2%80%AE", 400),
        ("/news?page=99999999999", 400),
        ("/news?page_size=1001", 400),
        ("/documents?force=dead", 400),
        ("/documents?section=nope", 404),
        ("/documents?section=news", 404),
        ("/documents?number=", 400),
        ("/documents?number=" + "9" * 101, 400),
        ("/documents?number=%01", 200),
        ("/schedules?day=yesterday", 400),
        ("/schedules?day=9999-12-31", 400),
        ("/schedules?day=2021-02-30", 400),
    ],
)
def test_a_wrong_request_is_told(path: str, status: int) -> None:
    reply = data(path)
    assert reply.status_code in (status, 400) if status == 200 else reply.status_code == status
    if status != 200:
        assert list(reply.json()) == ["detail"]


def test_decomposed_text_finds_the_same() -> None:
    make_document("9/QĐ-UBND", code="glar", issued=ISSUED, published=AT)
    assert len(rows("documents", number="9/QĐ-UBND".replace("Đ", "Đ"))) == 1
    assert len(rows("documents", number="9/QĐ-UBND\u200b")) == 1


@pytest.mark.parametrize("name", ["news", "documents", "schedules"])
def test_the_number_of_queries_does_not_grow(name: str, django_assert_max_num_queries: Any) -> None:
    def more(number: int) -> None:
        make_article(code="glar")
        make_document(f"{number}/QĐ-UBND", code="glar", issued=ISSUED, published=AT)
        monday = datetime.date(2021, 3, 1) + datetime.timedelta(weeks=number)
        make_schedule(monday, code="trang", published=AT)

    more(0)
    data(f"/{name}")
    with django_assert_max_num_queries(10) as few:
        data(f"/{name}")
    for number in range(1, 6):
        more(number)
    with django_assert_max_num_queries(len(few)):
        data(f"/{name}")
