"""One article, one office, one month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.rules.counting import ArticleFact, OfficeFact, count
from compliance.rules.months import Month, months

pytestmark = pytest.mark.unit

OFFICES = (
    OfficeFact("culture", "Culture", "party", 2),
    OfficeFact("youth", "Youth", "mass", 3),
    OfficeFact("office", "Office", "party", 1),
)
HALF = months(Month(2021, 1), Month(2021, 6))


def article(number: int = 1, **changes: object) -> ArticleFact:
    """A counted article of the culture office, 31/01/2021."""
    values: dict[str, object] = {
        "id": number,
        "title": f"Article {number}",
        "url": f"/{number}/",
        "office": "culture",
        "first_published": datetime(2021, 1, 31, 3, 0, tzinfo=UTC),
        "live": True,
    }
    return ArticleFact(**(values | changes))  # type: ignore[arg-type]


@st.composite
def articles(draw: st.DrawFn) -> list[ArticleFact]:
    """Articles of any kind around the first half of 2021."""
    moments = st.none() | st.datetimes(datetime(2020, 11, 1), datetime(2021, 8, 31), timezones=st.just(UTC))  # noqa: DTZ001
    return [
        article(
            number,
            office=draw(st.sampled_from(["culture", "youth", "office", "unknown", None])),
            first_published=draw(moments),
            live=draw(st.booleans()),
            is_alias=draw(st.booleans()),
            is_copy=draw(st.booleans()),
        )
        for number in range(draw(st.integers(0, 25)))
    ]


def test_the_month_is_local() -> None:
    late = article(first_published=datetime(2021, 1, 31, 17, 0, tzinfo=UTC))
    assert count([late], OFFICES, HALF).column_totals == (0, 1, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"is_alias": True, "first_published": None}, "alias"),
        ({"is_copy": True}, "copy"),
        ({"first_published": None, "live": False}, "draft"),
        ({"live": False}, "withdrawn"),
        ({"office": None}, "no_office"),
        ({"office": "closed"}, "no_office"),
    ],
)
def test_what_does_not_count_says_why(changes: dict[str, object], reason: str) -> None:
    table = count([article(**changes)], OFFICES, HALF)
    assert table.total == 0
    assert [each.reason for each in table.excluded] == [reason]


def test_an_exclusion_outside_the_period_is_not_listed() -> None:
    outside = article(is_alias=True, first_published=datetime(2022, 1, 1, tzinfo=UTC))
    assert count([outside], OFFICES, HALF).excluded == ()


def test_rows_go_by_group_in_office_order_and_keep_the_silent() -> None:
    table = count([article()], OFFICES, HALF)
    assert [(group.name, [row.office.code for row in group.rows]) for group in table.groups] == [
        ("party", ["office", "culture"]),
        ("mass", ["youth"]),
    ]
    assert [office.code for office in table.silent_offices] == ["office", "youth"]
    assert table.groups[0].column_totals == (1, 0, 0, 0, 0, 0)
    assert [group.total for group in table.groups] == [1, 0]


def test_an_article_counts_once() -> None:
    assert count([article(), article()], OFFICES, HALF).total == 1
    with pytest.raises(ValueError, match="id 1"):
        count([article(), article(office="youth")], OFFICES, HALF)


def test_repeated_months_or_offices_are_refused() -> None:
    for offices, period in (((*OFFICES, OFFICES[0]), HALF), (OFFICES, (*HALF, HALF[0]))):
        with pytest.raises(ValueError, match="repeat"):
            count([], offices, period)


@given(articles())
def test_sums_agree(found: list[ArticleFact]) -> None:
    table = count(found, OFFICES, HALF)
    assert sum(row.total for row in table.rows) == sum(table.column_totals) == table.total
    assert sum(group.total for group in table.groups) == table.total
    assert count(found[::-1], OFFICES, HALF) == table
    dated = [each for each in found if each.month is None or each.month in HALF]
    assert table.total + len(table.excluded) == len(dated)


@given(articles(), st.integers(1, 5))
def test_adjoining_periods_add_up(found: Sequence[ArticleFact], cut: int) -> None:
    whole, first, second = (count(found, OFFICES, period) for period in (HALF, HALF[:cut], HALF[cut:]))
    assert first.column_totals + second.column_totals == whole.column_totals
    assert first.total + second.total == whole.total
