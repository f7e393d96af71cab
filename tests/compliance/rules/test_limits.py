"""Which limits bind a record: the strictest of all, the default only where nothing else is in force."""

from __future__ import annotations

from datetime import date

import pytest

from compliance.rules.deadlines import due_date
from compliance.rules.lookup import due_terms, record_terms
from compliance.rules.types import (
    CalendarDaysBefore,
    Channel,
    Deadline,
    Evidence,
    MinimumDisplay,
    Monthly,
    OnChange,
    PeriodEnd,
    RequiredFields,
    Requirement,
    TicketAnswer,
    WithinCalendarDays,
    WithinHours,
    WithinWorkingDays,
    WorkingDaysBefore,
)
from tests.compliance.rules.making import CALENDAR, judge, limit, requirement, told

pytestmark = pytest.mark.unit

ISSUED = date(2021, 4, 28)


def due(duty: Requirement, kind: str = "", day: date = ISSUED) -> list[tuple[str, date]]:
    return [(term.limit.regime, term.due) for term in due_terms(duty, kind, day, "district", CALENDAR)]


@pytest.mark.parametrize(
    ("deadline", "trigger", "expected"),
    [
        (WorkingDaysBefore(5), date(2021, 5, 4), date(2021, 4, 23)),
        (WorkingDaysBefore(1), date(2021, 5, 4), date(2021, 4, 29)),
        (CalendarDaysBefore(5), date(2021, 5, 8), date(2021, 4, 29)),
        (CalendarDaysBefore(5), date(2021, 5, 11), date(2021, 5, 6)),
        (WithinHours(12), date(2021, 4, 30), date(2021, 5, 1)),
        (WithinHours(24), date(2021, 4, 30), date(2021, 5, 1)),
        (WithinHours(25), date(2021, 4, 30), date(2021, 5, 2)),
        (OnChange(), date(2021, 4, 28), date(2021, 4, 28)),
        (OnChange(), date(2021, 4, 30), date(2021, 5, 4)),
        (TicketAnswer(15, "wd"), date(2021, 6, 1), date(2021, 6, 22)),
        (Monthly(5, "wd", ahead=True), date(2021, 5, 20), date(2021, 4, 23)),
        (Monthly(5, "cd"), date(2021, 5, 20), date(2021, 6, 7)),
        (MinimumDisplay(30), date(2021, 5, 1), date(2021, 5, 31)),
        (RequiredFields(("file",)), date(2021, 5, 1), date(2021, 5, 1)),
    ],
)
def test_each_kind_of_deadline(deadline: Deadline, trigger: date, expected: date) -> None:
    assert due_date(deadline, trigger, CALENDAR).due == expected


def test_of_several_limits_the_strictest_is_due_and_all_are_told() -> None:
    duty = requirement(
        limit(WithinCalendarDays(30), regime="LAND"),
        limit(WithinWorkingDays(10)),
    )
    assert due(duty) == [("ND43", date(2021, 5, 14)), ("LAND", date(2021, 5, 28))]


def test_the_default_binds_only_where_no_number_is_in_force() -> None:
    default = limit(WithinWorkingDays(5), regime="TCTT16", residual=True)
    special = limit(WithinWorkingDays(10), last=date(2022, 8, 14))
    at_once = limit(OnChange())
    assert due(requirement(default, special)) == [("ND43", date(2021, 5, 14))]
    assert due(requirement(default, special), day=date(2022, 8, 15)) == [("TCTT16", date(2022, 8, 22))]
    assert due(requirement(default, at_once)) == [("TCTT16", date(2021, 5, 7))]
    assert due(requirement(at_once)) == [("ND43", ISSUED)]


def test_limits_of_another_channel_are_not_portal_limits() -> None:
    elsewhere = limit(WithinWorkingDays(1), regime="LDT13", channel=Channel.EGP)
    assert due(requirement(elsewhere, limit(WithinWorkingDays(10)))) == [("ND43", date(2021, 5, 14))]
    assert due(requirement(elsewhere)) == []


def test_kinds_of_record() -> None:
    duty = requirement(
        limit(WithinWorkingDays(10), "other"),
        limit(WithinWorkingDays(2), "own"),
        limit(WithinWorkingDays(20), regime="ALL"),
    )
    assert due(duty) == [("ND43", date(2021, 5, 4)), ("ALL", date(2021, 5, 28))]
    assert due(duty, "other") == [("ND43", date(2021, 5, 14)), ("ALL", date(2021, 5, 28))]
    assert due(duty, "unheard of") == due(duty)
    assert due(requirement(limit(WithinWorkingDays(10), "result"))) == [("ND43", date(2021, 5, 14))]


def test_a_periodic_duty_is_due_after_the_period_the_day_lies_in() -> None:
    periods = limit(PeriodEnd(("M3", "M6", "M9"), 15, "cd"))
    annual = limit(WithinWorkingDays(0), "annual")
    duty = requirement(periods, annual)
    assert due(duty, day=date(2021, 6, 30)) == [("ND43", date(2021, 7, 15))]
    assert due(duty, day=date(2021, 5, 1)) == [("ND43", date(2021, 7, 15))]
    assert due(duty, "annual", day=date(2021, 12, 10)) == [("ND43", date(2021, 12, 10))]


def test_a_record_is_late_by_the_strictest_limit() -> None:
    duty = requirement(limit(WithinCalendarDays(30), regime="LAND"), limit(WithinWorkingDays(10)))
    plan = Evidence(1, "Plan", trigger=ISSUED, published=date(2021, 5, 17))
    found = judge(duty, date(2021, 6, 1), plan)
    assert told(found) == ("met_late", "met_late")
    assert (found.rule, found.item.due) == ("duty@ND43", date(2021, 5, 14))


def test_terms_before_an_event_count_though_it_is_still_to_come() -> None:
    duty = requirement(limit(WorkingDaysBefore(5), "reception"))
    coming = Evidence(1, "Reception", kind="reception", trigger=date(2021, 5, 20))
    assert told(judge(duty, date(2021, 5, 12), coming)) == ("due_soon", "due_soon")
    assert told(judge(duty, date(2021, 5, 14), coming)) == ("overdue", "overdue")
    shown = Evidence(1, "Reception", kind="reception", trigger=date(2021, 5, 20), published=date(2021, 5, 13))
    assert told(judge(duty, date(2021, 5, 14), shown)) == ("met", "on_time")
    other = Evidence(2, "Decision", trigger=date(2021, 5, 20))
    assert told(judge(requirement(limit(WithinWorkingDays(5))), date(2021, 5, 14), other)) == (
        "missing",
        "missing",
    )


def test_a_term_that_gives_no_kind_its_own_binds_all() -> None:
    duty = requirement(limit(WithinWorkingDays(5)))
    assert [term.due for term in record_terms(duty, "district", "result", ISSUED, CALENDAR)] == [
        date(2021, 5, 7)
    ]
