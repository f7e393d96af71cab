"""Articles the board does not count: asked for here by every way of counting and paying."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from compliance.models import CountExclusion, RoyaltyEntry
from compliance.rules.months import span
from sitepages.models import ArticlePage, Authority


def left_out() -> Exists:
    """A condition on articles: the board said that this one is not counted, and has not taken it back."""
    return Exists(CountExclusion.objects.filter(article=OuterRef("pk"), withdrawn_at__isnull=True))


def with_exclusions(articles: QuerySet) -> QuerySet:
    """The articles knowing whether they are left out, so that none of them has to be asked for alone."""
    return articles.annotate(board_left_out=left_out())


def is_left_out(page: ArticlePage) -> bool:
    """Whether the board left the article out; no query when it came `with_exclusions`."""
    known = getattr(page, "board_left_out", None)
    if known is not None:
        return bool(known)
    return CountExclusion.objects.filter(article=page.pk, withdrawn_at__isnull=True).exists()


def exclusions_in(units: Iterable[Authority] | None, first: datetime.date, last: datetime.date) -> QuerySet:
    """What the board left out of the articles these units published in the days; None: all units."""
    start, end = span(first, last)
    found = CountExclusion.objects.filter(
        withdrawn_at__isnull=True,
        article__live=True,
        article__first_published_at__gte=start,
        article__first_published_at__lt=end,
        article__office__isnull=False,
    )
    if units is not None:
        found = found.filter(article__office__authority__in=[unit.pk for unit in units])
    return found.select_related("article__office__authority", "duplicate_of", "by")


@dataclass(frozen=True)
class StillPaid:
    """An article left out that a closed period paid, and nobody took back yet."""

    article: int
    title: str
    amount: int
    period: str
    authority: int = 0


def still_paid(articles: Iterable[int]) -> dict[int, StillPaid]:
    """Of these articles, those that closed periods paid: each needs a reversing line in an open period."""
    found: dict[int, StillPaid] = {}
    rows = RoyaltyEntry.objects.frozen().filter(
        article_id__in=list(articles), reverses__isnull=True, reversed_by__isnull=True
    )
    for row in rows.select_related("period").order_by("pk"):
        known = found.get(row.article_id)
        found[row.article_id] = StillPaid(
            row.article_id,
            row.title,
            row.amount + (known.amount if known else 0),
            f"{row.period.first_day:%m/%Y}",
            row.period.authority_id,
        )
    return found


def to_take_back(authority: Authority) -> list[StillPaid]:
    """The unit's articles that are not counted and yet paid by a closed period."""
    rows = CountExclusion.objects.filter(withdrawn_at__isnull=True, article__office__authority=authority)
    return sorted(still_paid(rows.values_list("article", flat=True)).values(), key=lambda each: each.article)
