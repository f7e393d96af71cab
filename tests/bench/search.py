"""Searching very many entries, beside the search that comes with the CMS over the same rows."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from portal.provisioning.apply import provision
from sitepages.models import ArticlePage, Authority, Office, SearchEntry
from sitepages.queries import article_index
from sitepages.search.asked import read_query
from sitepages.search.found import Narrowing, find, pages_beginning
from tests.bench.counts import _ARTICLES, _PAGES
from tests.bench.duties import say, timed

#: "nhan dan" stands in every text, "hiem" in every 200th, "khongdau" in none; 220 words of 2,000 fill it.
_TEXT = (
    "(SELECT string_agg('am' || (random() * 1999 + (n + w) * 0)::int, ' ') FROM generate_series(1, 220) AS w)"
)
_PLANT = f"""
CREATE TABLE bench_search AS
SELECT n, date '2016-01-01' + (n * 1826 / %(number)s)::int AS day,
    'am' || n %% 1999 || ' am' || n %% 1777 || ' am' || n %% 1555 AS title,
    'nhan dan ' || {_TEXT} || CASE WHEN n %% 200 = 7 THEN ' hiem' ELSE '' END
        || CASE WHEN n %% 2 = 0 THEN ' chan' ELSE ' le' END AS text
FROM generate_series(1, %(number)s) AS n
"""
_ENTRIES = """
INSERT INTO sitepages_searchentry (page_id, place, authority_id, language, kind, section, date, year, title,
    number, title_words, documents, plain_text, words)
SELECT 100000000 + n, ((day - date '0001-01-01' + 1)::bigint << 40) + 100000000 + n, %(unit)s, 'vi', 'news',
    'news', day, extract(year FROM day), title, '', '_ ' || title || ' _', '[]', text,
    '_ ' || title || ' _ ' || text || ' _ _a' || %(unit)s || ' _snews _knews _y' || to_char(day, 'YYYY')
        || ' _m' || to_char(day, 'YYYYMM') || ' _t' || replace(title, ' ', ' _t') || ' _'
FROM bench_search
"""
_THEIRS = """
INSERT INTO wagtailsearch_indexentry (content_type_id, object_id, title_norm, title, autocomplete, body,
    title_text, body_text)
SELECT %(type)s, (100000000 + n)::text, 1.0, setweight(to_tsvector('simple', title), 'A'),
    to_tsvector('simple', title), setweight(to_tsvector('simple', text), 'D'), title, text
FROM bench_search
"""
QUERIES = {
    "word in 0.5 %": "hiem",
    "absent word": "khongdau",
    "word in every entry": "nhan",
    "phrase in every entry": '"nhan dan"',
    "two words never together": "chan le",
    "rare beside common": "nhan hiem",
}


def measure(number: int = 100_000, rounds: int = 7) -> None:
    """Plant entries over five years; print what each query costs, in turns with the other search."""
    _plant(number)
    own: dict[str, float] = {}
    for what, query in QUERIES.items():
        ours, theirs = partial(_ours, query), partial(_theirs, query.strip('"'))
        found, shown = ours(), theirs()
        pairs = [(timed(ours), timed(theirs)) for _round in range(rounds)]
        mine, other = (statistics.median(each) * 1000 for each in zip(*pairs, strict=True))
        own[what] = mine
        said = f"{mine:7.1f} ms, {found} found; theirs {other:8.1f} ms, {shown} shown"
        say(f"  {what + ':':<26} {said}: 1/{other / mine:.0f}")
    begun = partial(pages_beginning, ["am1", "am"], Narrowing(), 24)
    say(f"  {'suggestion:':<26} {_median(begun, rounds):7.1f} ms")
    median = statistics.median(own.values())
    say(f"  the dearest query is {max(own.values()) / median:.1f} x the median")


def _ours(query: str) -> int:
    return len(find(read_query(query)).hits)


def _theirs(query: str) -> int:
    return len(list(ArticlePage.objects.live().search(query)[:10]))


def _median(action: Callable[[], object], rounds: int) -> float:
    action()
    return statistics.median(timed(action) for _round in range(rounds)) * 1000


def _plant(number: int) -> None:
    provision()
    unit = Authority.objects.get(parent__isnull=True)
    index, kind = article_index(unit), ContentType.objects.get_for_model(ArticlePage)
    offices = list(Office.objects.filter(authority=unit).values_list("pk", flat=True))
    values = {"number": number, "locale": index.locale_id, "url": index.url_path, "type": kind.pk}
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sitepages_articlepage WHERE page_ptr_id > 100000000")
        cursor.execute(_PLANT, values)
        cursor.execute(_PAGES, values)
        cursor.execute(_ARTICLES, {"number": number, "offices": offices})
        seconds = timed(partial(cursor.execute, _ENTRIES, {"unit": unit.pk}))
        say(f"  {SearchEntry.objects.count()} entries, indexed at {seconds * 1e6 / number:.0f} s a million")
        cursor.execute(_THEIRS, values)
        cursor.execute("VACUUM ANALYZE sitepages_searchentry, wagtailsearch_indexentry, wagtailcore_page")
