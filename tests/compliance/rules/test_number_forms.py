"""Unusual ways of writing a number, and numbers that are no figures of the report."""

from __future__ import annotations

import pytest

from tests.compliance.rules.board_2021 import problems

pytestmark = pytest.mark.unit

ACCEPTED = [
    "Phấn đấu năm 2022 tất cả các đơn vị đều có tin, bài.",
    "Phấn đấu 6 tháng cuối năm đăng 300 tin, bài.",
    "Chỉ tiêu năm sau là 500 tin, bài.",
    "Đã đăng tin về kỷ niệm 46 năm Ngày giải phóng miền Nam.",
    "Địa chỉ: 01 Lê Hồng Phong, thị trấn Đak Đoa.",
    "Theo công văn 123 ngày 5/3/2021.",
    "Đường dây nóng 113, 114, 115.",
    "Phấn đấu năm 2022 đạt 100% đơn vị có tin, bài.",
    "Công an huyện gửi nhiều tin, bài nhất; ba phòng đứng sau.",
    "Khoản 2 Điều 5 Kế hoạch số 12/KH-UBND.",
    "Theo Điều 17 Quyết định số 93/QĐ-UBND.",
    "① Tin, bài đăng đủ.",
    "Diện tích đăng tin: xem m².",
    "Đã chi 54 896 000 đồng.",
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_these_pass(text: str) -> None:
    assert problems(text) == []


REFUSED = [
    "Đã đăng 2 4 3 tin, bài.",
    "Đã đăng 1,000 tin, bài.",
    "Đã đăng ³⁰⁰ tin, bài.",
    "Mục 300 tin, bài.",
    "Đã đăng hơn hai trăm rưỡi tin bài.",
    "Đã đăng ba tram tin, bài.",
    "Đã đăng hai triệu rưỡi tin, bài.",
    "Phấn đấu năm 2022 tốt hơn; đã đăng 300 tin, bài.",
    "Phấn đấu năm sau, kỳ này đăng 300 tin, bài.",
    "Phấn đấu năm 2021 đăng 300 tin, bài.",
    "Đường dây nóng 113, 300 tin, bài.",
    "Địa chỉ: 300 tin, bài.",
]


@pytest.mark.parametrize("text", REFUSED)
def test_these_are_refused_with_their_place(text: str) -> None:
    found = problems(f"I. Kết quả\nTốt.\n{text}")
    assert {(each.code, each.place, each.paragraph) for each in found} == {("number", "I", 2)}
