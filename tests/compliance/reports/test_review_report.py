"""The report of thirty units and ten sections: exactly the failing units, in JSON, Markdown and Word."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import gettext as _
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt

from compliance.models import Review, ReviewMark
from compliance.rules.review import SectionInfo
from compliance.services.objections import answer_objection, file_objection
from compliance.services.reviews import close_review
from tests.builders import make_user
from tests.reviewing import CODES, NOW, make_review, mark, random_marks, the_mark, write

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("ten_sections")]

UNITS = [f"h-{number:02d}" for number in range(30, 0, -1)]  # the order of the file is not that of the codes
NAMES = {unit: f"huyện Số {unit[2:]}" for unit in UNITS}
FAILING = ("late", "missing")


@pytest.fixture
def marks(tmp_path: Path) -> dict[str, dict[str, str]]:
    """Thirty units made and marked from a file, sections shuffled."""
    marks = random_marks(UNITS)
    lines = [
        f"{unit},{code},{marks[unit][code]},,{NAMES[unit]},district"
        for unit in UNITS
        for code in reversed(CODES)
    ]
    file = write(tmp_path, *lines, head="unit,section,state,note,unit_name,unit_tier")
    options = ("--review", "r1", "--period", "2019-01..2019-06", "--create-units")
    call_command("import_review", file, *options, stdout=io.StringIO())
    return marks


def run(kind: str, *options: str, code: str = "r1") -> str:
    out = io.StringIO()
    call_command(
        "review_report", "--review", code, "--format", kind, *options, stdout=out, stderr=io.StringIO()
    )
    return out.getvalue()


def word(folder: Path) -> Any:
    path = folder / "report.docx"
    run("docx", "--output", str(path))
    return docx.Document(str(path))


def expected_sections(marks: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    """The sections of the JSON report, computed plainly."""
    found = []
    for position, code in enumerate(CODES):
        names = [NAMES[unit] for unit in UNITS if marks[unit][code] in FAILING]
        found.append((-len(names), position, code, names))
    found.sort()
    return [
        {"code": code, "name": f"Mục {code}", "failing": names, "footnote": number}
        for number, (_count, _position, code, names) in enumerate(found, start=1)
    ]


def test_json_names_exactly_the_failing_units(marks: dict[str, dict[str, str]]) -> None:
    report = json.loads(run("json"))
    assert (report["review"], report["period"]) == ("r1", "2019-01..2019-06")
    assert report["sections"] == expected_sections(marks)
    assert [unit["name"] for unit in report["units"]] == [NAMES[unit] for unit in UNITS]
    assert [unit["states"] for unit in report["units"]] == [marks[unit] for unit in UNITS]
    assert all(list(unit["states"]) == list(CODES) for unit in report["units"])
    assert report["units"][0]["score"] == 100.0
    assert {unit["code"] for unit in report["units"]} == set(UNITS)
    assert {unit["tier"] for unit in report["units"]} == {"district"}
    best = sorted(report["units"], key=lambda unit: -unit["points"] / unit["possible"])
    assert [unit["rank"] for unit in best][:1] == [1]
    assert report["objections"] == []


def test_the_score_is_the_weighted_share_to_one_decimal(
    marks: dict[str, dict[str, str]], ten_sections: list[SectionInfo]
) -> None:
    credit = {"met": 2, "late": 1, "missing": 0}
    for unit, row in zip(UNITS, json.loads(run("json"))["units"], strict=True):
        due = [each for each in ten_sections if marks[unit][each.code] != "not_applicable"]
        reached = sum(credit[marks[unit][each.code]] * each.weight for each in due)
        possible = 2 * sum(each.weight for each in due)
        assert row["score"] == (reached * 1000 * 2 + possible) // (2 * possible) / 10


def test_sections_without_failures_come_last_and_have_no_footnote() -> None:
    review = make_review()
    for unit in ("glar", "trang"):
        mark(review, unit, alpha="met", beta="late", gamma="not_applicable", delta="late")
    sections = json.loads(run("json"))["sections"]
    assert [(each["code"], each["footnote"]) for each in sections] == [
        ("beta", 1), ("delta", 2), ("alpha", None), ("gamma", None),
    ]  # fmt: skip
    units = {unit["name"]: unit for unit in json.loads(run("json"))["units"]}
    assert units["huyện Đak Đoa"] == {
        "name": "huyện Đak Đoa", "states": {}, "score": None, "code": "dak-doa", "points": 0.0,
        "possible": 0, "rank": None, "tier": "district", "before": None,
    }  # fmt: skip


def test_word_has_the_layout_of_the_decree(marks: dict[str, dict[str, str]], tmp_path: Path) -> None:
    report = word(tmp_path)
    first, annex, _points = report.sections
    assert abs(first.page_width - Mm(210)) < Mm(0.1)
    assert abs(first.page_height - Mm(297)) < Mm(0.1)
    assert annex.orientation == WD_ORIENT.LANDSCAPE
    assert annex.page_width > annex.page_height
    for section in report.sections:
        assert abs(section.left_margin - Mm(30)) < Mm(0.1)
        assert abs(section.right_margin - Mm(20)) < Mm(0.1)
        assert abs(section.top_margin - Mm(20)) < Mm(0.1)
        assert abs(section.bottom_margin - Mm(20)) < Mm(0.1)
        assert section.different_first_page_header_footer
        assert "PAGE" in section.header._element.xml
        assert section.header.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.CENTER
        assert not section.first_page_header.paragraphs[0].text
        assert "PAGE" not in section.first_page_header._element.xml
    normal = report.styles["Normal"]
    fonts = normal.element.rPr.rFonts
    assert {fonts.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "eastAsia", "cs")} == {
        "Times New Roman"
    }
    assert normal.font.size == Pt(14)
    body = report.styles["Official Body"].paragraph_format
    assert body.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert body.first_line_indent == Mm(12.7)
    assert normal.paragraph_format.space_after >= Pt(6)
    sizes = {run.font.size for table in report.tables[:2] for run in _runs(table)}
    assert sizes <= {Pt(size) for size in (11, 12, 13, 14)}


def _runs(table: Any) -> list[Any]:
    return [
        run
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
        for run in paragraph.runs
    ]


def test_the_annex_is_the_matrix_with_its_head_repeated(
    marks: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    report = word(tmp_path)
    matrix = report.tables[2]
    assert (len(matrix.rows), len(matrix.columns)) == (31, 13)
    assert matrix.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [cell.text for cell in matrix.rows[0].cells][2:12] == [f"Mục {code}" for code in CODES]
    assert [row.cells[1].text for row in matrix.rows[1:]] == [NAMES[unit] for unit in UNITS]
    letters = {
        (marks[unit][code], row.cells[2 + column].text)
        for unit, row in zip(UNITS, matrix.rows[1:], strict=True)
        for column, code in enumerate(CODES)
    }
    assert len(letters) == 4, "one letter for each state"
    assert len({letter for _state, letter in letters}) == 4
    assert [len(row.cells) for row in report.tables[3].rows] == [10] * 31


def test_footnotes_are_real_and_name_the_failing_units(
    marks: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    report = word(tmp_path)
    marked = report.element.body.findall(f".//{qn('w:footnoteReference')}")
    assert [int(each.get(qn("w:id"))) for each in marked] == list(range(1, 11))
    again = tmp_path / "again.docx"
    report.save(str(again))  # python-docx keeps the part
    with zipfile.ZipFile(again) as package:
        root = parse_xml(package.read("word/footnotes.xml"))
        settings = package.read("word/settings.xml").decode()
    notes = [
        "".join(words.text for words in each.iter(qn("w:t")))
        for each in root
        if each.get(qn("w:type")) is None
    ]
    assert "footnotePr" in settings
    for text, section in zip(notes, expected_sections(marks), strict=True):
        code = section["code"]
        missing = [NAMES[unit] for unit in UNITS if marks[unit][code] == "missing"]
        late = [NAMES[unit] for unit in UNITS if marks[unit][code] == "late"]
        assert ", ".join(missing) in text
        assert ", ".join(late) in text
        assert text.count("huyện Số") == len(section["failing"])


def test_units_that_meet_everything_are_named(marks: dict[str, dict[str, str]]) -> None:
    good = [NAMES[unit] for unit in UNITS if not set(marks[unit].values()) & set(FAILING)]
    assert NAMES[UNITS[0]] in good
    assert ", ".join(good) in run("md")


def test_markdown_carries_the_same_footnotes(marks: dict[str, dict[str, str]]) -> None:
    text = run("md")
    for section in expected_sections(marks):
        note = next(line for line in text.splitlines() if line.startswith(f"[^{section['footnote']}]: "))
        assert note.count("huyện Số") == len(section["failing"])
        assert text.count(f"[^{section['footnote']}]") == 2


def test_what_is_missing_in_the_letterhead_is_a_dotted_blank(
    marks: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    left, right = word(tmp_path).tables[0].rows[0].cells
    assert left.paragraphs[0].text.strip("…") == ""
    assert left.paragraphs[1].text.strip("…") == ""
    assert left.paragraphs[3].text.endswith("…/BC-……")
    assert right.paragraphs[3].text.startswith("………, ")
    assert not any(char.isdigit() for char in right.paragraphs[3].text)


def test_the_letterhead_and_signature_stand_as_the_decree_writes_them(
    marks: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    Review.objects.update(
        parent_body="UBND tỉnh", issuing_body="Sở Thử nghiệm", number="8/BC-STN", place="Hà Tĩnh",
        report_date="2019-02-05", signing_authority="KT. Giám đốc", signer_position="Phó Giám đốc",
        signer_name="Nguyễn Văn Thử", recipients="UBND tỉnh (b/c)\nLưu: VT, CNTT\n- Các sở;",
    )  # fmt: skip
    report = word(tmp_path)
    left, right = report.tables[0].rows[0].cells
    texts = [paragraph.text for paragraph in left.paragraphs]
    assert texts[:2] == ["UBND TỈNH", "SỞ THỬ NGHIỆM"]
    assert [run.bold for paragraph in left.paragraphs[:2] for run in paragraph.runs] == [False, True]
    assert texts[3].endswith(" 08/BC-STN")
    place = right.paragraphs[3]
    assert place.text.startswith("Hà Tĩnh, ")
    assert "05" in place.text
    assert "02" in place.text
    assert place.runs[0].italic
    recipients, signature = report.tables[1].rows[0].cells
    assert [paragraph.text for paragraph in recipients.paragraphs][1:] == [
        "- UBND tỉnh (b/c);", "- Các sở;", "- Lưu: VT, CNTT.",
    ]  # fmt: skip
    lines = [paragraph.text for paragraph in signature.paragraphs if paragraph.text]
    assert lines == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Văn Thử"]


def test_names_that_would_break_markup_come_through(tmp_path: Path) -> None:
    review = make_review(issuing_body="Sở <A> & “B” | C *d*", number="1/BC-X & Y")
    mark(review, "glar", alpha="missing")
    ReviewMark.objects.update(note="=1+1")
    assert word(tmp_path).tables[0].rows[0].cells[0].paragraphs[1].text == "SỞ <A> & “B” | C *D*"
    assert "\\<A\\> & “B” \\| C \\*D\\*" in run("md")


def test_a_closed_review_reports_what_was_frozen_and_its_objections(tmp_path: Path) -> None:
    review = make_review()
    mark(review, "glar", alpha="missing", beta="met")
    mark(review, "trang", alpha="met", beta="late")
    row = the_mark(review, "glar", "alpha")
    close_review(review, now=NOW)
    objection = file_objection(row, "Có đăng ngày 3/2", user=make_user("officer", "glar"), now=NOW)
    before = run("json")
    answer_objection(objection, "Đã kiểm tra lại", "met", user=make_user("reviewer"), now=NOW)
    sections = {each["code"]: each["failing"] for each in json.loads(run("json"))["sections"]}
    assert json.loads(before)["sections"][0]["failing"] == ["xã Glar"]
    assert sections == {"alpha": [], "beta": ["xã Trang"]}
    report = json.loads(run("json"))
    glar, trang = report["units"][1:]
    assert (glar["score"], glar["points"], glar["possible"]) == (100.0, 3.0, 3)
    assert glar["before"] == {"score": 66.7, "points": 2.0, "possible": 3, "rank": None}
    assert trang["before"] is None
    [told] = report["objections"]
    assert (told["unit"], told["section"], told["accepted"]) == ("glar", "alpha", True)
    assert (told["old_state"], told["new_state"]) == ("missing", "met")
    assert (told["old_score"], told["new_score"]) == (66.7, 100.0)
    assert report["threshold"] == {"overall": 80, "each_group": 50}
    [waiting] = json.loads(before)["objections"]
    assert (waiting["accepted"], waiting["answer"], waiting["new_state"]) == (None, "", None)
    text = run("md")
    assert "Có đăng ngày 3/2." in text
    assert "Đã kiểm tra lại." in text
    told = _("Score of the unit: %(old)s before the objection, %(new)s after it.")
    assert told % {"old": "66,7%", "new": "100,0%"} in text
    assert told % {"old": "66,7%", "new": "100,0%"} in "\n".join(
        each.text for each in word(tmp_path).paragraphs
    )


def test_where_the_file_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    mark(make_review(), "glar", alpha="met")
    run("docx")
    assert (tmp_path / "r1.docx").read_bytes()[:2] == b"PK"
    assert run("json", "--output", "out.json") == ""
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["review"] == "r1"
    with pytest.raises(CommandError, match="nowhere"):
        run("md", "--output", "nowhere/out.md")
    with pytest.raises(CommandError, match="r1"):
        run("json", code="r2")


def test_a_review_without_marks_still_makes_a_report(tmp_path: Path) -> None:
    make_review()
    report = json.loads(run("json"))
    assert report["sections"] == []
    assert [unit["score"] for unit in report["units"]] == [None, None, None]
    assert len(word(tmp_path).tables) == 4


def test_many_sections_are_numbered_with_a_key(tmp_path: Path, ten_sections: list[SectionInfo]) -> None:
    ten_sections[:] = [SectionInfo(f"s{n}", f"Mục {n}", f"Section {n}", "G1", 1) for n in range(36)]
    mark(make_review(), "glar", **{f"s{number}": "late" for number in range(36)})
    report = word(tmp_path)
    heads = [cell.text for cell in report.tables[2].rows[0].cells]
    assert heads[2:-1] == [str(number) for number in range(1, 37)]
    width = sum(column.width for column in report.tables[2].columns)
    assert width <= Mm(247.5)
    assert len(report.tables[3].rows) == 19
