"""What an office owes: months that begin on any day, decisions that change, offices that come and go."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.rules.quotas import ALWAYS, Monthly, Span, months_of, owed
from compliance.rules.stretches import Stretch, stretches
from compliance.rules.tallies import By, Piece, shortfall, tally

pytestmark = pytest.mark.unit

DAYS = st.dates(date(2015, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2017, 1, 20), date(2017, 2, 19), 1),
        (date(2021, 1, 1), date(2021, 1, 31), 1),
        (date(2021, 2, 1), date(2021, 2, 28), 1),
        (date(2021, 1, 1), date(2021, 6, 30), 6),
        (date(2021, 1, 20), date(2021, 4, 19), 3),
        (date(2024, 1, 31), date(2024, 2, 28), 1),
    ],
)
def test_a_reporting_month_is_one_month(first: date, last: date, months: int) -> None:
    assert owed([Monthly(12, ALWAYS)], Stretch(first, last)) == 12 * months


def test_the_month_of_ham_tan_from_the_20th() -> None:
    """19 articles against 12, as the district's notice of 01/03/2017 counts from 20/01 to 19/02."""
    month = Stretch(date(2017, 1, 20), date(2017, 2, 19))
    found = [
        Piece(number, date(2017, 1, 20) + timedelta(days=number), "ham-tan", "x", "news")
        for number in range(19)
    ]
    around = [Piece(99, date(2017, 2, 20), "ham-tan", "x", "news")]
    counted = tally([*found, *around], By.UNIT, [month]).total
    assert (counted, owed([Monthly(12, ALWAYS)], month)) == (19, 12)
    assert shortfall(counted, 12) == 0
    assert shortfall(counted, 24) == 5


def test_a_part_of_a_month_is_owed_by_its_days() -> None:
    assert owed([Monthly(4, ALWAYS)], Stretch(date(2021, 4, 1), date(2021, 4, 15))) == 2
    assert owed([Monthly(4, ALWAYS)], Stretch(date(2021, 4, 1), date(2021, 4, 7))) == 0
    assert owed([Monthly(4, ALWAYS)], Stretch(date(2021, 4, 1), date(2021, 5, 8))) == 5


def test_a_new_decision_counts_from_the_next_month() -> None:
    change = date(2021, 3, 15)
    decisions = [Monthly(2, Span(None, change - timedelta(days=1))), Monthly(5, Span(change, None))]
    months = stretches(date(2021, 2, 1), date(2021, 4, 30))
    assert [owed(decisions, each) for each in months] == [2, 2, 5]
    assert owed(decisions, Stretch(date(2021, 3, 20), date(2021, 4, 19))) == 5


def test_nothing_is_asked_before_the_first_decision() -> None:
    decisions = [Monthly(2, Span(date(2021, 3, 1), None))]
    assert owed(decisions, Stretch(date(2021, 1, 1), date(2021, 2, 28))) is None
    assert owed(decisions, Stretch(date(2021, 1, 1), date(2021, 3, 31))) == 2
    assert owed([], Stretch(date(2021, 1, 1), date(2021, 3, 31))) is None


def test_an_office_merged_in_the_month_owes_nothing_for_it() -> None:
    office = Span(date(2020, 1, 1), date(2021, 2, 10))
    months = stretches(date(2021, 1, 1), date(2021, 3, 31))
    assert [owed([Monthly(3, ALWAYS)], each, office) for each in months] == [3, 0, 0]


@given(DAYS, st.integers(1, 40), st.integers(1, 40), st.integers(0, 30), st.integers(1, 28))
def test_whole_months_add_up(day: date, before: int, after: int, per_month: int, start: int) -> None:
    def later(count: int) -> date:
        year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
        return date(year, month + 1, start)

    quota = [Monthly(per_month, ALWAYS)]
    first, cut, end = later(0), later(before), later(before + after)
    one_day = timedelta(days=1)
    whole = owed(quota, Stretch(first, end - one_day))
    halves = [owed(quota, Stretch(first, cut - one_day)), owed(quota, Stretch(cut, end - one_day))]
    assert whole == sum(part or 0 for part in halves) == per_month * (before + after)
    assert whole == sum(owed(quota, each) or 0 for each in stretches(first, end - one_day, start))


@given(DAYS, st.integers(0, 900))
def test_months_hold_each_day_once(first: date, length: int) -> None:
    days = Stretch(first, first + timedelta(days=length))
    found = [part for part, _size in months_of(days)]
    assert (found[0].first, found[-1].last) == (days.first, days.last)
    assert sum((part.last - part.first).days + 1 for part in found) == length + 1
    assert all(0 < size <= 1 for _part, size in months_of(days))
    assert all(size == 1 for _part, size in months_of(days)[:-1])
