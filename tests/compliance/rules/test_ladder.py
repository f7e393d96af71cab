"""The ladder of reminders: its days, its order, catching up, and whom it reaches."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.catalogue.loader import load_calendar
from compliance.rules.ladder import (
    LADDER,
    Move,
    Step,
    next_move,
    recipients,
    retry_after,
    step_day,
    steps_due,
)

pytestmark = pytest.mark.unit

CALENDAR = load_calendar()
DAYS = st.dates(date(2019, 3, 1), date(2027, 10, 31))
NEAR = st.integers(-40, 60)
STEPS = st.sets(st.sampled_from(LADDER))


def days_of(due: date) -> list[date]:
    return [step_day(step, due, CALENDAR) for step in LADDER]


def test_an_ordinary_week() -> None:
    assert days_of(date(2021, 7, 14)) == [
        date(2021, 7, 7),
        date(2021, 7, 14),
        date(2021, 7, 19),
        date(2021, 7, 28),
    ]


def test_over_the_lunar_new_year() -> None:
    """Rest from 10 to 16 February 2021: Friday the 5th is due, the third working day after is the 17th."""
    assert days_of(date(2021, 2, 5)) == [
        date(2021, 1, 29),
        date(2021, 2, 5),
        date(2021, 2, 17),
        date(2021, 2, 26),
    ]


def test_due_in_the_middle_of_the_lunar_new_year() -> None:
    assert days_of(date(2021, 2, 12)) == [
        date(2021, 2, 3),
        date(2021, 2, 9),
        date(2021, 2, 19),
        date(2021, 3, 2),
    ]


def test_what_is_due_on_a_sunday_is_called_to_mind_on_friday() -> None:
    assert days_of(date(2021, 7, 18))[:2] == [date(2021, 7, 12), date(2021, 7, 16)]


@given(due=DAYS)
def test_steps_are_in_order_and_never_on_a_rest_day(due: date) -> None:
    days = days_of(due)
    assert days == sorted(set(days))
    assert all(CALENDAR.is_working_day(day) for day in days)
    assert days[1] <= due < days[2]


@given(due=DAYS, offset=NEAR)
def test_a_step_once_due_stays_due(due: date, offset: int) -> None:
    today = due + timedelta(days=offset)
    found = steps_due(due, today, CALENDAR)
    assert found == list(LADDER[: len(found)])
    assert steps_due(due, today + timedelta(days=1), CALENDAR)[: len(found)] == found


@given(due=DAYS, runs=st.lists(NEAR, max_size=25))
def test_whatever_runs_were_missed_each_step_is_taken_once_and_in_order(due: date, runs: list[int]) -> None:
    sent: list[Step] = []
    skipped: list[Step] = []
    for offset in sorted(runs):
        today = due + timedelta(days=offset)
        move = next_move(due, today, CALENDAR, [*sent, *skipped])
        again = next_move(due, today, CALENDAR, [*sent, *skipped, *([move.step] if move.step else [])])
        assert again.step is None, "twice a day is harmless"
        if move.step:
            sent.append(move.step)
            skipped += move.skipped
        else:
            assert not move.skipped
    assert len(set(sent) | set(skipped)) == len(sent) + len(skipped)
    assert sent == sorted(sent, key=LADDER.index)
    assert {*sent, *skipped} == set(steps_due(due, due + timedelta(days=max(runs)), CALENDAR) if runs else ())


@given(due=DAYS, offset=NEAR, done=STEPS)
def test_catching_up_sends_at_most_one_letter(due: date, offset: int, done: set[Step]) -> None:
    move = next_move(due, due + timedelta(days=offset), CALENDAR, done)
    if move.step:
        assert move.step not in done
        assert not {*move.skipped} & {*done, move.step}
        assert all(LADDER.index(each) < LADDER.index(move.step) for each in move.skipped)


def test_a_missed_week_is_caught_up_by_the_latest_step_alone() -> None:
    due = date(2021, 7, 14)
    assert next_move(due, date(2021, 7, 20), CALENDAR, []) == Move(Step.AFTER_3, (Step.BEFORE, Step.DUE))
    assert next_move(due, date(2021, 7, 20), CALENDAR, ["before"]) == Move(Step.AFTER_3, (Step.DUE,))
    assert next_move(due, date(2021, 7, 6), CALENDAR, []) == Move(None)


def test_a_holiday_announced_later_takes_no_step_back() -> None:
    assert next_move(date(2021, 7, 14), date(2021, 7, 14), CALENDAR, ["after_3"]) == Move(None)


@pytest.mark.parametrize(
    ("step", "reached"),
    [
        (Step.BEFORE, (1, 2)),
        (Step.DUE, (1, 2)),
        (Step.AFTER_3, (1, 2, 3)),
        (Step.AFTER_10, (1, 2, 3, 4)),
    ],
)
def test_a_reminder_climbs(step: Step, reached: tuple[int, ...]) -> None:
    assert recipients(step, [1, 2], [2, 3], [4]) == reached


def test_where_nobody_is_there_the_next_above_is_told() -> None:
    assert recipients(Step.BEFORE, [], [3], [4]) == (3,)
    assert recipients(Step.DUE, [], [], [4]) == (4,)
    assert recipients(Step.AFTER_10, [], [], []) == ()


def test_a_failed_letter_waits_longer_each_time() -> None:
    waits = [retry_after(attempts) for attempts in range(1, 8)]
    assert waits[:4] == [timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12)]
    assert set(waits[4:]) == {timedelta(days=1)}
