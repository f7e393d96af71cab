"""Articles from a file: all or none, every fault by line and column."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.models import ArticleGrade
from sitepages.models import ArticlePage

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HEAD = "authority,office,published_at,title,genre,lead,body,author,coefficient"
GOOD = (
    'dak-doa,Công an huyện,2021-03-04T09:30,Ra quân đầu năm,news,Lời dẫn,"Đoạn một\n\nĐoạn hai",Thảo Vy,"1,5"'
)


def write(folder: Path, *lines: str, encoding: str = "utf-8", head: str = HEAD) -> str:
    path = folder / "articles.csv"
    path.write_bytes("\n".join([head, *lines]).encode(encoding))
    return str(path)


def run(file: str, *options: str) -> str:
    out = io.StringIO()
    call_command("import_articles", file, *options, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def refusal(file: str) -> str:
    before = ArticlePage.objects.count()
    with pytest.raises(CommandError) as error:
        run(file)
    assert ArticlePage.objects.count() == before
    return str(error.value)


def test_an_article_is_published_with_its_own_time(tmp_path: Path) -> None:
    run(write(tmp_path, GOOD))
    page = ArticlePage.objects.get(title="Ra quân đầu năm")
    assert page.live
    assert page.first_published_at.isoformat() == "2021-03-04T02:30:00+00:00"
    assert page.office.code == "cong-an"
    assert [part.name for part in page.contributions.all()] == ["Thảo Vy"]
    assert [block.value.source for block in page.body] == ["<p>Đoạn một</p>", "<p>Đoạn hai</p>"]
    assert str(ArticleGrade.objects.get(article=page).coefficient) == "1.50"
    assert page.slug == "ra-quan-dau-nam"
    assert page.get_parent().specific.slug == "tin-tuc"


@pytest.mark.parametrize(
    ("moment", "utc"),
    [
        ("2021-03-31T23:59:59", "2021-03-31T16:59:59+00:00"),
        ("2021-03-31T17:00:00Z", "2021-03-31T17:00:00+00:00"),
        ("2021-04-01T00:30:00+07:00", "2021-03-31T17:30:00+00:00"),
        ("2021-04-01", "2021-03-31T17:00:00+00:00"),
    ],
)
def test_an_offset_is_honoured_and_none_means_local_time(tmp_path: Path, moment: str, utc: str) -> None:
    run(write(tmp_path, GOOD.replace("2021-03-04T09:30", moment)))
    assert ArticlePage.objects.get().first_published_at.isoformat() == utc


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    file = write(tmp_path, GOOD)
    run(file)
    stamp = ArticlePage.objects.values_list("pk", "latest_revision", "path").get()
    assert {word for word in run(file).split() if word.strip(",.").isdigit()} == {"0", "1"}
    assert ArticlePage.objects.values_list("pk", "latest_revision", "path").get() == stamp


def test_another_writing_of_a_title_is_the_same_article(tmp_path: Path) -> None:
    run(write(tmp_path, GOOD))
    run(write(tmp_path, GOOD.replace("Ra quân đầu năm", "RA QUÂN  đầu năm")))
    assert ArticlePage.objects.count() == 1


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    assert "1" in run(write(tmp_path, GOOD), "--dry-run")
    assert not ArticlePage.objects.exists()


def test_decomposed_text_is_stored_composed_and_found_again(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", GOOD)
    run(write(tmp_path, decomposed))
    run(write(tmp_path, GOOD))
    assert [page.title for page in ArticlePage.objects.all()] == ["Ra quân đầu năm"]


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    run(write(tmp_path, GOOD, encoding="utf-8-sig"))
    assert ArticlePage.objects.count() == 1


@pytest.mark.parametrize(
    ("line", "place", "word"),
    [
        (GOOD.replace("2021-03-04T09:30", "2021-02-30"), "Dòng 2", "published_at"),
        (GOOD.replace("2021-03-04T09:30", "2999-01-01"), "Dòng 2", "published_at"),
        (GOOD.replace("2021-03-04T09:30", "hôm qua"), "Dòng 2", "published_at"),
        (GOOD.replace("dak-doa", "dak-dao"), "Dòng 2", "authority"),
        (GOOD.replace("Công an huyện", "Công an tỉnh"), "Dòng 2", "office"),
        (GOOD.replace("Ra quân đầu năm", "  "), "Dòng 2", "title"),
        (GOOD.replace("Ra quân đầu năm", "=HYPERLINK(1)"), "Dòng 2", "title"),
        (GOOD.replace("Ra quân đầu năm", "a" * 256), "Dòng 2", "title"),
        (GOOD.replace(",news,", ",tin,"), "Dòng 2", "genre"),
        (GOOD.replace('"1,5"', "10.5"), "Dòng 2", "coefficient"),
        (GOOD.replace('"1,5"', "-1"), "Dòng 2", "coefficient"),
        (GOOD.replace('"1,5"', "NaN"), "Dòng 2", "coefficient"),
        (GOOD.replace('"1,5"', "1.234"), "Dòng 2", "coefficient"),
        (GOOD.replace('"1,5"', "một"), "Dòng 2", "coefficient"),
        (GOOD + ",thừa", "Dòng 2", ""),
    ],
)
def test_a_faulty_row_stops_the_file(tmp_path: Path, line: str, place: str, word: str) -> None:
    text = refusal(write(tmp_path, line, GOOD.replace("Ra quân", "Tin khác")))
    assert place in text
    assert word in text


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    text = refusal(write(tmp_path, GOOD.replace("dak-doa", "x"), GOOD.replace("news", "y")))
    assert "Dòng 2" in text
    assert "Dòng 5" in text  # the first row's body spans three lines


def test_a_doubled_row_is_refused(tmp_path: Path) -> None:
    text = refusal(write(tmp_path, GOOD, GOOD.replace("Ra quân", "RA QUÂN")))
    assert "Dòng 5" in text
    assert "2" in text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1258"])
def test_another_encoding_is_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "articles.csv"
    path.write_bytes(f"{HEAD}\n{GOOD}".encode(encoding, errors="replace"))
    assert "UTF-8" in refusal(str(path)) or "CSV" in refusal(str(path))


@pytest.mark.parametrize(
    "head", [HEAD.replace("title", "tieu_de"), HEAD + ",gia", HEAD.replace("lead", "body"), "a;b;c"]
)
def test_wrong_columns_are_refused(tmp_path: Path, head: str) -> None:
    assert "Dòng 1" in refusal(write(tmp_path, GOOD, head=head))


@pytest.mark.parametrize(
    ("content", "told"),
    [("", "The file is empty."), ("\n\n", "The file is empty."), (HEAD, "The file holds no article.")],
)
def test_an_empty_file_is_refused(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "articles.csv"
    path.write_text(content, encoding="utf-8")
    assert refusal(str(path)).splitlines()[1:] == [_(told)]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refusal(str(tmp_path / "none.csv"))


def test_cells_may_be_parted_by_semicolons(tmp_path: Path) -> None:
    head = "authority;office;published_at;title;genre;coefficient"
    run(write(tmp_path, "dak-doa;Công an huyện;2021-03-04T09:30;Ra quân, đầu năm;news;1,5", head=head))
    page = ArticlePage.objects.get(title="Ra quân, đầu năm")
    assert str(ArticleGrade.objects.get(article=page).coefficient) == "1.50"


def test_a_console_shows_fifty_faults_and_how_many_more(tmp_path: Path) -> None:
    lines = [GOOD.replace("Ra quân", f"Tin {number}").replace("news", "y") for number in range(60)]
    told = refusal(write(tmp_path, *lines)).splitlines()
    assert len(told) == 52
    assert told[-1] == ngettext("and %(counter)s more.", "", 10) % {"counter": 10}


def test_unclosed_quotes_are_refused(tmp_path: Path) -> None:
    assert "CSV" in refusal(write(tmp_path, GOOD.replace('Đoạn hai"', "Đoạn hai")))


def test_markup_in_a_body_is_text(tmp_path: Path, client: Any) -> None:
    run(write(tmp_path, GOOD.replace("Đoạn một", "<script>alert(1)</script> {{7*7}}")))
    reply = client.get(ArticlePage.objects.get().relative_url(None) or "/", HTTP_HOST="localhost")
    assert "<script>alert(1)" not in reply.content.decode()
