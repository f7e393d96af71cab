"""The demo's articles, counted every way: the figures of the official report."""

from __future__ import annotations

import pytest

from compliance.rules.tallies import By
from tests.compliance.admin.test_tallies import HALF, report, table

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.parametrize("by", list(By))
def test_the_demo_has_242_articles_however_counted(demo: None, by: By) -> None:
    found = table(by=by, authority="dak-doa")
    assert found.columns == (34, 37, 52, 58, 56, 5)
    assert (found.total, sum(row.total for row in found.rows)) == (242, 242)


def test_reporting_months_from_the_20th_have_the_same_total(demo: None) -> None:
    found = table(by="office", authority="dak-doa", start_day="20")
    assert len(found.columns) == 7
    assert found.total == 242
    reply = report(by="office", authority="dak-doa", **{**HALF, "start_day": "20"})
    assert reply.context["heads"][:2] == ["01/01–19/01/2021", "20/01–19/02/2021"]
