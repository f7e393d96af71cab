"""Files of the past: read, checked, written whole, found again, taken back."""

from __future__ import annotations

import datetime
import io
import unicodedata
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from compliance.models import (
    ArticleGrade,
    ImportedArticle,
    ImportedTally,
    ImportJob,
    Observation,
    PastPayment,
    PayPeriod,
)
from compliance.queries.counts import contribution_table
from compliance.queries.past import past_paid
from compliance.queries.payable import payable
from compliance.queries.tallies import counted
from compliance.rules.months import Month
from compliance.rules.stretches import Stretch
from compliance.rules.tallies import By
from compliance.services.past.undo import UndoError, take_back
from sitepages.models import ArticlePage
from tests.builders import authority, make_article, make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HEAD = "Đơn vị;Ngày đăng;Tiêu đề;Thể loại;Tác giả;Hệ số;Tóm tắt;Nội dung;Mã bài"
GOOD = (
    'Công an huyện;04/03/2020 09:30;Ra quân đầu năm;Tin;Thảo Vy;1,5;Lời dẫn;"Đoạn một\n\nĐoạn <b>hai</b>";A1'
)
OTHER = "công an huyen;05/03/2020;Ra quân đầu năm;Bài;;;;;A2"


def write(folder: Path, *lines: str, head: str = HEAD, encoding: str = "utf-8") -> Path:
    path = folder / "cu.csv"
    path.write_bytes("\n".join([head, *lines]).encode(encoding))
    return path


def workbook(folder: Path, *rows: list[Any], more: bool = False) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if more:
        book.create_sheet("Khác").append(["x"])
    book.save(folder / "cu.xlsx")
    return folder / "cu.xlsx"


def run(kind: str, path: Path, *options: str, unit: str = "dak-doa") -> str:
    out = io.StringIO()
    call_command(
        "import_past", kind, str(path), f"--authority={unit}", *options, stdout=out, stderr=io.StringIO()
    )
    return out.getvalue()


def refused(kind: str, path: Path, *options: str) -> str:
    before = [model.objects.count() for model in (ArticlePage, ImportedTally, PastPayment, ImportJob)]
    with pytest.raises(CommandError) as error:
        run(kind, path, *options)
    assert before == [model.objects.count() for model in (ArticlePage, ImportedTally, PastPayment, ImportJob)]
    return str(error.value)


def test_imported_articles_are_as_good_as_made_ones(tmp_path: Path) -> None:
    run("articles", write(tmp_path, GOOD, OTHER))
    first, second = ArticlePage.objects.order_by("path")
    assert (first.slug, second.slug) == ("ra-quan-dau-nam", "ra-quan-dau-nam-20200305")
    assert first.first_published_at.isoformat() == "2020-03-04T02:30:00+00:00"
    assert [block.value.source for block in first.body] == [
        "<p>Đoạn một</p>",
        "<p>Đoạn &lt;b&gt;hai&lt;/b&gt;</p>",
    ]
    assert [credit.name for credit in first.contributions.all()] == ["Thảo Vy"]
    assert str(ArticleGrade.objects.get().coefficient) == "1.50"
    assert (first.office.code, second.genre) == ("cong-an", "feature")
    assert Page.find_problems() == ([], [], [], [], [])
    assert first.get_parent().numchild == first.get_parent().get_children().count()
    for page in (first, second):
        assert Client().get(page.full_url, HTTP_HOST="localhost").status_code == 200
    assert Observation.objects.filter(page_id=first.pk, state="public").count() == 1


@pytest.mark.parametrize("words", ["Ra quân", "ra quan", "Đoạn một", "Lời dẫn"])
def test_imported_articles_are_found(tmp_path: Path, words: str) -> None:
    run("articles", write(tmp_path, GOOD))
    assert [page.title for page in Page.objects.search(words)] == ["Ra quân đầu năm"]


def test_what_a_page_refers_to_is_noted_as_wagtail_notes_it(tmp_path: Path) -> None:
    run("articles", write(tmp_path, GOOD))
    page = ArticlePage.objects.get()
    fields = ("to_content_type", "to_object_id", "model_path", "content_path", "content_path_hash")
    rows = ReferenceIndex.objects.filter(object_id=page.pk, content_type=page.content_type_id)
    ours = set(rows.values_list(*fields))
    ReferenceIndex.create_or_update_for_object(page)
    assert ours == set(rows.values_list(*fields)) != set()


def test_an_editor_opens_and_saves_an_imported_article(tmp_path: Path) -> None:
    run("articles", write(tmp_path, GOOD))
    page = ArticlePage.objects.get()
    page.lead = "Khác"
    page.save_revision().publish()
    assert ArticlePage.objects.get().first_published_at.year == 2020
    made = make_article("Bài mới")
    assert made.path > page.path


