"""The visits that the official report of 2021 states."""

from __future__ import annotations

import datetime

import pytest

from compliance.queries.visits import visit_figures
from tests.builders import authority

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_the_demo_has_9933_visits_in_the_half_year_and_96811_in_all(demo: None) -> None:
    first, last = datetime.date(2021, 1, 1), datetime.date(2021, 6, 30)
    found = visit_figures(authority("dak-doa"), first, last)
    assert (found.in_period, found.in_all, found.as_of) == (9933, 96811, datetime.date(2021, 6, 29))
    assert found.partial == []
    before = visit_figures(authority("dak-doa"), datetime.date(2020, 1, 1), datetime.date(2020, 12, 31))
    assert (before.in_period, before.in_all, len(before.partial)) == (0, 86878, 1)
