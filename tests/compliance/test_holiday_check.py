"""``manage.py check``: a year without holidays is told until somebody enters them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.db import connection

from compliance.checks import holidays_are_known
from compliance.models import CalendarDay
from compliance.rules.months import local_moment

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def told() -> list[str | None]:
    with time_machine.travel(local_moment("2027-12-15T08:00"), tick=False):
        return [message.id for message in holidays_are_known(None)]


def test_the_coming_year_is_missed_until_it_is_marked_as_complete() -> None:
    assert told() == ["compliance.W001"]
    bare = {"name": "x", "decision_number": "1"}
    CalendarDay.objects.create(day=datetime.date(2028, 1, 1), kind="holiday", **bare)
    CalendarDay.objects.create(day=datetime.date(2027, 1, 1), kind="year", **bare)
    assert told() == ["compliance.W001"]
    CalendarDay.objects.create(day=datetime.date(2028, 1, 1), kind="year", **bare)
    assert told() == []


def test_no_table_yet_is_no_reason_to_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*args: Any, **kwargs: Any) -> list[str]:
        return []

    monkeypatch.setattr(connection.introspection, "table_names", none)
    assert told() == ["compliance.W001"]


def test_a_shipped_year_asks_nothing_of_the_database(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0), time_machine.travel(local_moment("2026-11-21T08:00"), tick=False):
        assert holidays_are_known(None) == []
