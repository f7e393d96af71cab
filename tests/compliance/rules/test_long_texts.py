"""Long texts are checked with work that grows no faster than they do, and nothing in them stops the check."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from tests.compliance.rules.report_board import CHECKER, codes, problems

pytestmark = pytest.mark.unit


def steps(text: str) -> int:
    """How many instructions of the rules a check takes."""
    taken = 0

    def count(frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal taken
        frame.f_trace_opcodes = frame.f_globals.get("__name__", "").startswith("compliance.rules")
        taken += event == "opcode"
        return count if frame.f_trace_opcodes else None

    before = sys.gettrace()
    sys.settrace(count)
    try:
        problems(text)
    finally:
        sys.settrace(before)
    return taken


@pytest.mark.parametrize(
    "piece",
    [
        "Không có tin, bài:\n- Phòng Tư pháp\n",
        "242 (trong đó 1 ",
        "1/",
        "1 ",
        "Phòng Tư pháp, ",
        "Phòng Tư pháp không có tin, bài. ",
        "tháng 3 đăng 7 tin, bài, ",
        "đã chi 1 đồng, ",
    ],
)
def test_a_longer_text_takes_so_much_more_work(piece: str) -> None:
    once = steps(piece * 50)
    assert steps(piece * 200) < 4.6 * once


def test_a_list_of_one_name_does_not_look_at_every_office_for_each_line() -> None:
    lines = "Không có tin, bài:\n- Phòng Tư pháp\n"
    assert (steps(lines * 60) - steps(lines * 20)) / 40 < 40_000


def test_a_line_of_strokes_is_a_figure_like_any_other() -> None:
    assert codes("1/" * 3000 + "1 tin, bài.")[-1] == "number"
    assert codes("Có 07/12 đơn vị tham gia.") == []


def test_names_of_standards_repeat_but_a_few_times() -> None:
    standard = next(each for each in CHECKER.words.allowed if each.search("tcvn iso 9001:2015"))
    match = standard.search("iso " + "iso iec " * 50 + "9001")
    assert match is not None
    assert len(match[0]) < 25
