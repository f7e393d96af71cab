"""The narrow rows of published articles, held against the rule and stated anew."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction

from compliance.models import PlacedArticle
from compliance.queries.contributions import facts_of
from compliance.queries.counted import is_placed
from compliance.rules.counting import exclusion
from compliance.rules.months import local_date
from sitepages.models import ArticlePage, Office

_STEP = 5000


def misplaced() -> Iterator[int]:
    """Keys of the articles whose row is not what `rules.counting` says, and of rows without an article."""
    if not is_placed():
        return
    known = set(Office.objects.values_list("code", flat=True))
    last = 0
    while keys := _next(last):
        inside = {"pk__gt": last, "pk__lte": keys[-1]}
        credited = dict(ArticlePage.objects.filter(**inside).order_by().values_list("pk", "office"))
        wanted = {
            fact.id: (credited[fact.id], local_date(fact.first_published), exclusion(fact, known) is None)
            for fact in facts_of(ArticlePage.objects.filter(**inside).order_by("pk"))
            if fact.first_published is not None
        }
        rows = PlacedArticle.objects.filter(**inside).values_list("pk", "office", "day", "counts")
        found = {pk: (office, day, counts) for pk, office, day, counts in rows}
        yield from sorted(pk for pk in wanted.keys() | found.keys() if wanted.get(pk) != found.get(pk))
        last = keys[-1]


def _next(last: int) -> list[int]:
    """The next keys of articles or rows after this one, in order."""
    found: set[int] = set()
    for model in (ArticlePage, PlacedArticle):
        rows = model._default_manager.filter(pk__gt=last).order_by("pk")
        found.update(rows.values_list("pk", flat=True)[:_STEP])
    return sorted(found)[:_STEP]


def place_again() -> int:
    """State the row of every misplaced article anew; how many there were."""
    keys = list(misplaced())
    for begin in range(0, len(keys), _STEP):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT compliance_place(%s::integer[])", [keys[begin : begin + _STEP]])
    return len(keys)
