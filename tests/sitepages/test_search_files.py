"""What is read in files, and that no file breaks anything."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from wagtail.models import CollectionViewRestriction

from sitepages.models import DocumentFile, DocumentText, SearchEntry
from sitepages.search.asked import read_query
from sitepages.search.files import read_files, unread_files
from sitepages.search.found import find
from sitepages.search.reader import Reader, Reading
from tests.builders import authority, make_article, make_document
from tests.sitepages.files import bomb, docx, pdf, set_body, stored, xlsx

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

MOMENT = "2021-06-30T09:00"
DAY = datetime.date(2021, 6, 30)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", pdf("first words here", "second page"), ("read", 2, "first words here second page")),
        ("a.pdf", pdf("", "", ""), ("scan", 3, "")),
        ("a.pdf", pdf("open to all readers", password=""), ("read", 1, "open to all readers")),
        ("a.pdf", pdf("secret", password="mat-khau"), ("locked", None, "")),
        ("a.pdf", b"%PDF-1.4", ("broken", None, "")),
        ("a.pdf", b"", ("broken", None, "")),
        ("a.docx", docx("Quyết định cấp đất", cell="ô bảng"), ("read", None, "Quyết định cấp đất ô bảng")),
        ("a.docx", bomb(200), ("too_large", None, "")),
        ("a.docx", pdf("not a docx"), ("broken", None, "")),
        ("a.xlsx", xlsx(["Thu", 1234], [None, "Chi"]), ("read", None, "Sheet Thu 1234 Chi")),
        ("a.zip", b"PK", ("other", None, "")),
    ],
    ids=["pdf", "scan", "open", "locked", "broken", "empty", "docx", "bomb", "wrong", "xlsx", "other"],
)
def test_what_is_read_in_a_file(name: str, content: bytes, expected: tuple[str, int | None, str]) -> None:
    document = stored(content, name)
    assert read_files([document.pk]) == 1
    read = DocumentText.objects.get(document=document)
    assert (read.state, read.pages, read.text) == expected
    assert read.has_text == (expected[0] == "read")
    assert read.size == len(content)
    assert read_files([document.pk]) == 0  # as it was read


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(docx("words"))
    with Reader(seconds=0) as reader:
        assert reader.read(path, "docx") == Reading("too_slow")
    with Reader() as reader:
        assert reader.read(path, "docx").text == "words"
        assert reader.read(tmp_path / "gone", "docx").state == "broken"


def test_a_file_gone_from_the_store_is_damaged() -> None:
    document = stored(pdf("words"), "a.pdf")
    Path(document.file.path).unlink()
    read_files([document.pk])
    assert DocumentText.objects.get(document=document).state == "broken"


def _found(query: str) -> list[int]:
    return [hit.page for hit in find(read_query(query)).hits]


def _with_file(content: bytes, name: str = "phu-luc.docx", **values: Any) -> Any:
    page = make_document("77/QĐ-UBND", issued=DAY, published=MOMENT)
    page.files = [DocumentFile(document=stored(content, name, "Phụ lục kèm theo", **values))]
    page.save()
    return page


def test_a_page_is_found_by_what_its_file_says_once_it_was_read() -> None:
    page = _with_file(docx("Danh sách hộ trồng chanh leo"))
    assert _found("phụ lục kèm theo") == [page.pk]
    assert _found("chanh leo") == []
    assert read_files(unread_files()) >= 1
    assert _found("chanh leo") == [page.pk]
    assert _found("77/qd chanh leo") == [page.pk]  # number of the page, words of its file


def test_a_replaced_file_is_read_again() -> None:
    page = _with_file(docx("Danh sách cũ"))
    document = page.files.get().document
    read_files([document.pk])
    other = stored(docx("Bản mới"), "moi.docx")
    document.file = other.file.name
    document.save()
    assert document.pk in unread_files()
    read_files([document.pk])
    assert (_found("danh sách cũ"), _found('"bản mới"')) == ([], [page.pk])


def test_a_file_in_a_closed_collection_is_not_searched() -> None:
    unit = authority()
    page = _with_file(docx("chanh leo"), collection=unit.collection)
    read_files(page.files.values_list("document", flat=True))
    assert _found("chanh leo") == [page.pk]
    closed = CollectionViewRestriction.objects.create(
        collection=unit.collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    page.save()
    assert _found("chanh leo") == []
    assert _found("phụ lục kèm theo") == []
    closed.delete()
    page.save()
    assert _found("chanh leo") == [page.pk]


def test_a_file_of_a_draft_alone_is_not_searched() -> None:
    page = make_document("78/QĐ-UBND", issued=DAY, published=None)
    page.files = [DocumentFile(document=stored(docx("chanh leo"), "a.docx"))]
    page.save()
    read_files(unread_files())
    assert _found("chanh leo") == []


def test_a_file_attached_in_a_text_is_searched() -> None:
    article: Any = make_article("Tin có tệp", published=MOMENT)
    document = stored(docx("chanh leo"), "a.docx")
    linked = stored(docx("sầu riêng"), "b.docx")
    article.body = [
        ("attachment", {"document": document, "title": "Biểu mẫu"}),
        ("paragraph", f'<p>Xem <a linktype="document" id="{linked.pk}">tệp</a></p>'),
    ]
    article.save()
    read_files(unread_files())
    assert _found("chanh leo") == _found("sau rieng") == [article.pk]
    assert SearchEntry.objects.get(pk=article.pk).documents == [document.pk, linked.pk]


def test_saving_a_file_reads_it_in_the_background(
    settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.PORTAL_READ_FILES = True
    with django_capture_on_commit_callbacks(execute=True):
        document = stored(pdf("words of a file"), "a.pdf")
    assert DocumentText.objects.get(document=document).text == "words of a file"


def test_a_deleted_file_is_forgotten(django_capture_on_commit_callbacks: Any) -> None:
    article = make_article("Tin có tệp", published=MOMENT)
    document = stored(docx("chanh leo"), "a.docx")
    set_body(article, ("attachment", {"document": document, "title": "Biểu mẫu"}))
    article.save()
    read_files([document.pk])
    assert _found("chanh leo") == [article.pk]
    with django_capture_on_commit_callbacks(execute=True):
        document.delete()
    assert _found("chanh leo") == []
