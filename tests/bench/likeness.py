"""Looking for articles like a text among very many of them, beside a bare indexed query."""

from __future__ import annotations

import os
import random
import statistics
from collections.abc import Callable
from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from compliance.models import Likeness, LikenessRun
from compliance.queries.likeness import Finder, by_text
from compliance.rules.likeness import SKETCH, Text, sketch
from sitepages.models import ArticleIndexPage, ArticlePage, Authority
from tests.bench.duties import say, timed

#: Years over which the articles are spread.
YEARS = 10
_SYLLABLES = [f"am{number}" for number in range(2_000)]


def plant(number: int) -> int:
    """Traces of that many articles, sixteen random runs each, in the database itself: no page behind them."""
    unit = Authority.objects.order_by("pk").first()
    assert unit is not None
    traces, runs = Likeness._meta.db_table, LikenessRun._meta.db_table
    titles = " || ' ' || ".join("'am' || (random() * 1999)::int" for _word in range(9))
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            f"""
            INSERT INTO {traces} (article_id, authority_id, digest, title, day, compared)
            SELECT 20000000 + n, %s, n::bigint * 7919, {titles}, date '2021-12-31' - (n %% %s), true
            FROM generate_series(1, %s) AS n
            """,
            [unit.pk, YEARS * 365, number],
        )
        cursor.execute(
            f"""
            INSERT INTO {runs} (trace_id, number)
            SELECT 20000000 + n, ((random() - 0.5) * 9e18)::bigint
            FROM generate_series(1, %s) AS n, generate_series(1, {SKETCH})
            """,
            [number],
        )
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute(f"ANALYZE {traces}")
        cursor.execute(f"ANALYZE {runs}")
    return Likeness.objects.count()


def plant_copies(words: list[str], number: int) -> None:
    """A few real articles whose texts are alike, to be found."""
    index = (
        Page.objects.filter(depth=1)
        .get()
        .add_child(instance=ArticleIndexPage(title="bench", slug="bench-articles"))
    )
    unit, day = Authority.objects.earliest("pk"), date(2021, 6, 15)
    for copy in range(number):
        changed = ["khac" if at % 10 == copy else word for at, word in enumerate(words)]
        page = ArticlePage(title=f"Bench {copy}", lead=" ".join(changed), live=True)
        page.first_published_at = page.last_published_at = "2021-06-15T09:00+07:00"
        index.add_child(instance=page)
        text = Text.of(page.title, page.lead, day)
        Likeness.objects.filter(pk=page.pk).delete()
        Likeness.objects.create(
            article_id=page.pk, authority=unit, digest=text.digest, title="bench", day=day, compared=True
        )
        LikenessRun.objects.bulk_create(LikenessRun(trace_id=page.pk, number=run) for run in sketch(text))


def measure(number: int, rounds: int = 30) -> None:
    """Plant and look up: what is new, and what has five copies."""
    say(f"  traces planted:       {plant(number)} articles, {number * SKETCH} runs of words")
    chance = random.Random(7)
    words = chance.choices(_SYLLABLES, k=400)
    plant_copies(words, 5)
    asked = Text.of(" ".join(words[:9]), " ".join(words), date(2021, 6, 15))
    new = [
        Text.of(
            " ".join(chance.choices(_SYLLABLES, k=9)), " ".join(chance.choices(_SYLLABLES, k=400)), asked.day
        )
        for _round in range(rounds)
    ]
    finder = Finder()
    with CaptureQueriesContext(connection) as captured:
        found = finder.alike(asked)
    say(f"  copies found:         {len(found)} of 5, in {len(captured)} queries")
    base = _median(bare, rounds)
    say(f"  bare indexed query:   {base * 1000:.2f} ms")
    turns = iter(new)
    for what, action in (
        ("candidates by text", lambda: by_text(asked)),
        ("titles of the days", lambda: finder.by_title(asked)),
        ("text with copies", lambda: finder.alike(asked)),
        ("text without", lambda: finder.alike(next(turns))),
    ):
        seconds = _median(action, rounds)
        say(f"  {what + ':':<21} {seconds * 1000:.1f} ms = {seconds / base:.0f} x the bare query")


def bare() -> int:
    """One row by its key."""
    return Likeness.objects.filter(digest=7919).count()


def articles() -> int:
    """How many to plant: BENCH_ARTICLES, else a million."""
    return int(os.environ.get("BENCH_ARTICLES", "1000000"))


def _median(action: Callable[[], object], rounds: int) -> float:
    return statistics.median(timed(action) for _round in range(rounds))
