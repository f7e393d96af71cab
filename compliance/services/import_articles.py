"""Publish the articles of a checked file: all of them or none."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape

from django.db import transaction
from django.utils import timezone

from compliance.models import ArticleGrade
from compliance.services.article_rows import ArticleRow
from compliance.services.csv_files import name_key
from compliance.services.likeness import note_articles
from compliance.services.observe import observing_later, sync_observations
from sitepages.locks import share_record_lock
from sitepages.models import ArticleIndexPage, ArticlePage, Authority, Contribution
from sitepages.queries import article_index


@dataclass(frozen=True)
class Imported:
    """How many articles were made, and how many were there already."""

    made: int
    present: int


class MissingIndexError(LookupError):
    """The unit's portal has no article index."""


def import_articles(
    rows: Iterable[ArticleRow],
    *,
    now: datetime.datetime,
    progress: Callable[[ArticleRow], None] = lambda row: None,
) -> Imported:
    """Publish each article under its unit's index, first published when the row says; present ones stay."""
    made = present = 0
    indexes: dict[int, ArticleIndexPage] = {}
    known: dict[int, set[tuple[datetime.datetime, str]]] = {}
    new: list[int] = []
    with transaction.atomic(), observing_later():
        for row in rows:
            unit = row.authority.pk
            if unit not in indexes:
                indexes[unit] = _index(row.authority)
                known[unit] = {
                    (moment, name_key(title))
                    for moment, title in ArticlePage.objects.child_of(indexes[unit]).values_list(
                        "first_published_at", "title"
                    )
                }
            if (row.published_at, name_key(row.title)) in known[unit]:
                present += 1
            else:
                new.append(_publish(row, indexes[unit], now))
                made += 1
            progress(row)
        if new:
            share_record_lock()
            noted = max(now, timezone.now())  # an assessment taken meanwhile did not see these pages
            sync_observations(now=noted, models=[ArticlePage], pages=new)
            note_articles(new)
    return Imported(made, present)


def _index(authority: Authority) -> ArticleIndexPage:
    index: ArticleIndexPage | None = article_index(authority)
    if index is None:
        raise MissingIndexError(authority.code)
    return index


def _publish(row: ArticleRow, index: ArticleIndexPage, now: datetime.datetime) -> int:
    paragraphs = [part.strip() for part in row.body.replace("\r\n", "\n").split("\n\n") if part.strip()]
    article = ArticlePage(
        title=row.title,
        genre=row.genre,
        lead=row.lead,
        office=row.office,
        body=[("paragraph", _paragraph(part)) for part in paragraphs],
        live=True,
        first_published_at=row.published_at,
        last_published_at=row.published_at,
    )
    if row.author:
        article.contributions = [Contribution(name=row.author, role="author")]
    index.add_child(instance=article)
    if row.coefficient is not None:
        # decided before the file was written: it is no proposal
        ArticleGrade.objects.create(
            article=article,
            coefficient=row.coefficient,
            graded_at=now,
            approved_at=now,
            approved_genre=article.genre,
        )
    page: int = article.pk
    return page


def _paragraph(text: str) -> str:
    return "<p>" + escape(text, quote=False).replace("\n", "<br/>") + "</p>"
