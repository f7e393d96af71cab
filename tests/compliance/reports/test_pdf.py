"""Official documents as PDF: every letter readable, heads repeated, the same bytes each time."""

from __future__ import annotations

import dataclasses
import datetime
import io
import zipfile

import docx
import pytest
from django.utils import translation
from pypdf import PdfReader

from compliance.reports.document import (
    Annex,
    Heading,
    Letterhead,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
)
from compliance.reports.layout import docx_bytes
from compliance.reports.pdf import pdf_bytes

MADE = datetime.datetime(2021, 7, 29, 8, tzinfo=datetime.UTC)
PANGRAM = "Đặng Thị Ngọc Ánh ở xã Ia Pết: ươm giống, chăn nuôi, trồng dâu nuôi tằm; ỡ ữ ỵ ẳ ẫ ẽ ỹ ₫"


@pytest.fixture(autouse=True)
def _vietnamese() -> object:
    with translation.override("vi"):
        yield


def document(offices: int = 3, text: str = PANGRAM) -> OfficialDocument:
    rows = [[str(number), f"Đơn vị số {number}", str(number)] for number in range(1, offices + 1)]
    annex = Annex(
        "Phụ lục",
        "Danh sách đơn vị",
        "(Kèm theo Báo cáo số 01/BC-BBT)",
        [Table(["STT", "Tên đơn vị", "Tổng cộng"], rows, (15, 110, 35), left=frozenset({1}))],
    )
    return OfficialDocument(
        Letterhead(
            "Ủy ban nhân dân huyện Đak Đoa",
            "Ban biên tập",
            "01/BC-BBT",
            "Đak Đoa",
            datetime.date(2021, 7, 29),
        ),
        "Báo cáo",
        "Tình hình hoạt động 6 tháng đầu năm 2021",
        [Heading(1, "I. Kết quả"), *[Paragraph(text) for _number in range(12)]],
        ["- Ủy ban nhân dân huyện;", "- Lưu: VT, BBT."],
        Signature("KT. Trưởng ban", "Phó trưởng ban", "Nguyễn Văn Ánh"),
        [annex],
    )


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def test_every_part_and_every_letter_is_there() -> None:
    reader = PdfReader(io.BytesIO(pdf_bytes(document(), made_at=MADE)))
    text = "\n".join(page.extract_text() for page in reader.pages)
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN",
        "Số: 01/BC-BBT",
        "Đak Đoa, ngày 29 tháng 7 năm 2021",
        "BÁO CÁO",
        "Nơi nhận:",
        "PHÓ TRƯỞNG BAN",
        "Nguyễn Văn Ánh",
        "Đơn vị số 3",
    ):
        assert part in text, part
    assert "ươm giống, chăn nuôi" in " ".join(text.split())
    assert [float(side) / 72 * 25.4 for side in reader.pages[0].mediabox[2:]] == pytest.approx(
        [210, 297], abs=0.5
    )


def test_sixty_offices_repeat_the_head_and_pages_are_numbered_from_the_second() -> None:
    annexed = [text for text in pages(pdf_bytes(document(60), made_at=MADE)) if "Đơn vị số" in text]
    assert len(annexed) > 1
    assert all("Tên đơn vị" in text for text in annexed)
    for number, text in enumerate(annexed[1:], start=2):
        assert str(number) in (text.split()[0], text.split()[-1])


def test_the_same_document_gives_the_same_bytes() -> None:
    assert pdf_bytes(document(), made_at=MADE) == pdf_bytes(document(), made_at=MADE)


def test_the_same_word_file_has_the_same_bytes_whenever_it_is_packed() -> None:
    first = docx_bytes(document(), made_at=MADE)
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {each.date_time for each in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert docx_bytes(document(), made_at=MADE) == first


def test_the_signature_has_more_than_one_paragraph_with_it() -> None:
    text = [Paragraph("Dòng chữ khá dài để xuống dòng. " * 12) for _number in range(20)]
    long = dataclasses.replace(document(), blocks=text, annexes=())
    word = docx.Document(io.BytesIO(docx_bytes(long, made_at=MADE)))
    body = [each for each in word.paragraphs if each.text.startswith("Dòng chữ")]
    assert [each.paragraph_format.keep_with_next for each in body] == [None] * 17 + [True] * 3
    signed = next(text for text in pages(pdf_bytes(long, made_at=MADE)) if "Nơi nhận" in text)
    assert " ".join(signed.split()).count("Dòng chữ") >= 3 * 12


def test_several_documents_are_numbered_anew() -> None:
    one, two = document(), document(text="Văn bản thứ hai.")
    both = pages(pdf_bytes(one, two, made_at=MADE))
    assert len(both) == len(pages(pdf_bytes(one, made_at=MADE))) + len(pages(pdf_bytes(two, made_at=MADE)))


@pytest.mark.parametrize("text", ["a\x00b\x07c", "Nguye\u0302\u0303n <b>& Con</b>", "x" * 10_000, "=1+1", ""])
def test_odd_text_is_printed_as_it_is(text: str) -> None:
    found = "".join(pages(pdf_bytes(document(text=text), made_at=MADE)))
    assert "Nơi nhận" in found
    assert "\x00" not in found
