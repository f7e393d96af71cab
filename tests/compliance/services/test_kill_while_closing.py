"""kill -9 in the middle of closing leaves a period approved or closed with all its lines, never between."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.utils import timezone

from compliance.rules.months import Month
from compliance.services import periods
from tests.builders import authority, make_article, make_user
from tests.compliance.services.money import make_contributor, make_term

SCRIPT = Path(__file__).with_name("killed_closing.py")


def database_url() -> str:
    """The test database, for another process."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    user, password = quote(values["USER"], safe=""), quote(values["PASSWORD"], safe="")
    place = f"{values['HOST'] or 'localhost'}:{values['PORT'] or 5432}"
    return f"postgres://{user}:{password}@{place}/{values['NAME']}"


@pytest.mark.integration
@pytest.mark.django_db(transaction=True)
def test_a_closing_that_is_killed_leaves_all_or_nothing(live_portal: None) -> None:
    board, accountant = make_user("board"), make_user("accountant")
    for coefficient in ("1", "2", "3"):
        make_article(coefficient=coefficient)
    make_term(make_contributor("Lan"), 400_000)
    period = periods.open_period(authority(), Month(2021, 3), user=accountant)
    periods.send_for_review(period, user=accountant, now=timezone.now())
    periods.approve_period(period, user=board, now=timezone.now())
    connection.close()
    run = subprocess.run(
        [sys.executable, str(SCRIPT), str(period.pk), str(accountant.pk)],
        env={
            **os.environ,
            "DATABASE_URL": database_url(),
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            "PYTHONPATH": str(SCRIPT.parents[3]),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    runs: list[Any] = [json.loads(line) for line in run.stdout.splitlines()]
    total = 6 * 149_000 + 400_000
    *killed, last = runs
    assert len(killed) >= 8, "it was killed at every statement of the closing"
    assert all(each == [True, -9, "approved", 0, 0, total, 4] for each in killed)
    assert last == [False, 0, "closed", total, 4, total, 4]
