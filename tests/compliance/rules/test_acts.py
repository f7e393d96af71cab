"""The plain rules behind acts: lots, stretches of days, what fits a duty, a year's days."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.catalogue.loader import load_calendar, load_catalogue
from compliance.rules.declared import CHOICES, DATES, stretch
from compliance.rules.fitting import earliest_start, kinds_that_fit
from compliance.rules.local import OffDay, with_days
from compliance.rules.recheck import chosen, seed
from compliance.rules.yearly import marked_days, unknown_years

pytestmark = pytest.mark.unit

ids = st.lists(st.integers(1, 10_000).map(str), unique=True, max_size=60)
days = st.dates(datetime.date(2001, 1, 1), datetime.date(2090, 12, 31))


@given(ids, st.integers(0, 100), st.randoms())
def test_a_lot_is_a_share_and_the_same_in_any_order(
    candidates: list[str], share: int, random: object
) -> None:
    shuffled = list(candidates)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    drawn = chosen(candidates, share, "2021-07/glar")
    assert drawn == chosen(shuffled, share, "2021-07/glar")
    assert set(drawn) <= set(candidates)
    assert len(drawn) == -(-len(candidates) * share // 100)


@given(ids, st.integers(0, 99))
def test_a_larger_share_only_adds(candidates: list[str], share: int) -> None:
    assert set(chosen(candidates, share, "x")) <= set(chosen(candidates, share + 1, "x"))


def test_another_month_or_unit_draws_others() -> None:
    candidates = [str(number) for number in range(200)]
    lots = [chosen(candidates, 10, seed(month, unit)) for month, unit in (("1", "a"), ("2", "a"), ("1", "b"))]
    assert len({frozenset(lot) for lot in lots}) == 3
    assert chosen(["7"], 10, "x") == ("7",)


@pytest.mark.parametrize("share", [-1, 101])
def test_a_share_is_a_percentage(share: int) -> None:
    with pytest.raises(ValueError, match=str(share)):
        chosen([], share, "x")


@pytest.mark.parametrize(
    ("choice", "today", "first", "last"),
    [
        ("this_month", "2021-07-29", "2021-07-01", "2021-07-29"),
        ("last_month", "2021-03-31", "2021-02-01", "2021-02-28"),
        ("last_month", "2021-01-01", "2020-12-01", "2020-12-31"),
        ("this_quarter", "2021-09-30", "2021-07-01", "2021-09-30"),
        ("last_quarter", "2021-02-10", "2020-10-01", "2020-12-31"),
        ("this_half", "2021-06-30", "2021-01-01", "2021-06-30"),
        ("last_half", "2021-07-01", "2021-01-01", "2021-06-30"),
        ("last_half", "2021-06-30", "2020-07-01", "2020-12-31"),
    ],
)
def test_named_stretches(choice: str, today: str, first: str, last: str) -> None:
    day = datetime.date.fromisoformat
    assert stretch(choice, day(today)) == (day(first), day(last))


@given(st.sampled_from([choice for choice in CHOICES if choice != DATES]), days)
def test_a_stretch_never_reaches_beyond_today(choice: str, today: datetime.date) -> None:
    first, last = stretch(choice, today)
    assert first <= last <= today
    assert (today - first).days <= 366


def test_only_a_named_stretch_has_days() -> None:
    for name in (DATES, "next_month", ""):
        with pytest.raises(ValueError, match="no such stretch"):
            stretch(name, datetime.date(2021, 7, 29))


@pytest.mark.parametrize(
    ("code", "fits"),
    [
        ("leaders_schedule", {"weight"}),
        ("qa_feedback", {"weight", "answer", "freshness"}),
        ("directives", {"weight", "deadline", "freshness", "quota"}),
        ("english_pages", {"weight", "deadline", "freshness"}),
    ],
)
def test_only_rules_that_change_something_fit(code: str, fits: set[str]) -> None:
    assert set(kinds_that_fit(load_catalogue().requirement(code))) == fits


def test_the_running_month_is_open() -> None:
    assert earliest_start(datetime.date(2021, 7, 29)) == datetime.date(2021, 7, 1)


def test_a_year_s_days_are_listed_with_what_they_make_up_for() -> None:
    calendar = load_calendar()
    listed = {each.day: each for each in marked_days(calendar, 2021)}
    assert listed[datetime.date(2021, 5, 3)].makes_up_for == datetime.date(2021, 5, 1)
    assert [each.day for each in marked_days(calendar, 2021)] == sorted(listed)
    assert all(not calendar.is_working_day(day) for day, each in listed.items() if each.kind != "worked")


def test_a_year_is_known_once_somebody_says_so() -> None:
    today, calendar = datetime.date(2027, 5, 1), load_calendar()
    assert unknown_years(calendar, today) == (2028,)
    said = with_days(calendar, [OffDay(datetime.date(2028, 1, 1), "year", "")])
    assert unknown_years(said, today) == ()
