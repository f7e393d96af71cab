"""Reported numbers: counted whole or named, never divided."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.rules.stretches import Stretch
from compliance.rules.visits import Reported, sort_reported

pytestmark = pytest.mark.unit

START = date(2021, 1, 1)
OFFSETS = st.integers(0, 60)


def day(offset: int) -> date:
    return START + timedelta(days=offset)


def days(first: int, last: int) -> Stretch:
    return Stretch(day(first), day(last))


@st.composite
def reported(draw: st.DrawFn) -> list[Reported]:
    """Numbers whose days do not overlap, the first perhaps without a beginning."""
    cuts = sorted(draw(st.sets(OFFSETS, min_size=2, max_size=8)))
    rows = [
        Reported(day(first), day(last - 1), draw(st.integers(0, 10**12)))
        for first, last in itertools.pairwise(cuts)
        if draw(st.booleans())
    ]
    if draw(st.booleans()):
        rows.append(Reported(None, day(cuts[0] - 1), draw(st.integers(0, 10**12))))
    return rows


@given(rows=reported(), first=OFFSETS, length=OFFSETS)
def test_each_number_is_inside_partial_or_outside(rows: list[Reported], first: int, length: int) -> None:
    asked = days(first, first + length)
    found = sort_reported(rows, asked)
    assert set(found.inside).isdisjoint(found.partial)
    for row in rows:
        begin = row.first or day(-1000)
        held = {begin + timedelta(days=n) for n in range((row.last - begin).days + 1)}
        wanted = {asked.first + timedelta(days=n) for n in range((asked.last - asked.first).days + 1)}
        assert (row in found.inside) == (held <= wanted)
        assert (row in found.partial) == bool(held & wanted and not held <= wanted)
        assert (row in found.until) == (row.last <= asked.last)


@given(rows=reported(), first=OFFSETS, cut=OFFSETS, rest=OFFSETS)
def test_adjoining_periods_add_up_unless_a_number_straddles_them(
    rows: list[Reported], first: int, cut: int, rest: int
) -> None:
    middle, last = first + cut, first + cut + 1 + rest
    left, right = sort_reported(rows, days(first, middle)), sort_reported(rows, days(middle + 1, last))
    whole = sort_reported(rows, days(first, last))
    parts = sum(row.visits for row in (*left.inside, *right.inside))
    straddling = sum(row.visits for row in whole.inside if row in left.partial and row in right.partial)
    assert sum(row.visits for row in whole.inside) == parts + straddling


def test_a_number_from_the_beginning_lies_in_no_period() -> None:
    row = Reported(None, day(10), 5)
    found = sort_reported([row], days(0, 20))
    assert (found.inside, found.until, found.partial) == ((), (row,), (row,))
    assert sort_reported([row], days(11, 20)).partial == ()
