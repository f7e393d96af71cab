"""Due dates of each kind of deadline, and the arithmetic of weeks and periods."""

from __future__ import annotations

from datetime import date

import pytest

from compliance.catalogue.loader import load_calendar, load_catalogue
from compliance.rules.deadlines import (
    due_date,
    ended_periods,
    period_end,
    period_token,
    week_start,
)
from compliance.rules.lookup import binding_on, due_terms
from compliance.rules.types import Deadline, PeriodEnd, WeeklyAhead, WithinCalendarDays, WithinWorkingDays

pytestmark = pytest.mark.unit

CALENDAR = load_calendar()
CATALOGUE = load_catalogue()


@pytest.mark.parametrize(
    ("deadline", "trigger", "expected"),
    [
        (WeeklyAhead(), date(2021, 7, 7), date(2021, 7, 4)),
        (WithinWorkingDays(2), date(2021, 4, 28), date(2021, 5, 4)),
        (WithinCalendarDays(30), date(2026, 12, 10), date(2027, 1, 11)),
        (PeriodEnd(("M9",), 10, "cd"), date(2026, 9, 30), date(2026, 10, 12)),
        (PeriodEnd(("M9",), 10, "wd"), date(2026, 9, 30), date(2026, 10, 14)),
    ],
)
def test_due_date(deadline: Deadline, trigger: date, expected: date) -> None:
    assert due_date(deadline, trigger, CALENDAR).due == expected


def test_periods_end_and_are_listed_newest_first() -> None:
    assert period_end("2021-M6") == date(2021, 6, 30)
    assert period_token("2021-M6") == "M6"
    assert period_token("2021") == ""
    assert ended_periods(["M3", "M6"], 2020, date(2021, 6, 30)) == ["2021-M3", "2020-M6", "2020-M3"]
    with pytest.raises(ValueError, match="2021-Q1"):
        period_end("2021-Q1")


def test_week_starts_on_monday() -> None:
    assert week_start(date(2021, 7, 11)) == date(2021, 7, 5)
    assert week_start(date(2021, 7, 5)) == date(2021, 7, 5)


@pytest.mark.parametrize(
    ("code", "tier", "kind", "trigger", "version", "expected"),
    [
        ("directives", "district", "", date(2021, 4, 28), "directives@ND43", date(2021, 5, 4)),
        ("directives", "district", "other", date(2021, 4, 28), "directives@ND43", date(2021, 5, 14)),
        ("directives", "district", "own", date(2022, 8, 15), "directives@TCTT16", date(2022, 8, 22)),
        ("directives", "commune", "own", date(2024, 7, 1), "directives@DCCS", date(2024, 7, 8)),
        ("directives", "district", "own", date(2026, 11, 2), "directives@TCTT26", date(2026, 11, 9)),
        (
            "projects_procurement",
            "district",
            "",
            date(2021, 6, 1),
            "projects_procurement@ND43",
            date(2021, 6, 15),
        ),
        ("budget_decided", "commune", "", date(2026, 12, 10), "budget_decided@NS25", date(2027, 1, 11)),
        ("budget_execution", "district", "", date(2026, 3, 2), "budget_execution@NS25", date(2026, 4, 10)),
    ],
)
def test_due_takes_the_version_of_the_trigger_day(
    code: str, tier: str, kind: str, trigger: date, version: str, expected: date
) -> None:
    found = due_terms(CATALOGUE.requirement(code), kind, trigger, tier, CALENDAR)
    assert (found[0].limit.code, found[0].due) == (version, expected)


def test_nothing_is_due_where_nothing_binds() -> None:
    directives = CATALOGUE.requirement("directives")
    assert due_terms(directives, "own", date(2010, 1, 1), "district", CALENDAR) == []
    assert binding_on(directives, "hamlet", date(2021, 1, 1)) is None
