"""The figures of the real report of the first half of 2021, and what the check says of a text about them."""

from __future__ import annotations

from compliance.rules.figures import figures
from compliance.rules.report_checks import Checked
from compliance.rules.report_text import Part
from compliance.rules.reported import Problem
from tests.activity import figures_of, table
from tests.compliance.rules.report_board import CHECKER, HEAD

BOARD = {
    "Trung tâm Văn hóa, Thông tin và Thể thao": (22, 7, 9, 18, 24, 0),
    "Công an huyện": (5, 6, 12, 5, 7, 4),
    "Phòng Nông nghiệp và PTNT": (0, 8, 6, 2, 8, 0),
    "Phòng Văn hóa và Thông tin": (4, 3, 2, 6, 2, 0),
    "Phòng Tư pháp": (0, 2, 3, 6, 1, 0),
    "Phòng Kinh tế và Hạ tầng": (0, 0, 1, 8, 0, 0),
    "Phòng Giáo dục và Đào tạo": (2, 1, 2, 0, 3, 0),
    "Văn phòng HĐND và UBND": (0, 0, 2, 3, 0, 0),
    "Phòng Tài nguyên và Môi trường": (0, 1, 0, 0, 4, 0),
    "Ban chỉ huy quân sự huyện": (0, 2, 1, 0, 1, 0),
    "Phòng Nội vụ": (0, 0, 1, 0, 0, 0),
    "Phòng Tài chính - Kế hoạch": (0, 0, 0, 0, 0, 0),
    "Phòng Dân tộc": (0, 0, 0, 0, 0, 0),
    "Thanh tra huyện": (0, 0, 0, 0, 0, 0),
    "Phòng Lao động - TBXH huyện": (0, 0, 0, 0, 0, 0),
    "Văn phòng Huyện ủy": (0, 0, 0, 0, 0, 0),
}
COLLABORATORS = {
    "Huyện Đoàn": (0, 1, 3, 5, 0, 0),
    "Thanh Nhật (Báo Gia Lai)": (0, 2, 3, 1, 3, 0),
    "Trường THCS DT Nội trú": (0, 1, 3, 1, 1, 0),
    "Hội Liên hiệp phụ nữ huyện": (1, 2, 0, 1, 1, 0),
    "Trường THCS Võ Thị Sáu": (0, 1, 2, 1, 0, 1),
    "Ủy ban MTTQVN": (0, 0, 0, 1, 0, 0),
    "Bảo hiểm xã hội": (0, 0, 1, 0, 0, 0),
    "Trường THCS Nguyễn Văn Cừ": (0, 0, 1, 0, 0, 0),
    "TT. Bồi dưỡng chính trị": (0, 0, 0, 0, 1, 0),
}
DATA = figures_of(table(BOARD), table(COLLABORATORS, "collaborator"))
SHOWN = {
    key: "; ".join(each.names) if each.names is not None else str(each.value)
    for key, each in figures(DATA).items()
}


def problems(text: str) -> list[Problem]:
    """What is wrong with a text about these figures."""
    return CHECKER.problems(Checked(DATA, [Part("results", text)], SHOWN, HEAD))
