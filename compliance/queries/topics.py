"""Which topics had no article, or few: for one portal and for all of them, beside the year before."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from compliance.queries.pieces import key_names, pieces
from compliance.queries.tallies import counted
from compliance.rules.stretches import Stretch
from compliance.rules.tallies import By
from sitepages.models import ArticlePage, Authority

#: Fewer articles than this in a period are few: one a quarter leaves a half-year with two.
FEW = 3


@dataclass(frozen=True)
class TopicRow:
    """One topic: whole articles that name it, those of the year before, and the portals without any."""

    slug: str
    name: str
    articles: int
    before: int
    silent_units: tuple[str, ...]

    @property
    def is_neglected(self) -> bool:
        """Nobody wrote about it."""
        return not self.articles

    @property
    def is_thin(self) -> bool:
        """Somebody did, too rarely."""
        return 0 < self.articles < FEW


@dataclass(frozen=True)
class Coverage:
    """Every topic of the vocabulary in its order, and the articles that name none."""

    rows: tuple[TopicRow, ...]
    total: int
    untold: int
    untold_before: int

    @property
    def neglected(self) -> tuple[TopicRow, ...]:
        return tuple(row for row in self.rows if row.is_neglected)

    @property
    def thin(self) -> tuple[TopicRow, ...]:
        return tuple(row for row in self.rows if row.is_thin)


def topic_coverage(units: Sequence[Authority], first: datetime.date, last: datetime.date) -> Coverage:
    """How often the units wrote about each topic; an article of two topics counts for both."""
    days = Stretch(first, last)
    names = {slug: name for slug, name in key_names(By.TOPIC, units, days).by_key.items() if slug}
    now, before = pieces(units, days), pieces(units, days.a_year_before)
    articles = Counter(slug for piece in now for slug in piece.topics)
    earlier = Counter(slug for piece in before for slug in piece.topics)
    told = {(piece.unit, slug) for piece in now for slug in piece.topics}
    rows = tuple(
        TopicRow(
            slug=slug,
            name=name,
            articles=articles[slug],
            before=earlier[slug],
            silent_units=tuple(unit.display_name for unit in units if (unit.code, slug) not in told),
        )
        for slug, name in names.items()
    )
    return Coverage(
        rows,
        total=len(now),
        untold=sum(not piece.topics for piece in now),
        untold_before=sum(not piece.topics for piece in before),
    )


def neglected_topics(authority: Authority | None, first: datetime.date, last: datetime.date) -> list[str]:
    """The names of the topics no article of the unit named in these days; None: no article of any unit."""
    units = [authority] if authority is not None else list(Authority.objects.filter(site__isnull=False))
    return [row.name for row in counted(units, By.TOPIC, [Stretch(first, last)]).without]


def articles_on(
    units: Sequence[Authority], slug: str, first: datetime.date, last: datetime.date
) -> list[ArticlePage]:
    """The counted articles that name a topic ("" for none), newest first."""
    wanted = [
        piece.id
        for piece in pieces(units, Stretch(first, last))
        if (slug in piece.topics if slug else not piece.topics)
    ]
    found = ArticlePage.objects.filter(pk__in=wanted).select_related("office__authority")
    return sorted(found, key=lambda page: (page.first_published_at, page.pk), reverse=True)
