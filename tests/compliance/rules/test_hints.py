"""Hints on a grading list, the end of the year's money, and what the year will cost."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.rules.forecast import forecast
from compliance.rules.hints import (
    DAYS,
    ENOUGH,
    MANY,
    Ceiling,
    Hint,
    HintCode,
    Piece,
    Usual,
    ceiling,
    hints,
    same_numbers,
)

pytestmark = pytest.mark.unit

DAY = date(2021, 6, 1)
NOTHING = Usual({}, {})


def piece(key: int = 1, **given: Any) -> Piece:
    return Piece(**({"id": key, "people": ("Lan",), "day": DAY, "genre": "news"} | given))


def codes(found: dict[int, tuple[Hint, ...]], key: int = 1) -> list[HintCode]:
    return [hint.code for hint in found.get(key, ())]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, []),
        ({"coefficient": Decimal(3), "cap": Decimal(3)}, []),
        ({"coefficient": Decimal("3.01"), "cap": Decimal(3)}, [HintCode.OVER_CAP]),
        ({"coefficient": Decimal(1), "minimum": Decimal(1)}, []),
        ({"coefficient": Decimal("0.99"), "minimum": Decimal(1)}, [HintCode.BELOW_MINIMUM]),
        ({"missing": "table"}, [HintCode.NO_TABLE]),
        ({"missing": "genre"}, [HintCode.NOT_IN_TABLE]),
    ],
)
def test_hints_of_the_table(given: dict[str, Any], expected: list[HintCode]) -> None:
    assert codes(hints([piece(**given)], NOTHING, {})) == expected


def test_a_coefficient_far_above_the_usual_of_the_person_and_the_genre() -> None:
    usual = Usual({"Lan": [Decimal(1)] * ENOUGH}, {"news": [Decimal("1.5")] * ENOUGH})
    assert codes(hints([piece(coefficient=Decimal("1.99"))], usual, {})) == []
    assert codes(hints([piece(coefficient=Decimal(2))], usual, {})) == [HintCode.FAR_ABOVE_PERSON]
    both = [HintCode.FAR_ABOVE_PERSON, HintCode.FAR_ABOVE_GENRE]
    assert codes(hints([piece(coefficient=Decimal(3))], usual, {})) == both
    few = Usual({"Lan": [Decimal(1)] * (ENOUGH - 1)}, {})
    assert codes(hints([piece(coefficient=Decimal(9))], few, {})) == []


def test_many_pieces_by_one_person_in_few_days() -> None:
    close = [piece(key, day=DAY + timedelta(days=key % DAYS)) for key in range(MANY)]
    found = hints(close, NOTHING, {})
    assert all(found[key] == (Hint(HintCode.MANY_PIECES, "Lan", Decimal(MANY)),) for key in range(MANY))
    apart = [piece(key, day=DAY + timedelta(days=key * DAYS)) for key in range(MANY)]
    assert hints(apart, NOTHING, {}) == {}
    others = [piece(key, people=(f"Người {key}",)) for key in range(MANY)]
    assert hints(others, NOTHING, {}) == {}


@given(st.lists(st.integers(0, 40), max_size=30))
def test_crowding_is_what_counting_every_window_says(offsets: list[int]) -> None:
    listed = [piece(key, day=DAY + timedelta(days=offset)) for key, offset in enumerate(offsets)]
    found = hints(listed, NOTHING, {})
    for key, offset in enumerate(offsets):
        windows = (
            sum(start <= other < start + DAYS for other in offsets)
            for start in range(offset - DAYS + 1, offset + 1)
        )
        most = max(windows)
        told = [hint for hint in found.get(key, ()) if hint.code is HintCode.MANY_PIECES]
        assert [hint.value for hint in told] == ([Decimal(most)] if most >= MANY else [])


def test_near_titles_name_the_others() -> None:
    found = hints([piece(1), piece(2)], NOTHING, {1: (2,), 2: (1,)})
    assert found[1] == (Hint(HintCode.NEAR_TITLE, others=(2,)),)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("lich cong tac tuan 12", "lich cong tac tuan 13", False),
        ("lich tuan 05", "lich tuan 5", True),
        ("khai mac hoi nghi", "khai mac hoi nghi", True),
        ("nam 2021", "nam", False),
    ],
)
def test_other_numbers_are_another_piece(one: str, other: str, same: bool) -> None:
    assert same_numbers(one, other) is same


@pytest.mark.parametrize(
    ("spent", "proposed", "given", "told"),
    [
        (0, 89, 100, None),
        (45, 45, 100, Ceiling.NEAR),
        (100, 0, 100, Ceiling.NEAR),
        (100, 1, 100, Ceiling.OVER),
        (5, 5, 0, None),
    ],
)
def test_the_end_of_the_money(spent: int, proposed: int, given: int, told: Ceiling | None) -> None:
    assert ceiling(spent, proposed, given) is told


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(1, 10**9), st.integers(0, 10**9))
def test_more_spent_never_makes_the_warning_milder(spent: int, proposed: int, given: int, more: int) -> None:
    order = [None, Ceiling.NEAR, Ceiling.OVER]
    assert order.index(ceiling(spent + more, proposed, given)) >= order.index(ceiling(spent, proposed, given))


def test_the_forecast_is_spent_plus_coming_plus_the_mean_of_closed_months() -> None:
    found = forecast(600, [100, 200, 300], coming=250, begun=1)
    assert (found.a_month, found.months, found.total) == (200, 8, 600 + 250 + 200 * 8)
    assert forecast(70, [], coming=30, begun=1).total == 100
    assert forecast(1_200, [100] * 12).total == 1_200


@given(st.lists(st.integers(0, 10**9), max_size=12), st.integers(0, 10**9), st.integers(0, 12))
def test_a_forecast_never_lies_below_what_is_known(closed: list[int], coming: int, begun: int) -> None:
    assert forecast(sum(closed), closed, coming, begun).total >= sum(closed) + coming