def test_importing_again_adds_nothing_and_tells_what_differs(tmp_path: Path) -> None:
    run("articles", write(tmp_path, GOOD, OTHER))
    assert run("articles", write(tmp_path, GOOD, OTHER)).split()[0] == "0"
    run("articles", write(tmp_path, GOOD.replace("Lời dẫn", "Lời khác"), OTHER))
    assert ArticlePage.objects.count() == 2
    assert {page.lead for page in ArticlePage.objects.all()} == {"Lời dẫn", ""}


def test_an_article_made_by_hand_is_there_already(tmp_path: Path) -> None:
    make_article("RA QUÂN đầu năm", published="2020-03-04T09:30")
    run("articles", write(tmp_path, GOOD))
    assert ArticlePage.objects.count() == 1


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (GOOD.replace("04/03/2020", "31/02/2020"), "Ngày đăng"),
        (GOOD.replace("04/03/2020", "04/03/2999"), "Ngày đăng"),
        (GOOD.replace("Công an huyện", "Công an tỉnh"), "Đơn vị"),
        (GOOD.replace("Công an huyện", ""), "Đơn vị"),
        (GOOD.replace("Ra quân đầu năm", "=1+1"), "Tiêu đề"),
        (GOOD.replace("Ra quân đầu năm", "a" * 10_000), "Tiêu đề"),
        (GOOD.replace("Thảo Vy", "=cmd()"), "Tác giả"),
        (GOOD.replace("1,5", "-1"), "Hệ số"),
        (GOOD.replace("1,5", "#REF!"), "Hệ số"),
        (GOOD.replace(";Tin;", ";Thơ;"), "Thể loại"),
        (GOOD + ";x;y", ""),
    ],
)
def test_a_fault_is_told_by_line_and_column_and_stops_all(tmp_path: Path, line: str, word: str) -> None:
    text = refused("articles", write(tmp_path, OTHER, line))
    assert "Dòng 3" in text
    assert word in text


def test_a_row_twice_in_a_file_is_refused(tmp_path: Path) -> None:
    assert "2" in refused("articles", write(tmp_path, OTHER, OTHER.replace("Ra quân", "RA  QUÂN")))


def test_decomposed_names_and_wide_characters_are_read(tmp_path: Path) -> None:
    decomposed = [unicodedata.normalize("NFD", text) for text in (HEAD, GOOD)]
    run("articles", write(tmp_path, decomposed[1], head=decomposed[0], encoding="utf-16"))
    assert ArticlePage.objects.get().title == "Ra quân đầu năm"


@pytest.mark.parametrize(
    "content",
    [b"", b"\xef\xbb\xbf", b"\n\n", HEAD.encode(), "Đơn vị".encode("cp1258", "replace"), b"PK\x03\x04broken",
     b"\xd0\xcf\x11\xe0old", b"%PDF-1.4", ("a," * 100_000).encode(), b"a\x00b;c\n1;2\n", b'"open\n'],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cu.csv"
    path.write_bytes(content)
    assert len(refused("articles", path).splitlines()) >= 2


def test_a_workbook_is_read_with_its_titles_dates_and_second_sheet(tmp_path: Path) -> None:
    rows = [["BẢNG KÊ TIN BÀI"], [], ["Đơn vị", "Ngày đăng", "Tiêu đề"]]
    moment = datetime.datetime(2020, 3, 4, 9, 30)  # noqa: DTZ001 - as a spreadsheet has it
    path = workbook(
        tmp_path, *rows, ["Công an huyện", moment, "Một"], ["Công an huyện", 43894, "Hai"], more=True
    )
    run("articles", path)
    found = ArticlePage.objects.order_by("path").values_list("first_published_at", flat=True)
    assert [each.isoformat() for each in found] == ["2020-03-04T02:30:00+00:00", "2020-03-03T17:00:00+00:00"]


def test_a_formula_without_a_result_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["Đơn vị", "Ngày đăng", "Tiêu đề"], ["Công an huyện", "04/03/2020", "=A1&B1"])
    assert "Tiêu đề" in refused("articles", path)


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("compliance.services.past.xlsx.MOST_BYTES", 1000)
    assert refused("articles", workbook(tmp_path, ["Đơn vị", "Ngày đăng", "Tiêu đề"]))


