"""Sentences about offices without articles: the right names pass, others are refused with their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compliance.rules.report_board import ALL, BOARD, SILENT, codes, problems

pytestmark = pytest.mark.unit

WORDINGS = [
    "không có bài",
    "không có tin, bài nào",
    "chưa có tin bài",
    "không gửi tin, bài",
    "không gửi",
    "chưa gửi",
    "chưa gửi bài",
    "chưa hề gửi tin bài",
    "không viết",
    "chưa viết tin",
    "không phát sinh tin, bài",
    "không tham gia",
    "không tham gia viết bài",
    "chưa tham gia viết tin bài",
    "chưa tham gia",
    "chưa cung cấp tin, bài",
    "chưa gửi về Ban Biên tập tin, bài nào",
]
REST = ALL.rpartition("; ")[0]
FOREIGN = f"{ALL}; Công an huyện"


@pytest.mark.parametrize("wording", WORDINGS)
@pytest.mark.parametrize(
    "frame", ["Các đơn vị {} gồm: {}.", "Còn 05 đơn vị {}: {} (có phụ lục).", "{1} {0}."]
)
def test_every_wording_is_understood(wording: str, frame: str) -> None:
    assert codes(frame.format(wording, ALL)) == []
    for names in (REST, FOREIGN):
        assert codes(frame.format(wording, names)) == ["silent"]


@given(st.permutations(SILENT), st.sampled_from(["; ", ", ", " và ", ",  "]), st.sampled_from(WORDINGS))
def test_the_order_and_the_signs_between_names_do_not_matter(
    names: list[str], sign: str, wording: str
) -> None:
    assert codes(f"Đơn vị {wording} là: {sign.join(names)}.") == []


@given(st.sets(st.sampled_from(list(BOARD)), min_size=1), st.sampled_from(WORDINGS), st.booleans())
def test_only_the_offices_of_the_table_pass(names: set[str], wording: str, before: bool) -> None:
    listed = ", ".join(names)
    text = f"{listed} {wording}." if before else f"Các đơn vị {wording} gồm: {listed}."
    assert (codes(text) == []) == (names == set(SILENT))


@given(st.sets(st.sampled_from(list(BOARD)), min_size=1), st.sampled_from(["- ", "+ ", "• ", "1) ", ""]))
def test_a_list_over_lines_is_read_like_one_in_a_sentence(names: set[str], bullet: str) -> None:
    lines = "\n".join(f"{bullet}{name};" for name in names)
    found = problems(f"I. Hạn chế\nCác đơn vị chưa có tin, bài gồm:\n{lines}\nCông an huyện viết đều.")
    assert [each.code for each in found] == ([] if names == set(SILENT) else ["silent"])
    assert all((each.place, each.paragraph) == ("I", 1) for each in found)


ACCEPTED = [
    "Phòng VHTT đã nhắc các đơn vị chưa có tin, bài.",
    "Phòng Văn hóa và Thông tin đôn đốc cơ quan chưa gửi bài.",
    f"Theo Phòng VHTT, các đơn vị chưa có tin, bài gồm: {ALL}.",
    f"Các đơn vị chưa có tin, bài: {ALL}. Công an huyện, Phòng Tư pháp có nhiều tin, bài nhất.",
    f"Công an huyện dẫn đầu. Chưa có tin, bài: {ALL}. TT. Bồi dưỡng chính trị mới tham gia.",
    f"Các đơn vị chưa có tin, bài: {ALL}; Phòng VHTT đã nhắc nhở.",
    f"Một số đơn vị chưa có tin, bài. Đó là: {ALL}.",
    f"Phòng VHTT đã gửi công văn nhắc các đơn vị chưa có tin, bài, gồm {ALL}.",
    f"Công an huyện có 39 tin, bài; {ALL} chưa có tin, bài.",
    "Công an xã Glar chưa có tin, bài.",
    "Công tác thanh tra chưa có bài.",
    "Phòng Tư pháp chưa gửi báo cáo quý.",
    "Công an huyện không có bài trùng lặp.",
    "Phòng Tư pháp chưa có tin, bài về công tác tôn giáo.",
    "Phòng Tư pháp không tham gia họp giao ban.",
    "Công an huyện chưa thường xuyên gửi tin, bài.",
    "Đôn đốc các đơn vị chưa có tin, bài; Công an huyện tiếp tục phát huy.",
    "Tháng 6, Phòng Tư pháp chưa có tin, bài.",
    "Không có đơn vị nào của Công an huyện.",
    "Các đơn vị chưa có tin, bài (có phụ lục kèm theo).\n- Công an huyện viết đều.",
    "Còn {{offices.silent}} đơn vị chưa có tin, bài trong kỳ, gồm: {{offices.silent_names}} (có Phụ lục).",
    f"{SILENT[0]} chưa có bài. {SILENT[1]} không gửi tin. Ngoài ra, {', '.join(SILENT[2:])} không viết bài.",
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_right_sentences_pass(text: str) -> None:
    assert problems(text) == []


REFUSED = [
    ("Công an huyện chưa có tin, bài.", "Công an huyện"),
    ("Đến nay Công an huyện vẫn chưa gửi tin, bài.", "Công an huyện"),
    ("Công an huyện là đơn vị chưa có tin, bài trong 6 tháng đầu năm.", "Công an huyện"),
    ("Phòng VHTT trong kỳ không phát sinh tin, bài.", "Phòng Văn hóa và Thông tin"),
    ("P. VH-TT không viết bài nào.", "Phòng Văn hóa và Thông tin"),
    (f"Các đơn vị chưa có tin, bài như: {ALL}, Phòng Tư pháp.", "Phòng Tư pháp"),
    (f"Phòng VHTT đã nhắc các đơn vị chưa có tin, bài: {ALL} và Công an huyện.", "Công an huyện"),
    (f"Một số đơn vị chưa có tin, bài. Gồm: {ALL}, Công an huyện.", "Công an huyện"),
    ("Tháng 5, Phòng Tư pháp chưa có tin, bài.", "Phòng Tư pháp"),
]


@pytest.mark.parametrize(("text", "extra"), REFUSED)
def test_an_office_with_articles_is_not_called_silent(text: str, extra: str) -> None:
    found = problems(f"I. Kết quả\nTốt.\n{text}")
    assert [(each.code, each.place, each.paragraph) for each in found] == [("silent", "I", 2)]
    assert found[0].params["extra"] == extra


@pytest.mark.parametrize(
    "spelled",
    [
        "Phòng LĐ-TB&XH",
        "Phòng LĐ - TB & XH",
        "Phòng LĐ-TB và XH huyện",
        "Phòng LĐTB&XH",
        "Phòng LĐTBXH",
        "phòng Lao động - TB xã hội",
        "Phòng Lao động, Thương binh và xã hội",
        "Phòng Lao động-Thương binh & Xã hội huyện",
        "P. LĐ-TBXH",
    ],
)
def test_one_office_in_many_spellings(spelled: str) -> None:
    text = ALL.replace("Phòng Lao động - TBXH huyện", spelled)
    assert codes(f"Các đơn vị chưa có tin, bài: {text}.") == []
    assert codes(f"Các đơn vị chưa có tin, bài: {spelled}.") == ["silent"]


def test_many_offices_with_their_first_word_said_once() -> None:
    rest = "Thanh tra huyện, Văn phòng Huyện ủy"
    text = f"Chưa có tin, bài: các phòng Tài chính - Kế hoạch, Dân tộc, Lao động - TBXH; {rest}."
    assert codes(text) == []
    assert codes(text.replace("Dân tộc", "Tư pháp")) == ["silent"]
    assert codes(text.replace("Dân tộc, ", "")) == ["silent"]
    assert codes("Các phòng: Tư pháp, Dân tộc chưa gửi bài.") == ["silent"]


def test_a_list_ends_where_other_entries_begin() -> None:
    names = "\n".join(f"+ {name}" for name in SILENT)
    text = f"- Các đơn vị chưa có tin, bài gồm:\n{names}\n- Công an huyện có nhiều tin, bài nhất."
    assert codes(text) == []
    assert codes(text.replace(f"+ {SILENT[-1]}\n", "")) == ["silent"]
