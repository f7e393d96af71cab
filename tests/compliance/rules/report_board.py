"""A board of offices like the real one, and what the check says of a text about it."""

from __future__ import annotations

import dataclasses

from compliance.catalogue.report_words import load_report_words
from compliance.rules.activity import Activity, Counted, Documents
from compliance.rules.figures import figures
from compliance.rules.report_checks import Checked, Checker
from compliance.rules.report_text import Part
from compliance.rules.reported import Problem
from sitepages.text import fold
from tests.activity import figures_of, table

CHECKER = Checker(load_report_words(fold), fold)
HEAD = {"parent_body": "UBND huyện Đak Đoa", "issuing_body": "Ban Biên tập"}
ZERO = (0,) * 6
BOARD = {
    "Trung tâm Văn hóa, Thông tin và Thể thao": (22, 7, 9, 18, 24, 0),
    "Công an huyện": (5, 6, 12, 5, 7, 4),
    "Phòng Văn hóa và Thông tin": (4, 3, 2, 6, 2, 0),
    "Phòng Tư pháp": (0, 2, 3, 6, 1, 0),
    "Văn phòng HĐND và UBND": (0, 0, 2, 3, 0, 0),
    "Phòng Tài chính - Kế hoạch": ZERO,
    "Phòng Dân tộc": ZERO,
    "Thanh tra huyện": ZERO,
    "Phòng Lao động - TBXH huyện": ZERO,
    "Văn phòng Huyện ủy": ZERO,
}
SILENT = [name for name, counts in BOARD.items() if counts == ZERO]
ALL = "; ".join(SILENT)
SHORT = {
    "Phòng Văn hóa và Thông tin": "P. VH-TT",
    "Công an huyện": "Công an",
    "Thanh tra huyện": "Thanh tra",
    "Phòng Lao động - TBXH huyện": "P. LĐ-TBXH",
    "Phòng Tài chính - Kế hoạch": "P. TC-KH",
    "Văn phòng Huyện ủy": "VP Huyện ủy",
}


def _data() -> Activity:
    group = table(BOARD)
    rows = tuple(dataclasses.replace(row, short_name=SHORT.get(row.name, "")) for row in group.rows)
    others = table({"TT. Bồi dưỡng chính trị": (0, 0, 0, 0, 30, 0), "Huyện Đoàn": (59, 0, 0, 0, 0, 0)}, "col")
    documents = Documents(213, (Counted("decision", "Quyết định", 200), Counted("plan", "Kế hoạch", 13)))
    return figures_of(dataclasses.replace(group, rows=rows), others, documents=documents)


DATA = _data()
TOTAL = DATA.articles.total
SHOWN = {
    key: "; ".join(each.names) if each.names is not None else str(each.value)
    for key, each in figures(DATA).items()
}


def problems(text: str) -> list[Problem]:
    """What is wrong with a text about this board."""
    return CHECKER.problems(Checked(DATA, [Part("results", text)], SHOWN, HEAD))


def codes(text: str) -> list[str]:
    """The same, by its codes."""
    return [each.code for each in problems(text)]
