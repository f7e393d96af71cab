"""Every way of counting has the same total, and adjoining periods add up."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.rules.months import Month
from compliance.rules.stretches import Stretch, months_from, stretches
from compliance.rules.tallies import NOBODY, By, Piece, parts, shortfall, tally

pytestmark = pytest.mark.unit

YEAR = Stretch(date(2021, 1, 1), date(2021, 12, 31))
DAYS = st.dates(date(2020, 12, 1), date(2022, 2, 1))
KEYS = st.sampled_from(["a", "b", "c", "d"])


@st.composite
def pieces(draw: st.DrawFn) -> list[Piece]:
    """Articles of any kind around the year."""
    persons = st.lists(st.tuples(KEYS, st.fractions(0, 100)), max_size=4).map(tuple)
    return [
        Piece(
            number,
            draw(DAYS),
            draw(KEYS),
            draw(KEYS),
            draw(KEYS),
            tuple(draw(st.lists(KEYS, max_size=4))),
            draw(persons),
        )
        for number in range(draw(st.integers(0, 20)))
    ]


@given(DAYS, st.integers(0, 800))
def test_months_from_any_day_hold_each_day_once(first: date, more: int) -> None:
    days = Stretch(first, first + timedelta(days=more))
    found = months_from(days)
    assert (found[0].first, found[-1].last) == (days.first, days.last)
    for before, after in itertools.pairwise(found):
        assert after.first == before.last + timedelta(days=1)
        assert after.first.day in (first.day, Month.of(after.first).last.day)
        assert Month.of(after.first) == Month.of(before.first).next
    assert all(part.last < part.first + timedelta(days=31) for part in found)


def test_months_from_the_last_of_january() -> None:
    found = months_from(Stretch(date(2021, 1, 31), date(2021, 4, 30)))
    assert [part.first for part in found] == [date(2021, month, day) for month, day in
        ((1, 31), (2, 28), (3, 31), (4, 30))]  # fmt: skip


@given(pieces(), st.integers(1, 28))
def test_every_way_of_counting_agrees(found: list[Piece], start: int) -> None:
    columns = stretches(YEAR.first, YEAR.last, start)
    expected = tuple(sum(each.holds(piece.published) for piece in found) for each in columns)
    for by in By:
        counted = tally(found, by, columns)
        assert counted.columns == expected
        assert sum(counted.sum_of(key) for key in counted.keys) == counted.total == sum(expected)


@given(pieces(), DAYS.filter(lambda day: date(2021, 1, 1) < day <= date(2021, 12, 31)), st.sampled_from(By))
def test_adjoining_periods_add_up(found: list[Piece], cut: date, by: By) -> None:
    before = tally(found, by, [Stretch(YEAR.first, cut - timedelta(days=1))])
    after = tally(found, by, [Stretch(cut, YEAR.last)])
    whole = tally(found, by, [YEAR])
    assert before.total + after.total == whole.total
    for key in whole.keys:
        assert before.sum_of(key) + after.sum_of(key) == whole.sum_of(key)


@given(pieces(), st.sampled_from(By), st.randoms())
def test_order_and_repetition_change_nothing(found: list[Piece], by: By, chance: object) -> None:
    mixed = [*found, *found]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert tally(mixed, by, [YEAR]).cells == tally(found, by, [YEAR]).cells


def test_shares_and_topics_divide_an_article() -> None:
    piece = Piece(
        1,
        date(2021, 3, 1),
        "glar",
        "x",
        "news",
        ("health", "jobs", "health"),
        (("An", Fraction(30)), ("Bình", Fraction(60))),
    )
    assert parts(piece, By.PERSON) == (("An", Fraction(1, 3)), ("Bình", Fraction(2, 3)))
    assert parts(piece, By.TOPIC) == (("health", Fraction(1, 2)), ("jobs", Fraction(1, 2)))
    bare = Piece(2, date(2021, 3, 1), "glar", "", "news")
    assert [parts(bare, by)[0][0] for by in (By.OFFICE, By.PERSON, By.TOPIC)] == [NOBODY] * 3


def test_a_reporting_month_may_begin_on_another_day() -> None:
    found = stretches(date(2021, 1, 20), date(2021, 3, 19), 20)
    assert found == (
        Stretch(date(2021, 1, 20), date(2021, 2, 19)),
        Stretch(date(2021, 2, 20), date(2021, 3, 19)),
    )
    assert [each.is_month for each in stretches(date(2021, 1, 1), date(2021, 2, 28))] == [True, True]
    for day in (0, 29, 31):
        with pytest.raises(ValueError, match="1 to 28"):
            stretches(YEAR.first, YEAR.last, day)
    with pytest.raises(ValueError, match="before the first"):
        stretches(YEAR.last, YEAR.first)


@given(DAYS, st.integers(0, 500), st.integers(1, 28))
def test_stretches_hold_each_day_once(first: date, length: int, start: int) -> None:
    last = first + timedelta(days=length)
    found = stretches(first, last, start)
    assert (found[0].first, found[-1].last) == (first, last)
    for before, after in itertools.pairwise(found):
        assert after.first == before.last + timedelta(days=1)
        assert after.first.day == start


def test_the_same_days_of_last_year() -> None:
    assert Stretch(date(2024, 2, 29), date(2024, 2, 29)).a_year_before == Stretch(
        date(2023, 2, 28), date(2023, 2, 28)
    )
    february = Stretch(date(2025, 2, 1), date(2025, 2, 28)).a_year_before
    assert february == Stretch(date(2024, 2, 1), date(2024, 2, 29))
    odd = Stretch(date(2021, 1, 20), date(2021, 2, 19)).a_year_before
    assert odd == Stretch(date(2020, 1, 20), date(2020, 2, 19))


def test_overlaps_and_doubles_are_refused() -> None:
    piece = Piece(1, date(2021, 3, 1), "glar", "a", "news")
    with pytest.raises(ValueError, match="overlap"):
        tally([piece], By.OFFICE, [YEAR, YEAR])
    with pytest.raises(ValueError, match="two different"):
        tally([piece, Piece(1, date(2021, 3, 1), "glar", "b", "news")], By.OFFICE, [YEAR])


@pytest.mark.parametrize(
    ("counted", "quota", "lacking"), [(0, 3, 3), (3, 3, 0), (5, 3, 0), (Fraction(5, 2), 3, 1)]
)
def test_a_shortfall_is_in_whole_articles(counted: Fraction | int, quota: int, lacking: int) -> None:
    assert shortfall(counted, quota) == lacking
