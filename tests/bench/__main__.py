"""``make bench``: plants synthetic data in a database of its own and prints ratios.

BENCH_PARTS names the parts to run: visits, past, counts, duties, likeness, search, paint, page_cache;
all when left out.
BENCH_ADDRESS: the running portal whose first paint is measured (paint; left out when it is not set).
BENCH_IMPORT: how many articles to import, one size after the other (1000,10000,100000).
BENCH_COUNTED: over how many articles the office x month table is drawn (1000000).
BENCH_UNITS: how many communes are assessed (3321, as many as the country has).
BENCH_ARTICLES: among how many articles copies are looked for (1000000).
BENCH_ENTRIES: over how many entries searches are made (100000).
"""

from __future__ import annotations

import os
import sys
import time

import django


def _number(name: str, otherwise: int) -> int:
    return int(os.environ.get(name, otherwise))


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - app ready
    from django.db import connection  # noqa: PLC0415 - app ready

    from tests.bench import (  # noqa: PLC0415 - app ready
        counts,
        duties,
        likeness,
        page_cache,
        paint,
        past,
        search,
        visits,
    )

    def assessed() -> None:
        units = _number("BENCH_UNITS", 3321)
        duties.say("18 units x 36 sections")
        duties.measure(18, rounds=5, workers=1)
        if units > 18:
            duties.say(f"{units} units x 36 sections")
            duties.measure(units - 18, rounds=3, workers=2)

    sizes = tuple(int(size) for size in os.environ.get("BENCH_IMPORT", "1000,10000,100000").split(","))
    parts = {
        "visits": lambda: visits.measure_visits(duties.say),
        "past": lambda: past.measure(sizes),
        "counts": lambda: counts.measure(_number("BENCH_COUNTED", 1_000_000)),
        "duties": assessed,
        "likeness": lambda: likeness.measure(likeness.articles()),
        "search": lambda: search.measure(_number("BENCH_ENTRIES", 100_000)),
        "page_cache": lambda: page_cache.measure(duties.say),
        "paint": lambda: paint.measure(duties.say) if "BENCH_ADDRESS" in os.environ else None,
    }
    if connection.vendor != "postgresql":
        duties.say("The benchmark needs PostgreSQL: set DATABASE_URL, or run it by `make bench`.")
        return 2
    wanted = os.environ.get("BENCH_PARTS", ",".join(parts)).split(",")
    if unknown := set(wanted) - parts.keys():
        duties.say(f"Unknown in BENCH_PARTS: {', '.join(sorted(unknown))}. Known: {', '.join(parts)}.")
        return 2
    name = settings.DATABASES["default"]["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with connection.cursor() as cursor:
            cursor.execute("CREATE SEQUENCE bench_page START 10000000")
        for part, measure in parts.items():
            if part in wanted:
                duties.say(f"== {part}")
                begin = time.perf_counter()
                measure()
                duties.say(f"== {part}: {time.perf_counter() - begin:.0f} s in all")
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
