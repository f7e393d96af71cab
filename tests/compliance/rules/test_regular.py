"""When regular reports fall due: none is missed, none is made twice."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.rules.regular import MOST, due_period, due_periods
from compliance.rules.stretches import Stretch

pytestmark = pytest.mark.unit

D = date
DAYS = st.dates(D(2019, 1, 1), D(2026, 12, 31))
EVERY = st.sampled_from(["month", "quarter"])


@pytest.mark.parametrize(
    ("every", "today", "expected"),
    [
        ("month", D(2021, 7, 5), (D(2021, 6, 1), D(2021, 6, 30))),
        ("month", D(2021, 7, 4), (D(2021, 5, 1), D(2021, 5, 31))),
        ("quarter", D(2021, 7, 5), (D(2021, 4, 1), D(2021, 6, 30))),
        ("quarter", D(2021, 7, 4), (D(2021, 1, 1), D(2021, 3, 31))),
        ("quarter", D(2022, 1, 5), (D(2021, 10, 1), D(2021, 12, 31))),
    ],
)
def test_when_a_regular_report_is_due(every: str, today: D, expected: tuple[D, D]) -> None:
    assert due_period(every, 5, today) == Stretch(*expected)


def test_another_word_is_refused() -> None:
    with pytest.raises(ValueError, match="week"):
        due_period("week", 5, D(2021, 7, 5))


@given(EVERY, st.integers(1, 28), DAYS, DAYS)
def test_the_periods_due_adjoin_and_end_with_the_newest(every: str, day: int, today: D, since: D) -> None:
    due = due_periods(every, day, today, since)
    newest = due_period(every, day, today)
    found = [*due.left_out, *due.periods]
    assert len(due.periods) <= MOST
    assert bool(due.left_out) <= (len(due.periods) == MOST)
    for one, other in itertools.pairwise(found):
        assert other.first == one.last + timedelta(days=1)
    if found:
        assert found[-1].last == newest.last
        assert found[0].first >= since
        if since.day == 1:
            assert found[0].first == since
    else:
        assert since > (newest.first if since.day != 1 else newest.last)


@given(st.lists(st.tuples(st.integers(0, 400), EVERY), min_size=1, max_size=12), st.integers(1, 28))
def test_however_often_month_and_quarter_change_no_day_is_missed_or_told_twice(
    steps: list[tuple[int, str]], day: int
) -> None:
    today, since, told = D(2020, 1, 10), D(2020, 1, 1), []
    for wait, every in steps:
        today += timedelta(days=wait)
        due = due_periods(every, day, today, since)
        told += [*due.left_out, *due.periods]
        if told:
            since = told[-1].last + timedelta(days=1)
    for one, other in itertools.pairwise(told):
        assert other.first == one.last + timedelta(days=1)
    assert not told or told[0].first == D(2020, 1, 1)


def test_the_rest_of_a_quarter_is_called_so() -> None:
    due = due_periods("quarter", 5, D(2021, 10, 9), D(2021, 6, 1))
    assert due.periods == (
        Stretch(D(2021, 6, 1), D(2021, 6, 30)),
        Stretch(D(2021, 7, 1), D(2021, 9, 30)),
    )
    assert due.rest
    assert not due_periods("quarter", 5, D(2021, 10, 9), D(2021, 4, 1)).rest
    assert not due_periods("month", 5, D(2021, 10, 9), D(2021, 6, 1)).rest


def test_without_a_beginning_the_newest_alone_is_due() -> None:
    assert due_periods("month", 5, D(2021, 7, 5), None).periods == (Stretch(D(2021, 6, 1), D(2021, 6, 30)),)


def test_a_beginning_before_all_calendars_ends() -> None:
    due = due_periods("month", 1, D(2021, 7, 5), D(1, 1, 1))
    assert len(due.periods) == MOST
    assert due.left_out[0].first.year > 1989
