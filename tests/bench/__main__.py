"""``make bench``: plants synthetic data in a database of its own and prints ratios.

BENCH_UNITS sets how many communes; 3,321 when left out, as many as the country has. BENCH_ARTICLES sets among
how many articles copies are looked for; 1,000,000 when left out.
"""

from __future__ import annotations

import os
import sys

import django


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - app ready
    from django.db import connection  # noqa: PLC0415 - app ready

    from tests.bench import counts, duties, likeness, past, visits  # noqa: PLC0415 - app ready

    if connection.vendor != "postgresql":
        duties.say("The benchmark needs PostgreSQL: set DATABASE_URL, or run it by `make bench`.")
        return 2
    name = settings.DATABASES["default"]["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with connection.cursor() as cursor:
            cursor.execute("CREATE SEQUENCE bench_page START 10000000")
        duties.say("page views")
        visits.measure_visits(duties.say)
        past.measure()
        counts.measure()
        units = int(os.environ.get("BENCH_UNITS", "3321"))
        duties.say("18 units x 36 sections")
        duties.measure(18, rounds=5, workers=1)
        duties.say(f"{units} units x 36 sections")
        duties.measure(units - 18, rounds=3, workers=2)
        duties.say("articles alike")
        likeness.measure(likeness.articles())
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
