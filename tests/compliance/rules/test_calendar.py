"""Rest days, compensation and the counting of terms."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.catalogue.loader import load_calendar
from compliance.rules.calendar import REST_REASONS, WorkingCalendar

pytestmark = pytest.mark.unit

CALENDAR = load_calendar()
DAYS = st.dates(date(2019, 1, 1), date(2027, 11, 30))


def test_own_document_over_a_long_weekend() -> None:
    found = CALENDAR.after_working_days(date(2021, 4, 28), 2)
    assert found.due == date(2021, 5, 4)
    assert found.skipped == (
        (date(2021, 4, 30), "holiday"),
        (date(2021, 5, 1), "holiday"),
        (date(2021, 5, 2), "weekend"),
        (date(2021, 5, 3), "compensation"),
    )


def test_question_answered_in_fifteen_working_days() -> None:
    assert CALENDAR.after_working_days(date(2021, 6, 1), 15).due == date(2021, 6, 22)


@pytest.mark.parametrize(
    ("trigger", "days", "due"),
    [
        (date(2026, 9, 30), 10, date(2026, 10, 12)),
        (date(2026, 12, 10), 30, date(2027, 1, 11)),
    ],
)
def test_calendar_days_roll_to_a_working_day(trigger: date, days: int, due: date) -> None:
    assert CALENDAR.after_calendar_days(trigger, days).due == due


def test_holidays_on_a_weekend_are_compensated_one_after_the_other() -> None:
    assert [CALENDAR.rest_reason(date(2022, 5, day)) for day in (1, 2, 3, 4)] == [
        "holiday",
        "compensation",
        "compensation",
        None,
    ]
    assert CALENDAR.rest_reason(date(2023, 5, 3)) == "compensation"
    assert CALENDAR.is_working_day(date(2023, 5, 4))


def test_swapped_days_go_both_ways() -> None:
    assert CALENDAR.rest_reason(date(2026, 1, 2)) == "swapped"
    assert CALENDAR.is_working_day(date(2026, 1, 10))
    assert CALENDAR.after_working_days(date(2025, 12, 31), 1).due == date(2026, 1, 5)


def test_the_culture_day_is_not_yet_a_day_off() -> None:
    assert CALENDAR.is_working_day(date(2026, 11, 24))


@pytest.mark.parametrize("year", range(2019, 2028))
def test_a_year_has_its_number_of_paid_holidays(year: int) -> None:
    days = [day for day in CALENDAR.holidays if day.year == year]
    assert len(days) == (11 if year >= 2021 else 10)
    assert CALENDAR.knows(year)


def test_a_year_without_data_is_reported() -> None:
    assert CALENDAR.after_working_days(date(2027, 12, 31), 1).unknown_years == (2028,)
    assert CALENDAR.after_calendar_days(date(2027, 12, 30), 1).unknown_years == ()
    assert WorkingCalendar({}).after_working_days(date(2021, 1, 1), 1).unknown_years == (2021,)


def test_zero_days_and_negative_days() -> None:
    assert CALENDAR.after_working_days(date(2021, 5, 1), 0).due == date(2021, 5, 4)
    assert CALENDAR.after_calendar_days(date(2021, 5, 5), 0).due == date(2021, 5, 5)
    for count in (CALENDAR.after_working_days, CALENDAR.after_calendar_days):
        with pytest.raises(ValueError, match="negative"):
            count(date(2021, 5, 1), -1)


@given(DAYS, st.integers(0, 40))
def test_a_due_date_is_never_a_rest_day(trigger: date, n: int) -> None:
    for found in (CALENDAR.after_working_days(trigger, n), CALENDAR.after_calendar_days(trigger, n)):
        assert CALENDAR.is_working_day(found.due)
        assert all(reason in REST_REASONS and day < found.due for day, reason in found.skipped)


@given(DAYS, st.integers(1, 40))
def test_the_term_holds_exactly_its_working_days(trigger: date, n: int) -> None:
    found = CALENDAR.after_working_days(trigger, n)
    days = [trigger + timedelta(days=i) for i in range(1, (found.due - trigger).days + 1)]
    assert sum(map(CALENDAR.is_working_day, days)) == n
    assert len(found.skipped) == len(days) - n


@given(st.dates(date(2019, 1, 1), date(2027, 12, 31)))
def test_every_weekend_holiday_gets_one_compensation(day: date) -> None:
    made_up = [holiday for holiday in CALENDAR.compensations.values() if holiday == day]
    assert len(made_up) == (day in CALENDAR.holidays and day.weekday() >= 5)
