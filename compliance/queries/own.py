"""A contributor's own articles: what they did, what share, what it was graded and what was paid."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from compliance.models import PayPeriod, RoyaltyEntry
from compliance.queries.exclusions import left_out
from compliance.rules.months import Month, local_date, span
from sitepages.models import ArticlePage, Contribution, Contributor


@dataclass(frozen=True)
class OwnLine:
    """One part in one article; `amount` once its period is closed, reversals taken off."""

    title: str
    url: str
    published: datetime.date
    genre: str
    role: str
    signed: str
    office: str
    share: Decimal
    coefficient: Decimal | None
    amount: int | None
    counts: bool


@dataclass(frozen=True)
class OwnMonth:
    """The lines of one month."""

    month: Month
    lines: tuple[OwnLine, ...]

    @property
    def articles(self) -> int:
        """Different articles that count."""
        return len({line.url for line in self.lines if line.counts})

    @property
    def amount(self) -> int:
        """Money of closed periods."""
        return sum(line.amount or 0 for line in self.lines)


def records_of(user: Any) -> QuerySet:
    """The contributors a signed-in person is."""
    rows = Contributor.objects.select_related("authority", "office")
    return rows.filter(user=user) if user.is_authenticated else rows.none()


def own_years(people: Iterable[Contributor]) -> list[int]:
    """The years of the people's published articles, newest first."""
    dates = _lines(people).dates("article__first_published_at", "year", order="DESC")
    return [each.year for each in dates]


def own_months(people: Iterable[Contributor], year: int) -> list[OwnMonth]:
    """The people's published articles of a year by month; three queries."""
    records = list(people)
    start, end = span(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    rows = list(
        _lines(records)
        .filter(article__first_published_at__gte=start, article__first_published_at__lt=end)
        .select_related("article__office", "article__royalty_grade", "office")
        .order_by("article__first_published_at", "article", "pk")
    )
    mine = {row.article_id for row in rows}
    paid = _paid(records, mine)
    out = set(ArticlePage.objects.filter(left_out(), pk__in=mine).values_list("pk", flat=True))
    found: dict[Month, list[OwnLine]] = defaultdict(list)
    for row in rows:
        article = row.article
        day = local_date(article.first_published_at)
        grade = getattr(article, "royalty_grade", None)
        found[Month.of(day)].append(
            OwnLine(
                title=article.title,
                url=article.full_url or "",
                published=day,
                genre=article.genre_name,
                role=row.role_name,
                signed=row.shown_name,
                office=str(row.office or article.office or ""),
                share=row.share,
                coefficient=grade.coefficient if grade else None,
                amount=paid.pop((article.pk, row.contributor_id, row.role), None),
                counts=article.live and article.repost_of_id is None and row.article_id not in out,
            )
        )
    return [OwnMonth(month, tuple(lines)) for month, lines in sorted(found.items())]


def _lines(people: Iterable[Contributor]) -> QuerySet:
    """Their credits in articles that were published, copies left out."""
    return Contribution.objects.filter(
        contributor__in=[each.pk for each in people],
        article__first_published_at__isnull=False,
        article__alias_of__isnull=True,
        article__repost_of__isnull=True,
    )


def _paid(people: Iterable[Contributor], articles: set[int]) -> dict[tuple[int, int | None, str], int]:
    """What closed periods hold for these people, by article, record and role; a line written before its
    credit was tied to the record has no record and is left out: its name may be another's.
    """
    rows = RoyaltyEntry.objects.filter(
        article_id__in=articles,
        contributor__in=[each.pk for each in people],
        period__status__in=PayPeriod.FROZEN,
    )
    found: dict[tuple[int, int | None, str], int] = defaultdict(int)
    for article, person, role, amount in rows.values_list("article_id", "contributor", "role", "amount"):
        found[article, person, role] += amount
    return dict(found)
