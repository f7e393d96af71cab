"""A figure of the report typed where the words beside it call for another is refused."""

from __future__ import annotations

import pytest

from tests.compliance.rules.board_2021 import problems

pytestmark = pytest.mark.unit

ACCEPTED = [
    "Kinh phí giao là 150.000.000 đồng, đã chi 54.896.000 đồng.",
    "Kinh phí giao năm 2021: 150 triệu đồng; đã chi 54.896.000 đồng (trong đó: "
    "nhuận bút 46.276.000 đồng; văn phòng phẩm "
    "8.620.000 đồng), còn lại 95.104.000 đồng.",
    "Đã chi 54.896.000 đồng, trong đó nhuận bút 46.276.000 đồng, còn lại 8.620.000 đồng.",
    "Đã chi 54.896.000 đồng (trong đó nhuận bút 46.276.000 đồng; còn lại 8.620.000 đồng).",
    "Đã chi 46.276.000 đồng cho nhuận bút, 8.620.000 đồng cho văn phòng phẩm.",
    "Đã chi 46.276.000 đồng cho nhuận bút và 8.620.000 đồng cho văn phòng phẩm.",
    "Đã chi 54.896.000 đồng cho nhuận bút, văn phòng phẩm.",
    "Đã chi 54.896.000 đồng cho nhuận bút, in ấn và văn phòng phẩm.",
    "Đã chi 46.276.000 đồng tiền công cho cộng tác viên.",
    "Đã chi trả nhuận bút 46.276.000 đồng.",
    "Nhuận bút, thù lao là 46.276.000 đồng, văn phòng phẩm là 8.620.000 đồng.",
    "Đã chi 54.896.000/150.000.000 đồng, đạt 36,6%.",
    "Dự toán còn lại của năm là 95.104.000 đồng.",
    "Trong 150.000.000 đồng được giao đã chi 54.896.000 đồng.",
    "Nhuận bút đã chi 46.276.000 đồng.",
    "Đã chi 46.276.000 đồng (nhuận bút) và 8.620.000 đồng (văn phòng phẩm).",
    "Có 9.933 lượt truy cập trong kỳ, tổng số 96.811 lượt.",
    "Trong kỳ, tổng số lượt truy cập là 9.933.",
    "Tổng số lượt truy cập trong kỳ là 9.933 lượt.",
    "Tổng số lượt truy cập 6 tháng đầu năm 2021 là 9.933.",
    "Thu hút 9.933 lượt truy cập, nâng tổng số lên 96.811 lượt.",
    "Từ khi hoạt động đến nay có 96.811 lượt truy cập.",
    "Lượt truy cập: 96.811.",
    "Có 20 đơn vị có tin, bài và 5 đơn vị không có tin, bài.",
    "Có 20/25 đơn vị viết bài.",
    "Có 25 đơn vị được giao viết tin, bài.",
    "Có 9/9 đơn vị cộng tác tham gia viết bài.",
    "Có 16 đơn vị thuộc Ban Biên tập.",
    "Năm cơ quan, đơn vị không gửi tin, bài.",
    "Công an huyện có 39 tin, bài; Phòng Tư pháp có 12 tin, bài.",
    "Tháng 3, Công an huyện có 12 tin, bài.",
    "Tháng 3 đăng 52 tin, bài; tháng 5 đăng 56 tin, bài.",
    "Tháng 3 đăng 52 tin, bài, tháng 5 đăng 56 tin, bài, cao nhất là tháng 4 với 58 tin, bài.",
    "Đến tháng 6 đã đăng 242 tin, bài.",
    "Từ tháng 1 đến tháng 6 đăng 242 tin, bài.",
    "Trong tháng 6 chỉ đăng 05 tin, bài, thấp nhất trong kỳ.",
    "Tổng số tin, bài trong kỳ là 242.",
    "Tổng số 242 tin, bài.",
    "Công an huyện có 5 tin, bài về an ninh trật tự.",
    "Công an huyện và Phòng Tư pháp có 12 tin, bài.",
    "Phòng Tư pháp có 12 tin, bài, tăng 2 tin, bài so với tháng trước.",
    "39 tin, bài của Công an huyện, 12 tin, bài của Phòng Tư pháp.",
    "Còn 5 đơn vị chưa có tin, bài trong kỳ.",
    "Có 5 đơn vị có tin, bài nhiều nhất.",
    "Tháng 1 đăng 34 tin, bài. Tháng 2: 37 tin, bài. Tháng 3: 52 tin, bài.",
    "Nhuận bút cho tin, bài: 46.276.000 đồng.",
    "Kinh phí: 150.000.000 đồng. Đã chi: 54.896.000 đồng. Còn lại: 95.104.000 đồng.",
    "Đã chi 36,6% kinh phí.",
    "54 896 000 đồng.",
    "Đã đăng 242 tin, bài; trong đó tháng 1: 34; tháng 2: 37.",
    "Trong tháng 4, 58 tin, bài được đăng.",
    "Văn phòng HĐND và UBND: 05 tin, bài.",
    "9.933 lượt trong kỳ, 96.811 lượt từ khi hoạt động.",
    "58 tin, bài trong tháng 4, 52 tin, bài trong tháng 3.",
    "Đã chi 54.896.000/150.000.000 đồng.",
    "12 tin, bài của Phòng Tư pháp và 39 tin, bài của Công an huyện.",
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_these_pass(text: str) -> None:
    assert problems(text) == []


REFUSED = [
    "Kinh phí giao là 54.896.000 đồng, đã chi 150.000.000 đồng.",
    "Kinh phí đã chi 46.276.000 đồng, còn lại 8.620.000 đồng.",
    "Đã chi 54.896.000 đồng cho văn phòng phẩm.",
    "Có 96.811 lượt truy cập trong kỳ, tổng số 9.933 lượt.",
    "Lượt truy cập trong kỳ: 96.811.",
    "Có 5 đơn vị có tin, bài và 20 đơn vị không có tin, bài.",
    "Có hai mươi cơ quan, đơn vị không gửi tin, bài.",
    "Công an huyện có 80 tin, bài; Phòng Tư pháp có 39 tin, bài.",
    "Đơn vị dẫn đầu là Phòng Nội vụ với 80 tin, bài.",
    "Tháng 3 đăng 242 tin, bài.",
    "Có 25/25 đơn vị viết bài.",
    "Tổng số lượt truy cập: 9.933.",
    "Có 9.933 lượt truy cập trong kỳ, tổng số 9.933 lượt.",
    "Còn lại 54.896.000 đồng.",
    "Nhuận bút 8.620.000 đồng, văn phòng phẩm 46.276.000 đồng.",
    "Số đơn vị có tin, bài: 25.",
    "Số đơn vị không có tin, bài là 20.",
    "80 tin, bài của Phòng Nội vụ.",
    "Có 58 tin, bài trong tháng 3.",
    "Phòng Nội vụ có 0 tin, bài.",
    "Phòng Nội vụ: 0 tin, bài.",
    "Phòng Nội vụ, Phòng Dân tộc có 0 tin, bài.",
    "Đã chi 54,896,000 đồng cho nhuận bút.",
]


@pytest.mark.parametrize("text", REFUSED)
def test_these_are_refused_with_their_place(text: str) -> None:
    found = problems(f"I. Kết quả\nTốt.\n{text}")
    assert {(each.code, each.place, each.paragraph) for each in found} == {("misplaced", "I", 2)}


def test_the_right_figure_and_the_words_that_call_for_it_are_told() -> None:
    (found,) = problems("Kinh phí giao là 54.896.000 đồng.")
    assert found.params == {"where": "Kinh phí giao là", "expected": "150000000"}
