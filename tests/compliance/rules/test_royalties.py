"""Whole dong, never lost, never invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from compliance.catalogue.loader import load_royalties
from compliance.rules.royalties import check_coefficient, gross, in_force, overlaps, split, unit_value

pytestmark = pytest.mark.unit

SHARES = st.lists(st.integers(0, 1000) | st.decimals(0, 100, places=3), min_size=1, max_size=12)


@dataclass(frozen=True)
class Row:
    """A dated row."""

    valid_from: date
    valid_to: date | None = None


def test_worked_examples() -> None:
    tables = load_royalties()
    for day, unit, fee in ((date(2021, 6, 1), 149_000, 223_500), (date(2026, 11, 1), 253_000, 379_500)):
        salary = tables.base_salary(day)
        assert salary is not None
        assert unit_value(salary.amount) == unit
        assert gross(Decimal("1.5"), unit) == fee


def test_gross_rounds_half_up_and_refuses_nonsense() -> None:
    assert gross(Decimal("0.5"), 1) == 1
    assert gross(Decimal("0.49"), 1) == 0
    for coefficient, unit in ((Decimal("NaN"), 1), (Decimal(-1), 1), (Decimal(1), -1)):
        with pytest.raises(ValueError, match="non-negative"):
            gross(coefficient, unit)


@pytest.mark.parametrize(
    ("coefficient", "cap", "code"),
    [
        ("1.5", "10", None),
        ("10", "10", None),
        ("1.500", "10", None),
        ("99", None, None),
        ("1E+40", None, "over_cap"),
        ("10.01", "10", "over_cap"),
        ("0", "10", "not_positive"),
        ("-1", "10", "not_positive"),
        ("1.505", "10", "too_precise"),
        ("0.00001", "10", "too_precise"),
        ("NaN", "10", "not_finite"),
        ("Infinity", None, "not_finite"),
    ],
)
def test_check_coefficient(coefficient: str, cap: str | None, code: str | None) -> None:
    assert check_coefficient(Decimal(coefficient), Decimal(cap) if cap else None) == code


@given(st.integers(0, 10**12), SHARES)
def test_a_split_adds_up_and_is_off_by_less_than_a_dong(amount: int, shares: list[Decimal | int]) -> None:
    assume(any(shares))
    parts = split(amount, shares)
    assert sum(parts) == amount
    whole = sum(Fraction(share) for share in shares)
    for part, share in zip(parts, shares, strict=True):
        assert abs(part - amount * Fraction(share) / whole) < 1
        assert share or not part
    assert parts == split(amount, shares)


def test_split_gives_the_rest_to_the_largest_remainder_then_the_earlier() -> None:
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    assert split(10, [Decimal("0.7"), Decimal("0.15"), Decimal("0.15")]) == [7, 2, 1]
    assert split(0, [1, 2]) == [0, 0]


@pytest.mark.parametrize(
    ("amount", "shares"),
    [(1, []), (1, [0, 0]), (1, [1, -1]), (-1, [1]), (1, [Decimal("NaN")]), (1, [Decimal("Infinity")])],
)
def test_split_refuses(amount: int, shares: list[Decimal | int]) -> None:
    with pytest.raises(ValueError, match="split"):
        split(amount, shares)


def test_rows_in_force() -> None:
    old, new = Row(date(2020, 1, 1), date(2020, 12, 31)), Row(date(2021, 1, 1))
    assert in_force([new, old], date(2020, 12, 31)) is old
    assert in_force([new, old], date(2030, 1, 1)) is new
    assert in_force([new, old], date(2019, 1, 1)) is None
    assert overlaps([new, old]) == []
    again = Row(date(2022, 1, 1))
    assert overlaps([again, old, new]) == [(new, again)]
    with pytest.raises(ValueError, match="2 rows"):
        in_force([new, again], date(2022, 1, 1))


def test_regimes_by_date() -> None:
    tables = load_royalties()
    old, new = tables.regime(date(2026, 8, 31)), tables.regime(date(2026, 9, 1))
    assert old is not None
    assert new is not None
    assert (old.code, old.cap("news"), old.cap("video")) == ("ND18", Decimal(10), Decimal(50))
    assert (new.code, new.cap("news")) == ("ND287", None)
    with pytest.raises(KeyError):
        old.cap("poem")
