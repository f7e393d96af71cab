"""What counting a view adds to serving a page, and what a year of figures costs to read."""

from __future__ import annotations

import datetime
import statistics
import time
from collections.abc import Callable

from django.db import connection, transaction
from django.test import Client, override_settings

from compliance.queries.visits import figures_of
from compliance.rules.stretches import Stretch
from portal.provisioning.apply import provision
from sitepages.models import Authority, DailyVisits
from sitepages.visits import seen
from sitepages.visits.recorder import Recorder
from sitepages.visits.store import add_counts
from tests.builders import make_article

ROUNDS, BATCH = 15, 20
BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"
YEAR = Stretch(datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
PAGES = 150  # read on each of the 18 portals each day: about a million rows a year

BARE = """
SELECT authority_id, sum(views), sum(visits) FROM {table} WHERE day BETWEEN %s AND %s GROUP BY authority_id
"""


def measure_visits(say: Callable[[str], None]) -> None:
    """Serving with and without counting, in turns; one batch; a year's figures. Leaves nothing behind."""
    with transaction.atomic():
        provision()
        _serving(say)
        _reading(say)
        transaction.set_rollback(True)


def _serving(say: Callable[[str], None]) -> None:
    path = make_article("Tin", published="2021-03-04T09:00").get_url_parts()[2]
    client = Client(HTTP_USER_AGENT=BROWSER, HTTP_HOST="localhost")
    kept, seen.RECORDER = seen.RECORDER, Recorder(add_counts, by_itself=False)
    try:
        times: dict[bool, list[float]] = {False: [], True: []}
        for turn in range(2 * ROUNDS + 2):
            counting = bool(turn % 2)
            with override_settings(PORTAL_COUNT_VISITS=counting):
                spent = _timed(lambda: [client.get(path) for _number in range(BATCH)]) / BATCH
            if turn > 1:  # the first of each kind warms up
                times[counting].append(spent)
        without, counted = (statistics.median(times[counting]) for counting in (False, True))
        say(f"  a page, not counted:  {without * 1000:.2f} ms")
        say(f"  a page, counted:      {counted * 1000:.2f} ms = {counted / without:.3f} x")
        key = (YEAR.first, 1, 1)
        number = 100_000
        each = _timed(lambda: _add_up(key, number)) / number
        say(f"  adding one up:        {each * 1e6:.2f} us")
        site = Authority.objects.filter(site__isnull=False).first()
        batch = {(YEAR.first, site.site_id if site else 0, page): (1, 1) for page in range(1000)}
        say(f"  a batch of 1000 rows: {_timed(lambda: add_counts(batch)) * 1000:.0f} ms")
    finally:
        seen.RECORDER = kept


def _add_up(key: tuple[datetime.date, int, int], number: int) -> None:
    for _number in range(number):
        seen.RECORDER.record(key, visit=True)


def _reading(say: Callable[[str], None]) -> None:
    table = DailyVisits._meta.db_table
    units = list(Authority.objects.filter(site__isnull=False))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")
        cursor.execute(
            f"""
            INSERT INTO {table} (day, authority_id, page_id, section, views, visits)
            SELECT date '2025-01-01' + day, unit, page, 'news', 1 + page %% 7, 1
            FROM unnest(%s) AS unit, generate_series(0, 364) AS day, generate_series(1, %s) AS page
            """,
            [[unit.pk for unit in units], PAGES],
        )
        cursor.execute(f"ANALYZE {table}")
    say(f"  rows of a year:       {DailyVisits.objects.count()}")
    bare, ours = [], []
    for _round in range(3):
        bare.append(_timed(lambda: _bare(table)))
        ours.append(_timed(lambda: figures_of(units, YEAR)))
    base = statistics.median(bare)
    say(f"  bare aggregate SQL:   {base:.3f} s")
    say(f"  figures of portals:   {statistics.median(ours):.3f} s = {statistics.median(ours) / base:.1f} x")


def _bare(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(BARE.format(table=table), [YEAR.first, YEAR.last])
        return len(cursor.fetchall())


def _timed(action: Callable[[], object]) -> float:
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin
