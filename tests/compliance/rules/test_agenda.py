"""When a thing is to be done, and how long a record stays."""

from __future__ import annotations

import datetime
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.catalogue.loader import load_calendar
from compliance.rules.agenda import When, when
from compliance.rules.display import kept
from compliance.rules.types import (
    Binding,
    Channel,
    LegalBasis,
    Level,
    Limit,
    MinimumDisplay,
    Requirement,
    Verification,
)

pytestmark = pytest.mark.unit

WEDNESDAY = date(2021, 7, 28)
BASES = (LegalBasis("Luật", "Điều 1", Verification.PRIMARY),)


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (None, When.UNDATED),
        (date(2021, 1, 1), When.TODAY),
        (WEDNESDAY, When.TODAY),
        (date(2021, 7, 29), When.WEEK),
        (date(2021, 8, 1), When.WEEK),
        (date(2021, 8, 2), When.FORTNIGHT),
        (date(2021, 8, 11), When.FORTNIGHT),
        (date(2021, 8, 12), When.LATER),
    ],
)
def test_the_stretch_of_a_due_date(due: date | None, expected: When) -> None:
    assert when(due, WEDNESDAY) is expected


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(-40, 40), st.integers(0, 40))
def test_a_later_due_date_is_never_more_urgent(today: date, days: int, more: int) -> None:
    order = [When.TODAY, When.WEEK, When.FORTNIGHT, When.LATER]
    early, late = (today + datetime.timedelta(days=each) for each in (days, days + more))
    assert order.index(when(early, today)) <= order.index(when(late, today))


def requirement(*limits: tuple[str, int, date, date | None]) -> Requirement:
    """A duty with minimum displays: kind, days, from, to."""
    tiers = frozenset({"commune"})
    return Requirement(
        code="x",
        section="x",
        group="G1",
        name_vi="x",
        name_en="x",
        evidence="document_record",
        weight=1,
        soon_days=5,
        bindings=(
            Binding("x@A", "A", tiers, Level.MANDATORY, Channel.PORTAL, date(2010, 1, 1), None, BASES),
        ),
        limits=tuple(
            Limit("x@A", "A", kind, "publication", MinimumDisplay(days), tiers, first, last, BASES)
            for kind, days, first, last in limits
        ),
    )


def until(
    duty: Requirement, kind: str = "", tier: str = "commune", term_ends: date | None = None
) -> date | None:
    found = kept(duty, tier, kind, WEDNESDAY, load_calendar(), term_ends)
    return found.until if found else None


def test_the_longest_display_of_the_kind_counts() -> None:
    duty = requirement(("", 30, date(2010, 1, 1), None), ("plan", 60, date(2010, 1, 1), None))
    assert until(duty, "plan") == WEDNESDAY + datetime.timedelta(days=60)
    assert until(duty, "other") == WEDNESDAY + datetime.timedelta(days=30)


def test_a_display_not_in_force_or_for_others_does_not_count() -> None:
    assert until(requirement(("", 30, date(2022, 1, 1), None))) is None
    assert until(requirement(("", 30, date(2010, 1, 1), date(2021, 7, 27)))) is None
    assert until(requirement(("", 30, date(2010, 1, 1), None)), tier="district") is None
    assert until(requirement()) is None


def test_a_record_whose_term_ends_earlier_may_leave_then() -> None:
    duty = requirement(("", 30, date(2010, 1, 1), None))
    assert until(duty, term_ends=date(2021, 8, 5)) == date(2021, 8, 5)
    assert until(duty, term_ends=date(2022, 1, 1)) == WEDNESDAY + datetime.timedelta(days=30)
