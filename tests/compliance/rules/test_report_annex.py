"""The text says of a section of the sub-portals what the annex says of it, or the report is refused."""

from __future__ import annotations

import dataclasses
import datetime

import pytest

from compliance.rules.activity import Activity, Judged, Lack, Subportal, Worst
from compliance.rules.figures import figures
from compliance.rules.report_checks import Checked
from compliance.rules.report_sums import check_data
from compliance.rules.report_text import Part
from tests.activity import figures_of, table
from tests.compliance.rules.report_board import BOARD, CHECKER, HEAD

pytestmark = pytest.mark.unit

LAW, ABOVE = "Nghị định 42/2022/NĐ-CP, Điều 4.1", "Nghị định 43/2011/NĐ-CP, Điều 17.1.d"
RECEPTION, BIDS = "Tiếp công dân", "Dự án, đấu thầu"


def judged(*, told: bool = True, worst_units: int = 5, law: str = LAW) -> Judged:
    """Five sub-portals of six: all fail both, one has something of the reception of citizens."""

    def lacks(number: int) -> tuple[Lack, ...]:
        reception = Lack("reception", RECEPTION, f"{LAW}; và khác", number > 0 if told else None)
        return (reception, Lack("bids", BIDS, LAW, True if told else None))

    units = tuple(Subportal(f"x{number}", f"xã {number}", lacks(number)) for number in range(5))
    worst = (Worst("reception", RECEPTION, ABOVE, worst_units, True, law),)
    return Judged(datetime.date(2021, 7, 29), "1", 6, units, worst)


def data(found: Judged) -> Activity:
    return figures_of(table(BOARD), judged=found)


def codes(text: str, found: Judged | None = None) -> list[str]:
    given = data(found or judged())
    shown = {
        key: "; ".join(each.names) if each.names is not None else str(each.value)
        for key, each in figures(given).items()
    }
    return [each.code for each in CHECKER.problems(Checked(given, [Part("tasks", text)], shown, HEAD))]


def test_the_rows_of_the_annex_tell_what_is_not_met_from_what_is_not_there() -> None:
    found = judged()
    assert [(row.name, row.law, len(row.portals), len(row.missing)) for row in found.sections()] == [
        (RECEPTION, LAW, 5, 4),
        (BIDS, LAW, 5, 5),
    ]
    assert len(found.nothing_at_all) == 5
    assert check_data(data(found)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Hoàn thiện mục “Tiếp công dân” trên {{portals.reception}} trang thông tin điện tử thành phần.",
        f"Hoàn thiện mục “Tiếp công dân” ({ABOVE}) và tại 05 trang thành phần ({LAW}).",
        "Mục Tiếp công dân: 05 trang thành phần chưa đạt, 04 trang thành phần chưa có gì.",
        "Còn 5/6 trang thành phần chưa đạt mục Tiếp công dân.",
        "Mục Dự án, đấu thầu: 05 trang thành phần; mục Tiếp công dân: 04 trang thành phần.",
        "Việc tiếp công dân đã diễn ra tại 06 xã.",
    ],
)
def test_what_the_annex_says_may_be_written(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Hoàn thiện mục “Tiếp công dân” trên 06 trang thông tin điện tử thành phần.", "annex"),
        ("Còn 06 trang thành phần chưa có mục Tiếp công dân.", "annex"),
        ("Mục Tiếp công dân: 04 trang thành phần; mục Dự án, đấu thầu: 04 trang thành phần.", "annex"),
        ("Hoàn thiện mục “Dự án, đấu thầu” (Luật 104/2016/QH13, Điều 18.4).", "annex_law"),
    ],
)
def test_another_number_or_law_than_the_annex_has_is_refused(text: str, code: str) -> None:
    assert codes(text) == [code]


def test_figures_that_are_not_the_annexs_are_refused() -> None:
    assert [each.code for each in check_data(data(judged(worst_units=6)))] == ["annex_sum"]
    assert [each.code for each in check_data(data(judged(law=ABOVE)))] == ["annex_basis"]
    found = dataclasses.replace(judged(), subportals=())
    assert [each.code for each in check_data(data(found))] == ["annex_sum"]


def test_a_report_issued_before_keeps_its_one_measure() -> None:
    found = judged(told=False, worst_units=6)
    assert not found.tells_missing
    assert "portals.failing" not in figures(data(found))
    assert figures(data(found))["portals.lacking"].value == 5
    assert check_data(data(found)) == []
