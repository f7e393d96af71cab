"""The office x month table over many articles beside one indexed aggregate query."""

from __future__ import annotations

import statistics
from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from compliance.queries.counts import contribution_table
from compliance.rules.months import Month
from portal.provisioning.apply import provision
from sitepages.models import ArticlePage, Authority, Office
from sitepages.queries import article_index
from tests.bench.duties import say, timed

_PAGES = """
INSERT INTO wagtailcore_page (id, path, depth, numchild, translation_key, locale_id, title, draft_title, slug,
    url_path, content_type_id, live, has_unpublished_changes, first_published_at, last_published_at,
    seo_title, show_in_menus, search_description, expired, locked)
SELECT 100000000 + n, 'Z' || lpad(to_hex(n), 15, '0'), 4, 0, gen_random_uuid(), %(locale)s, 'Article ' || n,
    'Article ' || n, 'a' || n, %(url)s || 'a' || n || '/', %(type)s, n %% 50 <> 0, false, day, day, '',
    false, '', false, false
FROM generate_series(1, %(number)s) AS n,
    LATERAL (SELECT timestamptz '2016-01-01 00:00+07' + n * interval '5 years' / %(number)s AS day) AS d
"""
_ARTICLES = """
INSERT INTO sitepages_articlepage (page_ptr_id, human_digest, confirmation_note, genre, lead, body, pen_name,
    source, office_id)
SELECT 100000000 + n, '', '', 'news', '', '[]', '', '', (%(offices)s)[1 + n %% array_length(%(offices)s, 1)]
FROM generate_series(1, %(number)s) AS n
"""
_BARE = """
SELECT office_id, {place} AS place, count(*) FROM sitepages_articlepage
JOIN wagtailcore_page ON id = page_ptr_id
WHERE office_id = ANY(%s) AND live AND alias_of_id IS NULL AND repost_of_id IS NULL
    AND first_published_at >= %s AND first_published_at < %s GROUP BY 1, 2
"""
_FLAT = """
SELECT office_id, {place} AS place, count(*) FROM bench_flat
WHERE first_published_at >= %s AND first_published_at < %s GROUP BY 1, 2
"""


def measure(number: int = 1_000_000, rounds: int = 5) -> None:
    """Plant articles over five years and print what a month and a year of the table cost."""
    provision()
    unit = Authority.objects.get(parent__isnull=True)
    offices = list(Office.objects.filter(authority=unit).values_list("pk", flat=True))
    _plant(unit, offices, number)
    for name, first, last in (
        ("a month", Month(2018, 3), Month(2018, 3)),
        ("a year", Month(2018, 1), Month(2018, 12)),
    ):
        place = (
            "1"
            if first == last
            else "date_trunc('month', first_published_at AT TIME ZONE 'Asia/Ho_Chi_Minh')"
        )
        ours, bare, flat = [], [], []
        for _round in range(rounds):
            ours.append(timed(partial(contribution_table, unit, first, last)))
            bare.append(timed(partial(_fetch, _BARE.format(place=place), [offices, first.start, last.end])))
            flat.append(timed(partial(_fetch, _FLAT.format(place=place), [first.start, last.end])))
        table, joined, covered = (statistics.median(each) for each in (ours, bare, flat))
        say(f"Office x month over {number} articles, {name}: {table * 1000:.0f} ms")
        say(
            f"  one aggregate of the same tables: {joined * 1000:.0f} ms; the table is {table / joined:.1f} x"
        )
        say(f"  one aggregate of a covering index: {covered * 1000:.0f} ms; it is {table / covered:.1f} x")


def _plant(unit: Authority, offices: list[int], number: int) -> None:
    index = article_index(unit)
    with connection.cursor() as cursor:
        cursor.execute(
            _PAGES,
            {
                "number": number,
                "locale": index.locale_id,
                "url": index.url_path,
                "type": ContentType.objects.get_for_model(ArticlePage).pk,
            },
        )
        cursor.execute(_ARTICLES, {"number": number, "offices": offices})
        cursor.execute(
            "CREATE TABLE bench_flat AS SELECT office_id, first_published_at FROM sitepages_articlepage"
            " JOIN wagtailcore_page ON id = page_ptr_id WHERE live"
        )
        cursor.execute("CREATE INDEX ON bench_flat (first_published_at, office_id)")
    with connection.cursor() as cursor:
        cursor.execute(
            "VACUUM ANALYZE wagtailcore_page, sitepages_articlepage, compliance_placedarticle, bench_flat"
        )


def _fetch(statement: str, params: list[object]) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        found: list[tuple[object, ...]] = cursor.fetchall()
    return found
