"""Dates as portals write them: every format comes back, nothing crashes, nonsense is no date."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.probe.dates import AHEAD, EARLIEST, LOCAL, find_dates, newest

pytestmark = pytest.mark.unit

TODAY = date(2021, 8, 15)
DAY = date(2021, 7, 29)
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")

MOMENTS = st.builds(datetime.combine, st.dates(date(2000, 1, 1), TODAY), st.times())

FORMATS = {
    "slashes": lambda day: f"{day:%d/%m/%Y}",
    "short slashes": lambda day: f"{day.day}/{day.month}/{day.year}",
    "hyphens": lambda day: f"{day.day}-{day.month}-{day.year}",
    "dots": lambda day: f"{day:%d.%m.%Y}",
    "spaced": lambda day: f"{day:%d} / {day:%m} / {day.year}",
    "words": lambda day: f"ngày {day.day} tháng {day.month} năm {day.year}",
    "words in capitals": lambda day: f"NGÀY {day:%d} THÁNG {day:%m} NĂM {day.year}",
    "words decomposed": lambda day: unicodedata.normalize(
        "NFD", f"ngày {day.day} tháng {day.month} năm {day.year}"
    ),
    "words without marks": lambda day: f"ngay {day.day} thang {day.month} nam {day.year}",
    "words with a comma": lambda day: f"{day.day} Tháng {day.month}, {day.year}",
    "weekday and hour": lambda day: f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y} 08:30",
    "hour first": lambda day: f"07:30 | {day:%d/%m/%Y}",
    "brackets": lambda day: f"(Cập nhật: {day:%d/%m/%Y - }07h30)",
    "iso": lambda day: day.isoformat(),
    "iso with zone": lambda day: f"{day.isoformat()}T08:30:00+07:00",
    "iso in UTC": lambda day: f"{day.isoformat()}T08:30:00Z",
}


@pytest.mark.parametrize("form", FORMATS)
@given(day=st.dates(EARLIEST, TODAY))
def test_every_format_comes_back(form: str, day: date) -> None:
    for text in (FORMATS[form](day), f"Tin tức – {FORMATS[form](day)}; 1.250 lượt xem"):
        assert find_dates(text, today=TODAY) == [day]


@given(day=st.dates(date(2000, 1, 1), TODAY))
def test_two_figures_of_the_year(day: date) -> None:
    assert find_dates(f"{day:%d/%m/%y}", today=TODAY) == [day]


@given(text=st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    for day in find_dates(text, today=TODAY):
        assert EARLIEST <= day <= TODAY + AHEAD


@given(text=st.text(alphabet="0123456789/-. :TZ+ngaythm,|", max_size=120))
def test_no_figures_break_it(text: str) -> None:
    for day in find_dates(text, today=TODAY):
        assert EARLIEST <= day <= TODAY + AHEAD


@given(moment=MOMENTS, offset=st.integers(-12, 14))
def test_an_hour_with_a_zone_is_the_day_it_was_in_viet_nam(moment: datetime, offset: int) -> None:
    local = moment.replace(tzinfo=LOCAL)
    elsewhere = (local - timedelta(hours=7) + timedelta(hours=offset)).replace(tzinfo=None)
    text = f"{elsewhere.isoformat(timespec='seconds')}{offset:+03d}:00"
    assert find_dates(text, today=TODAY) == [moment.date()]


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2021",
        "29/02/2021",
        "ngày 31 tháng 6 năm 2021",
        "00/07/2021",
        "29/13/2021",
        "2021-02-30",
        "29/07/20211",
        "129/07/2021",
        "29/07-2021",
        "29/07/2051",
        "ngày 29 tháng 7 năm 2121",
        "01/01/1900",
        "© 2021",
        "Bản quyền 2019 - 2021",
        "Quyết định số 07/2021/QĐ-UBND",
        "Nghị định 43/2011/NĐ-CP",
        "0269.3831.258",
        "192.168.10.12",
        "1.250.000 đồng",
        "",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text, today=TODAY) == []


def test_the_day_comes_first() -> None:
    assert find_dates("05/07/2021", today=TODAY) == [date(2021, 7, 5)]


def test_dates_come_in_the_order_they_stand_in() -> None:
    text = "Quyết định ngày 29 tháng 7 năm 2021, đăng 30/07/2021 (2021-08-01)"
    assert find_dates(text, today=TODAY) == [DAY, date(2021, 7, 30), date(2021, 8, 1)]


def test_a_near_future_is_kept_and_a_far_one_is_not() -> None:
    assert find_dates("hạn 20/08/2021", today=TODAY) == [date(2021, 8, 20)]
    assert find_dates("hạn 20/12/2021", today=TODAY) == []


def test_the_newest_is_the_last_that_has_been() -> None:
    assert newest([DAY, date(2021, 8, 20), date(2021, 8, 14)], today=TODAY) == date(2021, 8, 14)
    assert newest([date(2021, 8, 30), date(2021, 8, 20)], today=TODAY) == date(2021, 8, 20)
    assert newest([], today=TODAY) is None


def test_the_last_day_of_all_is_no_overflow() -> None:
    assert find_dates("31/12/9999 23:59", today=date.max) == [date.max]
    assert find_dates("0001-01-01T00:00:00+14:00", today=TODAY) == []