def test_articles_paid_before_are_counted_and_not_payable(tmp_path: Path) -> None:
    run("articles", write(tmp_path, GOOD))
    run("articles", write(tmp_path, GOOD.replace("Ra quân", "Kết quả").replace("A1", "A9")), "--payable")
    unit = authority()
    table = contribution_table(unit, Month(2020, 3), Month(2020, 3))
    assert table.total == 2
    period = PayPeriod(authority=unit, first_day=Month(2020, 3).first, last_day=Month(2020, 3).last)
    period.save()
    assert [(article.title, code) for article, code in payable(period).held_back] == [
        ("Kết quả đầu năm", "not_approved")
    ]
    ArticleGrade.objects.filter(approved_at__isnull=True).update(
        approved_at=timezone.now(), approved_genre="news"
    )
    assert [line.article.title for line in payable(period).lines] == ["Kết quả đầu năm"]


def test_a_closed_period_takes_no_more_articles(tmp_path: Path) -> None:
    month = Month(2020, 3)
    PayPeriod.objects.create(
        authority=authority(),
        first_day=month.first,
        last_day=month.last,
        status="closed",
        closed_at=timezone.now(),
    )
    assert "03/2020" in refused("articles", write(tmp_path, GOOD))


WIDE = (
    "TT;Đơn vị;Tháng 01/2019;Tháng 02/2019;Tổng\n1;Công an huyện;5;-;5\n2;Văn phòng HĐND và UBND huyện;2;3;5"
)


def test_a_wide_table_of_numbers_is_counted_in_every_way(tmp_path: Path) -> None:
    path = tmp_path / "so.csv"
    path.write_text(WIDE.replace("Văn phòng HĐND và UBND huyện", "Phòng Tư pháp"), encoding="utf-8")
    offices = {office.full_name for office in authority().offices.all()}
    if "Phòng Tư pháp" not in offices:
        path.write_text(WIDE.replace("Văn phòng HĐND và UBND huyện", sorted(offices - {"Công an huyện"})[0]))
    run("tallies", path)
    unit = authority()
    table = contribution_table(unit, Month(2019, 1), Month(2019, 2))
    assert (table.column_totals, table.total) == ((7, 3), 10)
    assert len(table.carried) == 3
    days = Stretch(datetime.date(2019, 1, 1), datetime.date(2019, 2, 28))
    assert {counted([unit], by, [days]).total for by in By} == {10}


def test_numbers_and_articles_never_count_together(tmp_path: Path) -> None:
    line = "Công an huyện;03/2020;7"
    run("articles", write(tmp_path, GOOD))
    assert "03/2020" in refused("tallies", write(tmp_path, line, head="Đơn vị;Tháng;Số tin bài"))
    run("tallies", write(tmp_path, line.replace("03/", "04/"), head="Đơn vị;Tháng;Số tin bài"))
    assert "04/2020" in refused("articles", write(tmp_path, OTHER.replace("05/03", "05/04")))


PAID = "Họ tên;Đơn vị;Kỳ;Số tiền;Thuế;Thực nhận;Ngày chi;Số chứng từ"


def test_payments_are_spent_money(tmp_path: Path) -> None:
    lines = [
        "Thảo Vy;Công an huyện;03/2020;2.235.000;223.500;2.011.500;10/04/2020;PC1",
        "An;;Quý I/2020;100000;;;10/04/2020;",
    ]
    run("payments", write(tmp_path, *lines, head=PAID))
    run("payments", write(tmp_path, *lines, head=PAID))
    year = datetime.date(2020, 1, 1), datetime.date(2020, 12, 31)
    assert past_paid(authority(), *year) == 2_335_000
    assert PastPayment.objects.get(person="An").last_day == datetime.date(2020, 3, 31)


@pytest.mark.parametrize(
    "line",
    ["An;;03/2020;1000;10;999;10/04/2020;", "An;;03/2020;-5;;;10/04/2020;", "An;;x;5;;;10/04/2020;",
     "An;;03/2020;10007199254740993;;;10/04/2020;",
     ";;03/2020;5;;;10/04/2020;", "An;;03/2020;5;;;;", "An;;03/2020;1,5;;;10/04/2020;"],
)  # fmt: skip
def test_wrong_payments_are_refused(tmp_path: Path, line: str) -> None:
    assert "Dòng 2" in refused("payments", write(tmp_path, line, head=PAID))


def test_an_import_is_taken_back_whole_unless_something_was_built_on_it(tmp_path: Path) -> None:
    run("articles", write(tmp_path, GOOD, OTHER))
    job, page = ImportJob.objects.get(), ArticlePage.objects.order_by("path").first()
    parent = page.get_parent()
    page.save_revision()
    with pytest.raises(UndoError):
        take_back(job)
    ArticlePage.objects.filter(pk=page.pk).update(latest_revision=None)
    take_back(job)
    assert not ArticlePage.objects.exists()
    assert not ImportedArticle.objects.exists()
    parent.refresh_from_db()
    assert parent.numchild == 0
    assert Page.objects.search("ra quan").count() == 0
    assert make_user("officer")
