"""What the formatting writes, and what the frame's helpers make of a page's data."""

from __future__ import annotations

import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import timezone, translation

from theme import formatting
from theme.colours import ACCENT, GROUND, MAIN, contrast, mix, palette, readable, safe_colour
from theme.tables import read_table
from theme.templatetags import theme_tags


def shown(text: str, **values: object) -> str:
    """What a template with our tags makes of the values."""
    return Template("{% load theme_tags %}" + text).render(Context(values))


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (1234567, "1.234.567 đồng"),
        (8450000000, "8.450.000.000 đồng"),
        (999, "999 đồng"),
        (0, "0 đồng"),
        (None, ""),
    ],
)
def test_money_has_full_stops_between_thousands(amount: int | None, text: str) -> None:
    assert shown("{{ amount|money }}", amount=amount) == text


def test_dates_are_day_month_year() -> None:
    assert shown("{{ day|vn_date }}", day=datetime.date(2021, 1, 4)) == "04/01/2021"
    assert shown("{{ day|vn_date }}", day=None) == ""


def test_a_moment_is_shown_in_local_time() -> None:
    late = datetime.datetime(2021, 1, 3, 18, 5, tzinfo=datetime.UTC)
    with timezone.override(ZoneInfo("Asia/Ho_Chi_Minh")):
        assert formatting.datetime_text(late) == "04/01/2021 01:05"
        assert formatting.date_text(late) == "04/01/2021"
    assert formatting.datetime_text(None) == ""


def test_weekdays_run_from_monday_to_sunday() -> None:
    with translation.override("en"):
        days = [formatting.weekday_text(datetime.date(2021, 5, day)) for day in range(10, 17)]
    assert days == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def test_times_have_two_digits() -> None:
    with translation.override("en"):
        assert formatting.time_text(datetime.time(7, 30)) == "07:30"
    assert formatting.time_text(None) == ""


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (900, "900 B"),
        (358_008, "350 KB"),
        (1_458_000, "1,4 MB"),
        (1_048_000, "1,0 MB"),
        (None, ""),
    ],
)
def test_file_sizes_have_a_decimal_comma(size: int | None, text: str) -> None:
    assert formatting.size_text(size) == text


@pytest.mark.parametrize(
    ("number", "address"),
    [
        ("0269 3831 245", "02693831245"),
        ("+84 (269) 3831.245", "+842693831245"),
        ("0269 3831 245; 0269 3831 246", ""),
        ("", ""),
    ],
)
def test_only_a_single_number_can_be_dialled(number: str, address: str) -> None:
    assert formatting.phone_address(number) == address


def test_a_colour_that_is_none_never_reaches_the_style_sheet() -> None:
    assert safe_colour("#A1b2C3", MAIN) == "#a1b2c3"
    for wrong in ("red", "#fff", "#a1b2c3;} body{display:none", "#a1b2c3\n", None, 7):
        assert safe_colour(wrong, MAIN) == MAIN
    assert palette("url(x)", "#000000")["main"] == MAIN
    assert palette("#000000", None)["accent"] == ACCENT


def test_text_in_a_portal_colour_is_readable_whatever_was_chosen() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert readable(MAIN) == MAIN
    assert readable(ACCENT) == ACCENT
    for light in ("#ffff00", "#ffffff", "#777777"):
        assert contrast(readable(light), GROUND) >= 4.5


def test_shades_are_mixed_channel_by_channel() -> None:
    assert mix("#000000", "#ffffff", 0.5) == "#808080"
    assert mix("#8f1d1d", "#000000", 0) == "#8f1d1d"
    shades = palette("#1d4e89", "#8a5a00")
    assert (shades["main"], shades["accent"]) == ("#1d4e89", "#8a5a00")


def test_a_schedule_is_grouped_by_day_and_sorted_by_time() -> None:
    monday, tuesday = datetime.date(2021, 5, 10), datetime.date(2021, 5, 11)
    rows = [
        SimpleNamespace(date=tuesday, time=datetime.time(8), content="c"),
        SimpleNamespace(date=monday, time=datetime.time(14), content="b"),
        SimpleNamespace(date=monday, time=None, content="a"),
    ]
    days = theme_tags.by_day(rows)
    assert [(day.date, [row.content for row in day.rows]) for day in days] == [
        (monday, ["a", "b"]),
        (tuesday, ["c"]),
    ]
    assert theme_tags.coming(days, 1) == days[:1]


def test_a_schedule_of_the_running_week_starts_at_today() -> None:
    now = timezone.localdate()
    rows = [SimpleNamespace(date=now + datetime.timedelta(days=step), time=None) for step in (-1, 0, 1)]
    coming = theme_tags.coming(theme_tags.by_day(rows), 3)
    assert [day.date for day in coming] == [now, now + datetime.timedelta(days=1)]
    assert coming[0].is_today
    assert not coming[1].is_today


def test_a_table_block_knows_its_headers_figures_and_merged_cells() -> None:
    table = read_table(
        {
            "data": [
                ["Nội dung", "Dự toán", None],
                ["Tổng thu", "448.000", "52,1"],
                ["Ghi chú", "a", "b"],
                ["", None, ""],
            ],
            "first_row_is_table_header": True,
            "first_col_is_header": True,
            "mergeCells": [{"row": 2, "col": 1, "rowspan": 1, "colspan": 2}],
        }
    )
    assert [cell.scope for cell in table.head[0]] == ["col", "col", "col"]
    total, note = table.body
    assert [(cell.text, cell.scope, cell.is_figure) for cell in total] == [
        ("Tổng thu", "row", False),
        ("448.000", "", True),
        ("52,1", "", True),
    ]
    assert [(cell.text, cell.colspan) for cell in note] == [("Ghi chú", 1), ("a", 2)]
    assert read_table(None).body == ()


def test_long_lists_offer_the_ends_and_the_neighbours() -> None:
    paginator = Paginator(range(200), 10)
    numbers = theme_tags.page_numbers(paginator.page(10))
    assert numbers == [1, paginator.ELLIPSIS, 9, 10, 11, paginator.ELLIPSIS, 20]


def test_budgets_are_ready_for_regrouping_by_year() -> None:
    records = [
        SimpleNamespace(fiscal_year=year, name=name) for year, name in ((2020, "a"), (2021, "b"), (2020, "c"))
    ]
    assert [record.name for record in theme_tags.newest_year_first(records)] == ["b", "a", "c"]


def test_the_page_for_broken_days_needs_no_context() -> None:
    page = render_to_string("500.html")
    assert '<html lang="vi">' in page
    assert "<h1" in page
    assert "style=" not in page
    assert "<script" not in page
