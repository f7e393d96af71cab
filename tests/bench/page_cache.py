"""Public pages from what is kept beside pages drawn, in turns, in one process; and what publishing costs."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from portal.provisioning.apply import provision
from sitepages.models import PageChange
from sitepages.pagecache.marks import put_together, renew_pages
from sitepages.queries import article_index
from tests.builders import authority, make_article

ROUNDS, BATCH = 7, 20


def measure(say: Callable[[str], None]) -> None:
    """Milliseconds and processor time of a page, drawn and kept; leaves nothing behind."""
    with transaction.atomic():
        provision()
        _reading(say)
        _publishing(say)
        transaction.set_rollback(True)
    caches["pages"].clear()


def _reading(say: Callable[[str], None]) -> None:
    for number in range(30):
        make_article(f"Tin số {number}")
    put_together([None, authority("dak-doa").site.pk])  # as commits do
    host = {"host": authority("dak-doa").site.hostname}
    article = article_index(authority("dak-doa")).get_children().live().first()
    client = Client()
    for path in ("/", "/tin-tuc/", "/tin-tuc/?page=3", f"/tin-tuc/{article.slug}/"):
        times: dict[bool, list[float]] = {False: [], True: []}
        spent: dict[bool, list[float]] = {False: [], True: []}
        queries = {}
        for turn in range(2 * ROUNDS + 2):
            keeping = bool(turn % 2)
            with override_settings(PORTAL_KEEP_PAGES=keeping):
                client.get(path, headers=host)
                with CaptureQueriesContext(connection) as asked:
                    client.get(path, headers=host)
                queries[keeping] = len(asked)
                begin, cpu = time.perf_counter(), time.process_time()
                for _number in range(BATCH):
                    client.get(path, headers=host)
                if turn > 1:  # the first of each kind warms up
                    times[keeping].append((time.perf_counter() - begin) / BATCH)
                    spent[keeping].append((time.process_time() - cpu) / BATCH)
        drawn, kept = (statistics.median(times[keeping]) * 1000 for keeping in (False, True))
        cpu_drawn, cpu_kept = (statistics.median(spent[keeping]) * 1000 for keeping in (False, True))
        say(
            f"  {path[:24]:<24} drawn {drawn:6.2f} ms, {queries[False]} SQL; kept {kept:5.2f} ms,"
            f" {queries[True]} SQL = {drawn / kept:5.1f} x; processor {cpu_drawn / cpu_kept:5.1f} x"
        )


def _publishing(say: Callable[[str], None]) -> None:
    """How much of a publication goes into telling that it happened."""
    page = make_article("Tin đăng nhiều lần")
    site = authority("dak-doa").site.pk
    publishing, telling = [], []
    for number in range(ROUNDS * 3):
        page.title = f"Lần {number}"
        revision = page.save_revision()
        begin = time.perf_counter()
        revision.publish()
        publishing.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        renew_pages([site])
        telling.append(time.perf_counter() - begin)
    one, row = statistics.median(publishing) * 1000, statistics.median(telling) * 1000
    rows = PageChange.objects.count()
    say(f"  publishing {one:.1f} ms; a change told {row:.2f} ms; {rows} rows of changes")
