"""What the calendar will ask for in the coming year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.catalogue.loader import load_calendar
from compliance.rules.deadlines import due_date
from compliance.rules.types import (
    Binding,
    Channel,
    Deadline,
    LatestTrigger,
    Level,
    Limit,
    Monthly,
    PeriodEnd,
    Requirement,
    WeeklyAhead,
    WithinCalendarDays,
)
from compliance.rules.upcoming import upcoming

pytestmark = pytest.mark.unit

CALENDAR = load_calendar()
TIER = frozenset({"commune"})
DAYS = st.dates(date(2020, 1, 1), date(2026, 6, 30))
DEADLINES = st.sampled_from(
    [
        WeeklyAhead(),
        Monthly(5, "wd"),
        Monthly(3, "wd", ahead=True),
        Monthly(10, "cd"),
        PeriodEnd(("M3", "M6", "M9", "Y"), 15, "cd"),
        WithinCalendarDays(30),
    ]
)


def duty(
    *deadlines: Deadline,
    first: date = date(2015, 1, 1),
    last: date | None = None,
    latest: LatestTrigger | None = None,
) -> Requirement:
    limits = tuple(
        Limit(f"l{number}", "r", "", "period", deadline, TIER, first, last, ())
        for number, deadline in enumerate(deadlines)
    )
    binding = Binding("d", "r", TIER, Level.MANDATORY, Channel.PORTAL, date(2015, 1, 1), None, ())
    return Requirement("d", "s", "G1", "", "", "records", 1, 5, (binding,), limits, latest)


def found(requirement: Requirement, today: date, days: int = 366) -> list[tuple[str, date]]:
    slots = upcoming(requirement, "commune", today, today + timedelta(days=days), CALENDAR)
    return [(slot.period, slot.term.due) for slot in slots]


def test_the_reports_of_a_year() -> None:
    assert found(duty(PeriodEnd(("M3", "M6", "M9", "Y"), 15, "cd")), date(2021, 7, 14)) == [
        ("2021-M6", date(2021, 7, 15)),
        ("2021-M9", date(2021, 10, 15)),
        ("2021-Y", date(2022, 1, 17)),
        ("2022-M3", date(2022, 4, 15)),
        ("2022-M6", date(2022, 7, 15)),
    ]


def test_a_month_owed_ahead_over_the_lunar_new_year() -> None:
    assert found(duty(Monthly(3, "wd", ahead=True)), date(2021, 1, 20), 45) == [
        ("2021-02", date(2021, 1, 27)),
        ("2021-03", date(2021, 2, 24)),
    ]


def test_weeks_are_due_on_the_sunday_before() -> None:
    assert found(duty(WeeklyAhead()), date(2021, 7, 14), 14) == [
        ("2021-07-19", date(2021, 7, 18)),
        ("2021-07-26", date(2021, 7, 25)),
    ]


def test_the_year_to_come_runs_from_its_latest_day() -> None:
    requirement = duty(WithinCalendarDays(30), latest=LatestTrigger(-1, 12, 31))
    assert found(requirement, date(2021, 7, 14)) == [("2022", date(2022, 2, 7))]


def test_of_two_limits_the_strictest_is_told() -> None:
    requirement = duty(PeriodEnd(("M6",), 15, "cd"), PeriodEnd(("M6",), 5, "wd"))
    assert found(requirement, date(2021, 7, 1), 30) == [("2021-M6", date(2021, 7, 7))]


def test_a_law_that_ends_asks_for_nothing_after() -> None:
    requirement = duty(Monthly(5, "wd"), last=date(2021, 8, 30))
    assert [period for period, _due in found(requirement, date(2021, 7, 14))] == ["2021-07"]
    assert found(duty(Monthly(5, "wd")), date(2021, 7, 14)) != []
    assert upcoming(duty(Monthly(5, "wd")), "district", date(2021, 7, 14), date(2022, 7, 14), CALENDAR) == []


@given(deadline=DEADLINES, today=DAYS, days=st.integers(0, 400))
def test_each_slot_once_in_order_and_within_the_time_asked(
    deadline: Deadline, today: date, days: int
) -> None:
    slots = upcoming(
        duty(deadline, latest=LatestTrigger(0, 12, 31)),
        "commune",
        today,
        today + timedelta(days=days),
        CALENDAR,
    )
    dues = [slot.term.due for slot in slots]
    assert dues == sorted(dues)
    assert all(today <= due <= today + timedelta(days=days) for due in dues)
    assert len({(slot.kind, slot.period) for slot in slots}) == len(slots)
    assert all(due_date(deadline, slot.term.trigger, CALENDAR).due == slot.term.due for slot in slots)
    longer = upcoming(
        duty(deadline, latest=LatestTrigger(0, 12, 31)),
        "commune",
        today,
        today + timedelta(days=days + 40),
        CALENDAR,
    )
    assert longer[: len(slots)] == slots, "looking further ahead changes nothing that was seen"
