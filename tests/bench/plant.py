"""Synthetic data for the benchmark: many communes and a year of observations, made in the database itself."""

from __future__ import annotations

import datetime

from django.db import connection
from wagtail.models import Page, Site

from compliance.catalogue.loader import load_catalogue
from compliance.models import Observation
from sitepages.models import Authority, Tier

#: Records a unit publishes in a year, by duty; every other duty publishes three.
A_YEAR = {
    "leaders_schedule": 52,
    "news": 60,
    "directives": 24,
    "legal_admin_documents": 24,
    "qa_feedback": 12,
}
ON = datetime.date(2025, 12, 15)


def plant_units(number: int) -> list[int]:
    """Communes with a site each, in two statements; their ids."""
    root, first = Page.objects.get(depth=1), Authority.objects.count()
    tier, _made = Tier.objects.get_or_create(code="commune", defaults={"name": "commune", "rank": 4})
    sites = Site.objects.bulk_create(
        [Site(hostname=f"c{n}.bench", port=80, root_page=root) for n in range(first, first + number)],
        batch_size=1000,
    )
    units = Authority.objects.bulk_create(
        [
            Authority(code=f"bench-{n}", name=f"Commune {n}", tier=tier, site=site, order=n)
            for n, site in enumerate(sites, start=first)
        ],
        batch_size=1000,
    )
    return [unit.pk for unit in units]


def plant_year(units: list[int]) -> int:
    """A year of records for each unit and duty, public two days after their day, one in nine a draft."""
    table = Observation._meta.db_table
    for code in load_catalogue().codes:
        records = A_YEAR.get(code, 3)
        step = 350 // records
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                INSERT INTO {table} (page_id, authority_id, duty, at, recorded_at, state, title, url, kind,
                    "trigger", period, week, published, filled)
                SELECT nextval('bench_page'), unit, %(duty)s, shown, shown,
                    CASE WHEN n %% 9 = 0 THEN 'draft' ELSE 'public' END,
                    'Record ' || n, '/r/' || n || '/', '', day::date, '',
                    CASE WHEN %(duty)s = 'leaders_schedule' THEN day::date END,
                    CASE WHEN n %% 9 = 0 THEN NULL ELSE shown::date END, NULL
                FROM unnest(%(units)s) AS unit, generate_series(1, %(records)s) AS n,
                    LATERAL (SELECT timestamptz '2025-01-01' + n * %(step)s * interval '1 day' AS day) AS d,
                    LATERAL (SELECT day + interval '2 days' AS shown) AS publication
                """,
                {"duty": code, "units": units, "records": records, "step": step},
            )
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {table}")
    return Observation.objects.count()
