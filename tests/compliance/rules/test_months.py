"""Local dates, months and moments."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.rules.months import TIME_ZONE, Month, local_date, local_moment, months, span

pytestmark = pytest.mark.unit

DAYS = st.dates(date(1991, 1, 1), date(2199, 12, 31))


def test_local_date_turns_at_seventeen_utc() -> None:
    assert local_date(datetime(2021, 1, 31, 16, 59, 59, tzinfo=UTC)) == date(2021, 1, 31)
    assert local_date(datetime(2021, 1, 31, 17, 0, tzinfo=UTC)) == date(2021, 2, 1)


def test_local_date_refuses_a_naive_moment() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_date(datetime(2021, 1, 31))  # noqa: DTZ001


@given(DAYS)
def test_a_month_holds_its_days_and_adjoins_the_next(day: date) -> None:
    month = Month.of(day)
    assert month.first <= day <= month.last
    assert month.end == month.next.start
    assert month.next.previous == month
    assert Month.parse(str(month)) == month
    assert span(month.first, month.last) == (month.start, month.end)


@given(DAYS)
def test_a_moment_lies_in_the_month_of_its_local_date(day: date) -> None:
    moment = datetime(day.year, day.month, day.day, 20, 30, tzinfo=UTC)
    month = Month.of(moment)
    assert month.start <= moment < month.end
    assert month == Month.of(local_date(moment))


@pytest.mark.parametrize("text", ["2021-13", "2021-00", "2021-1", "21-01", "", "2021-01-01", "1789-07", "x"])
def test_a_wrong_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="month"):
        Month.parse(text)


def test_months_includes_both_ends_across_a_year() -> None:
    found = months(Month(2020, 11), Month(2021, 2))
    assert [str(each) for each in found] == ["2020-11", "2020-12", "2021-01", "2021-02"]
    with pytest.raises(ValueError, match="before"):
        months(Month(2021, 2), Month(2021, 1))


def test_span_refuses_the_wrong_way_round() -> None:
    with pytest.raises(ValueError, match="before"):
        span(date(2021, 2, 1), date(2021, 1, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-06-30", datetime(2021, 6, 30, tzinfo=TIME_ZONE)),
        ("2021-06-30T08:15", datetime(2021, 6, 30, 8, 15, tzinfo=TIME_ZONE)),
        ("2021-06-30 08:15:10", datetime(2021, 6, 30, 8, 15, 10, tzinfo=TIME_ZONE)),
        ("2021-06-30T17:00:00Z", datetime(2021, 7, 1, tzinfo=TIME_ZONE)),
        ("2021-06-30T17:00:00+00:00", datetime(2021, 7, 1, tzinfo=TIME_ZONE)),
        ("2021-07-01T00:00:00+07:00", datetime(2021, 7, 1, tzinfo=TIME_ZONE)),
    ],
)
def test_local_moment(text: str, expected: datetime) -> None:
    found = local_moment(text)
    assert found == expected
    assert found.utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize(
    "text",
    [
        "2021-02-30",
        "30/02/2021",
        "",
        "soon",
        "20210101",
        "2021-W01-1",
        "1989-12-31",
        "2201-01-01",
        "2021-01-01T25:00",
    ],
)
def test_local_moment_refuses(text: str) -> None:
    with pytest.raises(ValueError, match=r"ISO 8601|year must lie"):
        local_moment(text)
