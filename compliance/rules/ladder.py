"""The ladder of reminders: which step is due on a day, whom it reaches, when a failed letter is tried again.

Steps fall on working days only. What was missed is caught up by the latest step alone: nobody gets two
letters at once about the same thing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from compliance.rules.calendar import WorkingCalendar


class Step(StrEnum):
    """A rung: five working days before the due day, on it, three and ten working days after."""

    BEFORE = "before"
    DUE = "due"
    AFTER_3 = "after_3"
    AFTER_10 = "after_10"


#: The steps in the order they are climbed.
LADDER = (Step.BEFORE, Step.DUE, Step.AFTER_3, Step.AFTER_10)

DAYS_BEFORE = 5
_DAYS_AFTER = {Step.AFTER_3: 3, Step.AFTER_10: 10}
_DAY = timedelta(days=1)

#: How far up a step reaches: 0 the officers, 1 the head of the unit as well, 2 the district as well.
_REACH = {Step.BEFORE: 0, Step.DUE: 0, Step.AFTER_3: 1, Step.AFTER_10: 2}

_BACK_OFF = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12))
_DAILY = timedelta(days=1)


@dataclass(frozen=True)
class Move:
    """What to do about one item today: the step to send (None: nothing), and those passed over for good."""

    step: Step | None
    skipped: tuple[Step, ...] = ()


def step_day(step: Step, due: date, calendar: WorkingCalendar) -> date:
    """The working day of a step. What is due on a rest day is called to mind on the working day before it."""
    if step is Step.BEFORE:
        return calendar.before_working_days(due, DAYS_BEFORE).due
    if step is Step.DUE:
        day = due
        while not calendar.is_working_day(day):
            day -= _DAY
        return day
    return calendar.after_working_days(due, _DAYS_AFTER[step]).due


def steps_due(due: date, today: date, calendar: WorkingCalendar) -> list[Step]:
    """The steps whose day has come, in order."""
    return [step for step in LADDER if step_day(step, due, calendar) <= today]


def next_move(due: date, today: date, calendar: WorkingCalendar, done: Collection[str]) -> Move:
    """The latest step that has come, unless it or a later one is `done` (sent or passed over) already.

    A due day that was moved back takes no step twice: what lies below the highest step done stays below.
    """
    come = steps_due(due, today, calendar)
    if not come or any(step in done for step in LADDER[LADDER.index(come[-1]) :]):
        return Move(None)
    return Move(come[-1], tuple(step for step in come[:-1] if step not in done))


def recipients(
    step: Step, officers: Sequence[int], heads: Sequence[int], district: Sequence[int]
) -> tuple[int, ...]:
    """Who gets the step: the officers, from AFTER_3 their head, from AFTER_10 the district, each once.

    Where nobody is there to be reached, the step goes to the next above who is.
    """
    levels = (officers, heads, district)
    reach = _REACH[step]
    found = [each for level in levels[: reach + 1] for each in level]
    while not found and reach < len(levels) - 1:
        reach += 1
        found = list(levels[reach])
    return tuple(dict.fromkeys(found))


def retry_after(attempts: int) -> timedelta:
    """How long to wait after so many failures: 5 minutes, 30 minutes, 2 hours, 12 hours, then a day."""
    return _BACK_OFF[attempts - 1] if 1 <= attempts <= len(_BACK_OFF) else _DAILY
