"""More ways of saying that an office wrote nothing, and what only looks like one."""

from __future__ import annotations

import pytest

from tests.compliance.rules.board_2021 import problems

pytestmark = pytest.mark.unit

ACCEPTED = [
    "Đơn vị dẫn đầu là Trung tâm Văn hóa, Thông tin và Thể thao với 80 tin, bài.",
    "Công an huyện có 39 tin, bài; Phòng Dân tộc có 0 tin, bài.",
    "Phòng Dân tộc: 0 tin, bài.",
    "Ngoài năm đơn vị nêu trên, các đơn vị khác đều có tin, bài.",
    "Yêu cầu tất cả các đơn vị đều có tin, bài.",
    "Các đơn vị đều tích cực.",
    "Các đơn vị phải gửi tin, bài; không đơn vị nào được không gửi tin, bài.",
    "Phòng Tư pháp có một vị trí bỏ trống.",
    "Trang không thiếu tin, bài.",
    "Phòng Tư pháp thiếu tin, bài chất lượng.",
    "Ban Biên tập giao các đơn vị 80 tin, bài.",
    "Phấn đấu 6 tháng cuối năm đăng 300 tin, bài.",
    "Chỉ tiêu năm sau là 500 tin, bài.",
    "Phòng Nội vụ không gửi tin, bài đúng hạn.",
    "Phòng Nội vụ chưa gửi bài đầy đủ.",
    "Phòng Nội vụ chưa gửi đầy đủ tin, bài.",
    "Phòng Nội vụ không gửi tin, bài kịp thời.",
    "Phòng Nội vụ không gửi tin, bài thường xuyên.",
    "Công an huyện đã nhắc nhở Thanh tra huyện vì không có tin, bài.",
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_these_pass(text: str) -> None:
    assert problems(text) == []


REFUSED = [
    "Phòng Nội vụ không có lấy một tin, bài.",
    "Phòng Nội vụ không thực hiện gửi tin, bài.",
    "Phòng Nội vụ chưa thực hiện việc cung cấp tin, bài.",
    "Phòng Nội vụ chưa có hoạt động viết bài.",
    "Phòng Nội vụ chưa quan tâm viết tin, bài.",
    "Phòng Nội vụ không hoàn thành việc gửi tin, bài.",
    "Phòng Nội vụ thiếu tin, bài.",
    "Phòng Nội vụ, Phòng Tư pháp trắng tin, bài.",
    "Phòng Nội vụ im lặng suốt kỳ.",
    "Phòng Nội vụ vắng bóng trên Trang thông tin điện tử.",
    "Phòng Nội vụ và Phòng Tư pháp bỏ trống.",
    "Các đơn vị im hơi lặng tiếng gồm: Phòng Nội vụ, Phòng Tư pháp.",
    "Tất cả các đơn vị đều có tin, bài.",
    "Toàn bộ các cơ quan, đơn vị đều đã gửi tin, bài.",
    "Không đơn vị nào không có tin, bài.",
    "Không có đơn vị nào chưa gửi bài.",
    "Công an huyện đã nhắc nhở Phòng Tư pháp vì không có tin, bài.",
]


@pytest.mark.parametrize("text", REFUSED)
def test_these_are_refused_with_their_place(text: str) -> None:
    found = problems(f"I. Kết quả\nTốt.\n{text}")
    assert {(each.code, each.place, each.paragraph) for each in found} == {("silent", "I", 2)}
