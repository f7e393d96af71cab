"""What a graded piece earns: whole đồng, never over its limits, more for more."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.catalogue.loader import load_royalties
from compliance.rules.fees import (
    Applied,
    Effect,
    Limits,
    Modifier,
    check_percent,
    fee,
    in_force_by_code,
    read_number,
    stricter,
)

pytestmark = pytest.mark.unit

COEFFICIENTS = st.decimals(Decimal("0.01"), Decimal("999.99"), places=2)
UNITS = st.integers(1, 10**12)
PERCENTS = st.decimals(Decimal("0.01"), 100, places=2)
APPLIED = st.lists(st.builds(Applied, st.just("x"), PERCENTS, st.sampled_from(Effect)), max_size=4)


def share(percent: str) -> Applied:
    return Applied("dich", Decimal(percent), Effect.SHARE)


def more(percent: str) -> Applied:
    return Applied("them", Decimal(percent), Effect.ADDITION)


@pytest.mark.parametrize(
    ("applied", "limits", "amount"),
    [
        ((), Limits(), 223_500),
        ((more("10"),), Limits(), 245_850),
        ((more("10"), more("30")), Limits(), 312_900),
        ((share("50"),), Limits(), 111_750),
        ((share("50"), more("20")), Limits(), 134_100),
        ((), Limits(highest=200_000), 200_000),
        ((), Limits(lowest=250_000), 250_000),
        ((share("50"),), Limits(lowest=200_000), 111_750),
        ((more("100"),), Limits(highest=300_000), 300_000),
    ],
)
def test_the_order_of_application(applied: tuple[Applied, ...], limits: Limits, amount: int) -> None:
    assert fee(Decimal("1.5"), 149_000, applied, limits) == amount


def test_it_is_rounded_half_up_once_at_the_end() -> None:
    assert fee(Decimal("0.5"), 1) == 1
    assert fee(Decimal("0.49"), 1) == 0
    assert fee(Decimal("0.5"), 1, (share("50"), more("50"))) == 0  # 0.375, not 1 halved and so on


@given(COEFFICIENTS, UNITS, APPLIED)
def test_it_is_within_half_a_dong_of_the_exact_fee(
    coefficient: Decimal, unit: int, applied: list[Applied]
) -> None:
    exact = Fraction(coefficient) * unit
    for each in applied:
        if each.effect is Effect.SHARE:
            exact *= Fraction(each.percent) / 100
    added = [Fraction(each.percent) for each in applied if each.effect is Effect.ADDITION]
    exact *= (100 + sum(added, Fraction(0))) / 100
    found = fee(coefficient, unit, applied)
    assert type(found) is int
    assert -Fraction(1, 2) < found - exact <= Fraction(1, 2)


@given(COEFFICIENTS, UNITS, APPLIED, st.integers(1, 10**9))
def test_it_is_never_over_the_highest(
    coefficient: Decimal, unit: int, applied: list[Applied], highest: int
) -> None:
    assert fee(coefficient, unit, applied, Limits(highest=highest)) <= highest


@given(COEFFICIENTS, COEFFICIENTS, UNITS, APPLIED, st.integers(1, 10**6), st.integers(0, 10**12))
def test_a_higher_coefficient_never_earns_less(
    one: Decimal, other: Decimal, unit: int, applied: list[Applied], lowest: int, above: int
) -> None:
    limits = Limits(lowest, lowest + above)
    low, high = sorted((one, other))
    assert fee(low, unit, applied, limits) <= fee(high, unit, applied, limits)


@given(COEFFICIENTS, UNITS, APPLIED, PERCENTS)
def test_an_addition_never_takes_and_a_share_never_gives(
    coefficient: Decimal, unit: int, applied: list[Applied], percent: Decimal
) -> None:
    before = fee(coefficient, unit, applied)
    assert fee(coefficient, unit, [*applied, Applied("y", percent, Effect.ADDITION)]) >= before
    assert fee(coefficient, unit, [*applied, Applied("y", percent, Effect.SHARE)]) <= before


@pytest.mark.parametrize(
    ("coefficient", "unit", "applied", "limits"),
    [
        ("-1", 1, (), Limits()),
        ("NaN", 1, (), Limits()),
        ("Infinity", 1, (), Limits()),
        ("1", -1, (), Limits()),
        ("1", 1, (share("-1"),), Limits()),
        ("1", 1, (more("NaN"),), Limits()),
        ("1", 1, (), Limits(2, 1)),
    ],
)
def test_nonsense_is_refused(
    coefficient: str, unit: int, applied: tuple[Applied, ...], limits: Limits
) -> None:
    with pytest.raises(ValueError, match=r"needs finite|is over the most"):
        fee(Decimal(coefficient), unit, applied, limits)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,5", "1.5"), ("1.5", "1.5"), ("0,05", "0.05"), ("10", "10")],
)
def test_a_number_as_people_type_it(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    ["1.000,5", "-1", "NaN", "Infinity", "1e308", "1E2", "٣", "９", "", "1,", ",5", "1_0", "1 5", "9" * 40],
)
def test_what_is_no_plain_number_is_none(text: str) -> None:
    assert read_number(text) is None


def modifier(code: str, low: str, high: str, first: date = date(2020, 1, 1)) -> Modifier:
    return Modifier(code, code, Effect.ADDITION, Decimal(low), Decimal(high), "x", first)


@pytest.mark.parametrize(
    ("percent", "fault"),
    [
        ("10", None),
        ("20", None),
        ("15.25", None),
        ("9.99", "out_of_range"),
        ("20.01", "out_of_range"),
        ("15.255", "too_precise"),
        ("NaN", "not_finite"),
    ],
)
def test_a_percentage_keeps_to_its_range(percent: str, fault: str | None) -> None:
    assert check_percent(Decimal(percent), modifier("topic", "10", "20")) == fault


def test_nothing_percent_is_no_percentage() -> None:
    assert check_percent(Decimal(0), modifier("hardship", "0", "100")) == "out_of_range"
    assert modifier("hardship", "0", "100").default is None
    assert modifier("topic", "10", "20").default == 10


@given(st.tuples(PERCENTS, PERCENTS).map(sorted), st.tuples(PERCENTS, PERCENTS).map(sorted))
def test_a_body_s_range_stays_within_the_law_s(mine: list[Decimal], law: list[Decimal]) -> None:
    own = {"topic": modifier("topic", str(mine[0]), str(mine[1]))}
    national = {"topic": modifier("topic", str(law[0]), str(law[1])), "other": modifier("other", "1", "2")}
    found = stricter(own, national)
    assert set(found) == {"topic", "other"}
    assert found["topic"].low <= found["topic"].high <= min(mine[1], law[1])


def test_the_national_percentages_end_with_decree_18() -> None:
    tables = load_royalties()
    assert {code: (m.low, m.high) for code, m in tables.modifiers_on(date(2026, 8, 31)).items()} == {
        "translation": (40, 65),
        "media_text": (20, 50),
        "topic": (10, 20),
        "language": (30, 50),
        "hardship": (0, 100),
    }
    assert tables.modifiers_on(date(2026, 9, 1)) == {}
    assert tables.modifiers_on(date(2014, 5, 31)) == {}


def test_the_nearest_of_two_bodies_counts() -> None:
    near, far = modifier("a", "1", "2"), modifier("a", "3", "4")
    assert in_force_by_code([near, far], date(2021, 1, 1)) == {"a": near}
    assert in_force_by_code([near], date(2019, 12, 31)) == {}
