"""Assessments side by side with the bare aggregate over the same rows, as ratios of one run."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from compliance.models import FindingRecord, Observation
from compliance.services.assess import take_assessment
from tests.bench.plant import ON, plant_units, plant_year

BARE = """
SELECT authority_id, duty, count(*), max(published), min("trigger") FILTER (WHERE state <> 'public')
FROM (SELECT DISTINCT ON (page_id) * FROM {table} WHERE at < %s ORDER BY page_id, at DESC, id DESC) AS seen
GROUP BY authority_id, duty
"""


def bare_aggregate() -> int:
    """What a single statement needs to read the same rows and group them."""
    with connection.cursor() as cursor:
        cursor.execute(BARE.format(table=Observation._meta.db_table), [ON])
        return len(cursor.fetchall())


def timed(action: Callable[[], object]) -> float:
    """Seconds of wall time."""
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


def assess(workers: int = 1) -> None:
    """One assessment of every unit."""
    take_assessment(ON, today=ON, workers=workers)


def measure(units: int, rounds: int, workers: int) -> None:
    """Plant that many more units and print what they cost, in pairs that alternate."""
    rows = plant_year(plant_units(units))
    say(f"{FindingRecord.objects.count()} findings stored before; observations now: {rows}")
    with CaptureQueriesContext(connection) as captured:
        assess()
    reads = [query for query in captured if query["sql"].startswith(("SELECT", "DECLARE"))]
    bare, ours, split = [], [], []
    for _round in range(rounds):
        bare.append(timed(bare_aggregate))
        ours.append(timed(assess))
        if workers > 1:
            split.append(timed(lambda: assess(workers)))
    base = statistics.median(bare)
    say(f"  statements that read: {len(reads)}")
    say(f"  bare aggregate SQL:   {base:.3f} s")
    tell("one assessment", statistics.median(ours), base)
    if split:
        tell(f"with {workers} workers", statistics.median(split), base)
    say(f"  peak memory:          {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def tell(what: str, seconds: float, base: float) -> None:
    """One measure beside its base."""
    say(f"  {what + ':':<21} {seconds:.2f} s = {seconds / base:.0f} x the bare aggregate")


def say(text: str) -> None:
    """A line of the benchmark's report, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
