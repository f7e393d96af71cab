"""The internal page of components: every part of the design with its states, light and dark."""

from __future__ import annotations

import datetime
from types import SimpleNamespace as Row
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from theme.assets import specimen_sheet
from theme.tables import read_table

DAY = datetime.date(2021, 5, 10)
STATES = (
    "MET",
    "NOTHING_AROSE",
    "WAIVED",
    "MET_LATE",
    "NOT_DUE",
    "DUE_SOON",
    "INCOMPLETE",
    "OVERDUE",
    "MISSING",
)
#: Letters with two marks one above the other: what a line must be high enough for.
STACKED = "ỄỨẪẬỆỘỰ Ễ Ứ ẫ ẵ ệ ộ ự – Nguyễn Thị Ẩn, xã Hải Yang, huyện Đak Đoa"


def sheet(request: HttpRequest) -> HttpResponse:
    """The dark tokens under a class."""
    return HttpResponse(specimen_sheet(), content_type="text/css; charset=utf-8")


def components(request: HttpRequest) -> HttpResponse:
    """Each part with made-up words; nothing of any portal is read."""
    return render(request, "theme/components.html", {"modes": ("light", "dark"), **_samples()})


def _samples() -> dict[str, Any]:
    listing = Paginator(range(200), 10).page(10)
    table = {
        "data": [
            ["Nội dung", "Dự toán", "Thực hiện"],
            ["Tổng thu", "448.000", "52,1"],
            ["Tổng chi", "440.000", "49"],
        ],
        "first_row_is_table_header": True,
        "first_col_is_header": True,
    }
    return {
        "stacked": STACKED,
        "states": STATES,
        "listing": listing,
        "table": read_table(table),
        "levels": [
            Row(level="info", get_level_display="Thông báo", text="Nghỉ lễ từ 30/4 đến hết 03/5.", link="/"),
            Row(
                level="warning", get_level_display="Cảnh báo", text="Tạm ngừng cấp nước ngày 25/11.", link=""
            ),
            Row(level="danger", get_level_display="Khẩn cấp", text="Bão số 9 vào tối nay.", link="/"),
        ],
        "badges": (
            ("preparing", "Đang chuẩn bị"),
            ("ongoing", "Đang thực hiện"),
            ("completed", "Đã hoàn thành"),
        ),
        "tokens": (
            "ground",
            "paper",
            "sunken",
            "ink",
            "ink-soft",
            "line",
            "control",
            "main",
            "main-dark",
            "main-soft",
            "main-fill",
            "main-deep",
            "accent",
            "accent-soft",
            "accent-fill",
            "ok",
            "warn",
            "bad",
            "info",
        ),
        "day": DAY,
    }
