"""Numbers in words and figures behind their noun are checked like any other; everyday ones are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.amounts import in_words
from tests.compliance.rules.report_board import CHECKER, TOTAL, codes, problems

pytestmark = pytest.mark.unit

SPELLED = CHECKER.words.spelled


@given(st.integers(1, 10**9 - 1))
def test_every_number_in_words_is_read(number: int) -> None:
    words = in_words(number)
    assert SPELLED.value(words.split()) == number
    found = [value for _start, _end, value in SPELLED.find(f"đăng {words} tin")]
    assert found == ([number] if number != 1 else [])


@given(st.lists(st.sampled_from(["một", "hai", "mười", "mươi", "trăm", "nghìn", "tỷ", "tư", "năm", "linh"])))
def test_no_heap_of_number_words_fails(words: list[str]) -> None:
    for start, end, value in SPELLED.find(" ".join(words)):
        assert 0 <= start < end
        assert value > 0


@given(st.integers(2, 400))
def test_a_number_in_words_passes_when_the_data_have_it(number: int) -> None:
    assert codes(f"Đã đăng {in_words(number)} văn bản.") == ([] if number in (200, 213, 13) else ["number"])


ACCEPTED = [
    "Năm đơn vị chưa có tin bài.",
    "Còn năm đơn vị chưa có tin, bài.",
    "Ba chuyên mục mới được mở.",
    "Đã đăng hai trăm mười ba văn bản.",
    "Có mười ba kế hoạch.",
    "Kinh phí một trăm năm mươi triệu đồng.",
    "Trong năm đơn vị nào cũng tham gia.",
    "Cuối năm văn bản được rà soát.",
    "Trang là một cơ quan ngôn luận, có một số đơn vị tích cực.",
    "Tháng tư văn bản mới được ban hành; thứ hai, phòng trực.",
    "Tổ chức hai lớp tập huấn.",
    "Bộ phận một cửa; hai mức giá; không tin bài nào sai.",
    # behind the noun
    f"Tổng số tin bài: {TOTAL}.",
    f"Tổng số tin, bài đã đăng trong kỳ là {TOTAL}.",
    f"Số lượng tin, bài đạt {TOTAL}.",
    "Tổng số văn bản là 213; trong đó quyết định: 200; kế hoạch: 13.",
    "Số lượt truy cập: 9933.",
    "Số đơn vị có tin, bài: 07.",
    "Công an huyện: 39; Phòng Tư pháp: 12.",
    "Số tin, bài của Phòng Tư pháp: 12.",
    "Đơn vị nhiều tin, bài nhất là Công an huyện: 39.",
    "Văn bản đã đăng (tính đến ngày 29/6/2021): 213.",
    "Tổng số văn bản là {{documents.total}}; quyết định công bố thủ tục: {{documents.decision}}.",
    # everyday
    "Ngày 5 tháng 7 năm 2021, Ban Biên tập họp lúc 7h30, kết thúc 10 giờ 30, tiếp lúc 14:00.",
    "Từ 7 giờ 30 ngày 5/7/2021 đến 17h; các ngày 5, 6 và 7 tháng 7 năm 2021.",
    "Năm 2021, năm học 2020 - 2021; từ 01/01 đến 30/6.",
    "Xếp số 1 toàn tỉnh; tổ số 12; đường dây số 02.",
    "Áp dụng TCVN ISO 9001:2015 và ISO 9001:2015; ISO/IEC 27001.",
    "Nghị định số 30/2020/NĐ-CP; Nghị định 30 / 2020/NĐ-CP; Chỉ thị 16/CT-TTg.",
    "Kinh phí khoảng triệu đồng, khoảng tỷ đồng mỗi năm.",
    "1.1. Công tác chỉ đạo\n1.2.1 Công tác khác\n(1) Nội dung.\n- 2) Nội dung khác.",
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_these_pass(text: str) -> None:
    assert problems(text) == []


REFUSED = [
    ("Bốn đơn vị chưa có tin bài.", "offices"),
    ("Có một đơn vị chưa có tin bài.", "offices"),
    ("Đã đăng ba mươi lăm tin bài.", "articles"),
    ("Đã đăng hai chục văn bản.", "documents"),
    ("Kinh phí hai trăm triệu đồng.", "money"),
    ("Đạt một trăm phần trăm kế hoạch.", "percent"),
    ("Đạt 100% kế hoạch.", "percent"),
    ("Tổng số tin bài: 213.", "articles"),
    ("Tổng số tin, bài đã đăng trong kỳ là 213.", "articles"),
    (f"Tổng số văn bản là {TOTAL}.", "documents"),
    (f"Số lượt truy cập: {TOTAL}.", "visits"),
    ("Số lượng tin, bài đạt hơn 213 trong kỳ.", "articles"),
    ("Số đơn vị có tin, bài: 213.", "offices"),
    (f"Văn bản: {TOTAL}.", "documents"),
    ("Tin, bài đã đăng (có phụ lục): 213.", "articles"),
    ("Tổng số văn bản là {{articles.total}}.", "documents"),
    ("Trong số 11 đơn vị của bảng.", "offices"),
    ("Đăng số 14 tin, bài.", "articles"),
    ("Tổng số tin, bài là hai trăm mười ba.", "articles"),
]


@pytest.mark.parametrize(("text", "kind"), REFUSED)
def test_these_are_refused_with_their_place(text: str, kind: str) -> None:
    found = problems(f"I. Kết quả\nTốt.\n{text}")
    assert [(each.code, each.place, each.paragraph, each.params["kind"]) for each in found] == [
        ("number", "I", 2, kind)
    ]


@pytest.mark.parametrize(
    ("numbers", "wrong"),
    [
        (["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI"], []),
        (["I", "II", "IV"], [("IV", "III")]),
        (["I", "IIII"], [("IIII", "II")]),
        (["II"], [("II", "I")]),
        (["I", "C"], [("C", "II")]),
    ],
)
def test_headings_of_the_first_level_are_roman_and_in_order(
    numbers: list[str], wrong: list[tuple[str, str]]
) -> None:
    for sign in (". ", "/ ", "/"):
        found = problems("\n".join(f"{number}{sign}Kết quả\nTốt." for number in numbers))
        assert [(each.params["found"], each.params["expected"]) for each in found] == wrong


def test_numbers_of_headings_with_a_stroke_and_what_only_looks_like_one() -> None:
    assert codes("I/ Kết quả\n1/ Tin, bài\nTốt.\n2/ Văn bản\nTốt.\nV/v triển khai kế hoạch.") == []
    assert codes("I/ Kết quả\n1/ Tin, bài\nTốt.\n3/ Văn bản\nTốt.") == ["heading"]
