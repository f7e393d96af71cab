"""What the check of reports catches: the mistakes of the real report of 2021, and sums that do not agree."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from compliance.catalogue.report_words import load_report_words
from compliance.rules.activity import Activity
from compliance.rules.figures import figures, render, rendered
from compliance.rules.report_checks import Checked, Checker, OwnFigure
from compliance.rules.report_sums import check_data
from compliance.rules.report_text import Part, roman
from compliance.rules.reported import Problem
from sitepages.text import fold
from tests.activity import figures_of, table

pytestmark = pytest.mark.unit

CHECKER = Checker(load_report_words(fold), fold)
HEAD = {"parent_body": "UBND huyện Đak Đoa", "issuing_body": "Ban Biên tập"}
BOARD = {
    "Trung tâm Văn hóa, Thông tin và Thể thao": (22, 7, 9, 18, 24, 0),
    "Công an huyện": (5, 6, 12, 5, 7, 4),
    "Phòng Tài chính - Kế hoạch": (0, 0, 0, 0, 0, 0),
    "Phòng Dân tộc": (0, 0, 0, 0, 0, 0),
    "Thanh tra huyện": (0, 0, 0, 0, 0, 0),
    "Phòng Lao động - TBXH huyện": (0, 0, 0, 0, 0, 0),
    "Văn phòng Huyện ủy": (0, 0, 0, 0, 0, 0),
}
DATA = figures_of(table(BOARD), table({"Trường THCS DT Nội trú": (0, 1, 3, 1, 1, 0)}, "collaborator"))
SHOWN = {
    key: "; ".join(each.names) if each.names is not None else str(each.value)
    for key, each in figures(DATA).items()
}


def problems(text: str, data: Activity = DATA, own: tuple[OwnFigure, ...] = (), **head: str) -> list[Problem]:
    return CHECKER.problems(Checked(data, [Part("results", text)], SHOWN, {**HEAD, **head}, own))


def codes(text: str, data: Activity = DATA, **head: str) -> list[str]:
    return [each.code for each in problems(text, data, **head)]


def test_a_report_that_agrees_goes_out() -> None:
    assert (
        problems(
            "I. Kết quả\n1. Tin, bài\nĐã đăng {{articles.total}} tin, bài; tháng 5 có 32 tin, bài.\n"
            "2. Kinh phí\nĐã chi 54.896.000 đồng (trong đó: nhuận bút 46.276.000 đồng; văn phòng phẩm "
            "8.620.000 đồng), bằng 36,6% của 150 triệu đồng.\nII. Đánh giá\n1. Ưu điểm\nTốt.\n2. Hạn chế\n"
            "Chưa có tin, bài: {{offices.silent_names}}."
        )
        == []
    )


# --- the seed's own mistakes


def test_four_silent_offices_named_where_the_table_has_five() -> None:
    found = problems(
        "Một số đơn vị trong 6 tháng đầu năm 2021 chưa có tin bài như: Phòng Tài chính- Kế hoạch, Phòng Dân "
        "tộc, Phòng Lao động, Thương binh và xã hội, Thanh tra huyện (Có phụ lục kèm theo)"
    )
    assert [each.code for each in found] == ["silent"]
    assert found[0].params == {"missing": "Văn phòng Huyện ủy", "extra": ""}
    assert found[0].paragraph == 1


def test_section_numbers_1_2_4() -> None:
    found = problems("I. Tình hình:\n1. Chỉ đạo\nA.\n2. Kết quả\nB.\n4. Kinh phí\nC.\nII. Đánh giá")
    assert [(each.code, each.place, each.params) for each in found] == [
        ("heading", "I.4", {"expected": "3", "found": "4"})
    ]


def test_running_numbers_that_skip_14() -> None:
    group = table({f"Phòng {number}": (1,) for number in range(1, 17)})
    skipped = [dataclasses.replace(row, number=row.number + (row.number > 13)) for row in group.rows]
    data = figures_of(dataclasses.replace(group, rows=tuple(skipped)))
    found = [each for each in check_data(data) if each.code == "numbering"]
    assert found[0].params == {"found": "15", "expected": "14"}
    assert len(found) == 3


@pytest.mark.parametrize(
    ("head", "text", "quote"),
    [
        ({"place": "Dak Đoa"}, "Tốt.", "Dak Đoa"),
        ({}, "Trang của huyện Đăk Đoa hoạt động tốt.", "Đăk Đoa"),
        ({}, "UBND HUYỆN ĐAK ĐOÀ đã ban hành.", "ĐAK ĐOÀ"),
    ],
)
def test_the_name_of_the_unit_written_wrongly(head: dict[str, str], text: str, quote: str) -> None:
    found = problems(text, **head)
    assert [(each.code, each.quote) for each in found] == [("spelling", quote)]
    assert found[0].params == {"name": "Đak Đoa"}


def test_a_missing_parent_body() -> None:
    found = problems("Tốt.", parent_body=" ")
    assert [(each.code, each.place) for each in found] == [("blank", "parent_body")]


# --- figures in the text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Đã đăng 243 tin bài.", "articles"),
        ("Đã đăng 213 các loại văn bản.", "documents"),
        ("Thu hút được 9934 lượt truy cập.", "visits"),
        ("Đã chi 54.896.001 đồng.", "money"),
        ("Đã chi 55 triệu đồng.", "money"),
        ("Bằng 36,7% kinh phí.", "percent"),
        ("Có 96.811 tin, bài.", "articles"),  # a figure there is, of something else
    ],
)
def test_a_figure_the_data_do_not_have(text: str, kind: str) -> None:
    found = problems(f"I. Kết quả\n{text}")
    assert [(each.code, each.place, each.paragraph, each.params["kind"]) for each in found] == [
        ("number", "I", 1, kind)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ Quyết định số 93/QĐ-UBND ngày 15/01/2019 của UBND huyện.",
        "Nghị định số 43/2011/NĐ-CP ngày 13/6/2011; văn bản số 235/UBND-CCHC ngày 08/02/2021.",
        "Kế hoạch số 14/KH-VHTT ngày 15/4/2021; dịch vụ công mức độ 3, 4.",
        "Luật Công nghệ thông tin năm 2006 (Khoản 2, điều 28); Luật 104/2016/QH13, Điều 17.1.d.",
        "Phòng, chống Covid-19; tiếp công dân ngày thứ 7; quý II/2021; 6 tháng cuối năm 2021.",
        "Ngày 29 tháng 7 năm 2021, đường dây nóng 0269 3831 245, giai đoạn 2021-2025.",
        "Thu hút 9933 lượt truy cập, nâng tổng số lượt (tính đến ngày 29/6/2021) là 96811 lượt.",
        "Gỡ bỏ 03 thủ tục hành chính, mở 03 chuyên mục.",
    ],
)
def test_days_documents_and_provisions_are_no_figures(text: str) -> None:
    assert problems(text) == []


def test_a_figure_the_board_vouches_for_needs_its_source() -> None:
    text = "Tổ chức 02 lớp tập huấn."
    assert codes(text) == ["number"]
    assert problems(text, own=(OwnFigure("02 lớp tập huấn", "Kế hoạch số 14/KH-VHTT"),)) == []
    assert [each.code for each in problems(text, own=(OwnFigure("02 lớp tập huấn", ""),))] == ["own_source"]
    assert [each.code for each in problems(text, own=(OwnFigure("03 lớp tập huấn", "x"),))] == ["number"]


def test_parts_in_brackets_add_up_to_the_whole() -> None:
    text = "Đã chi 54.896.000 đồng (trong đó: 46.276.000 đồng và 46.276.000 đồng)."
    assert codes(text) == ["addends"]


def test_an_unknown_reference_and_a_linked_figure_of_something_else() -> None:
    assert codes("Có {{articles.totl}} tin, bài.") == ["reference"]
    assert codes("Có {{articles.total}} văn bản.") == ["number"]


def test_a_report_without_text() -> None:
    assert codes(" \n ") == ["no_text"]


# --- properties

ROWS = st.dictionaries(
    st.text("abc", min_size=1, max_size=6),
    st.tuples(*[st.integers(0, 40)] * 3),
    min_size=1,
    max_size=8,
)


@given(ROWS, ROWS)
def test_a_table_counted_from_its_cells_reconciles(one: dict, other: dict) -> None:
    assert check_data(figures_of(table(one), table(other, "collaborator"))) == []


@given(ROWS, st.integers(0, 7), st.integers(0, 2), st.integers(1, 9))
def test_any_cell_changed_by_hand_is_found(rows: dict, row: int, column: int, more: int) -> None:
    data = figures_of(table(rows))
    group = data.articles.groups[0]
    line = group.rows[row % len(group.rows)]
    counts = tuple(each + more * (index == column) for index, each in enumerate(line.counts))
    changed = tuple(dataclasses.replace(each, counts=counts) if each is line else each for each in group.rows)
    articles = dataclasses.replace(data.articles, groups=(dataclasses.replace(group, rows=changed),))
    assert {"row_sum", "column_sum"} <= {
        each.code for each in check_data(dataclasses.replace(data, articles=articles))
    }


@given(st.integers(0, 10**9))
@example(18_000_000)  # free telephone numbers look like this
@example(19_001_234)
def test_a_typed_count_passes_only_when_the_data_have_it(number: int) -> None:
    known = {0, 9_933, 96_811}
    assert (codes(f"Có {number} lượt truy cập.") == []) == (number in known - {0})


@given(st.text(max_size=200))
def test_no_text_makes_the_check_fail(text: str) -> None:
    for each in problems(text):
        assert each.code


@given(st.lists(st.sampled_from(sorted(SHOWN)), max_size=5))
def test_linked_places_hold_what_the_figures_show(keys: list[str]) -> None:
    made = render(" và ".join(f"{{{{{key}}}}}" for key in keys), SHOWN)
    assert made.text == " và ".join(SHOWN[key] for key in keys)
    assert [made.text[start:end] for start, end in made.linked] == [SHOWN[key] for key in keys]
    assert rendered("{{nothing}}", SHOWN) == "{{nothing}}"


def test_roman_numbers() -> None:
    assert [roman(number) for number in (1, 4, 6, 9, 14)] == ["I", "IV", "VI", "IX", "XIV"]
