"""Several processes add to the same rows at once, and a process that ends leaves nothing unwritten."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connections

from sitepages.models import DailyVisits
from sitepages.visits.store import add_counts
from tests.builders import authority

DAY = datetime.date(2021, 6, 29)
ENDS = """
import datetime, pathlib, sys
import django
django.setup()
from sitepages.visits.recorder import RECORDER
RECORDER.store = lambda batch: pathlib.Path(sys.argv[1]).write_text(repr(sorted(batch.values())))
RECORDER.record((datetime.date(2021, 6, 29), 1, 1), visit=True)
RECORDER.record((datetime.date(2021, 6, 29), 1, 1), visit=False)
"""


@pytest.mark.integration
@pytest.mark.django_db(transaction=True)
def test_processes_that_write_the_same_rows_at_once_add_up_exactly(live_portal: None) -> None:
    site = authority("glar").site_id
    assert site is not None
    writers, rounds, pages = 4, 5, 20
    together = threading.Barrier(writers)
    failures: list[Exception] = []

    def write(number: int) -> None:
        order = range(pages) if number % 2 else range(pages - 1, -1, -1)  # in circles, if it were not sorted
        try:
            together.wait(timeout=60)
            for _round in range(rounds):
                add_counts({(DAY, site, page): (2, 1) for page in order})
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    rows = list(DailyVisits.objects.values_list("views", "visits"))
    assert rows == [(2 * writers * rounds, writers * rounds)] * pages
    DailyVisits.objects.all().delete()


@pytest.mark.integration
def test_a_process_that_ends_writes_what_it_counted(tmp_path: Path) -> None:
    written = tmp_path / "written"
    environment = {**os.environ, "PORTAL_VISITS_SECONDS": "3600"}
    subprocess.run([sys.executable, "-c", ENDS, str(written)], check=True, env=environment, timeout=300)
    assert written.read_text() == "[(2, 1)]"
