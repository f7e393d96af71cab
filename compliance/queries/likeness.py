"""Which public articles are like a text: a handful of indexed reads, whatever the number of articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from html import unescape
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.html import strip_tags
from rapidfuzz import fuzz, process

from compliance.models import Likeness, LikenessRun
from compliance.rules import likeness as rules
from compliance.rules.months import local_date
from sitepages.models import ArticlePage, Authority

#: Texts read and measured for one article: those that share most with it.
MOST_TEXTS = 12
#: Titles of the same days looked through for one article; 5,000 in a week are more than a province writes.
MOST_TITLES = 5_000
#: Longest text of an article that is read, in characters.
LONGEST = 200_000


@dataclass(frozen=True)
class Alike:
    """A public article like the one asked about."""

    page: ArticlePage
    found: rules.Likeness


def text_of(page: ArticlePage, day: date | None = None) -> rules.Text:
    """An article as it is compared; `day` stands for a publication still to come."""
    if page.first_published_at is not None:
        day = local_date(page.first_published_at)
    return rules.Text.of(page.title or "", plain_text(page), day)


def plain_text(page: ArticlePage) -> str:
    """Lead and body as they are read, a paragraph a line."""
    return "\n\n".join([page.lead or "", *_texts(getattr(page.body, "raw_data", ()))]).strip()[:LONGEST]


def originals() -> Any:
    """Public articles that are compared: known copies and aliases are no find."""
    return ArticlePage.objects.filter(
        live=True, first_published_at__isnull=False, alias_of__isnull=True, repost_of__isnull=True
    )


def awaiting(units: Iterable[Authority] | None = None, *, job: int | None = None) -> int:
    """How many public articles are not compared yet: of units' offices, of an import, or of all."""
    found = originals().filter(Q(likeness=None) | Q(likeness__compared=False))
    if units is not None:
        found = found.filter(office__authority__in=[unit.pk for unit in units])
    return int((found if job is None else found.filter(imported__job=job)).count())


class Finder:
    """Finds what is like a text; keeps what every search needs."""

    @cached_property
    def places(self) -> tuple[tuple[str, ...], ...]:
        """The names of all units as words: with their kind, or alone when of two words and more."""
        names: set[tuple[str, ...]] = set()
        for unit in Authority.objects.only("kind", "name"):
            name = rules.words_of(unit.name)
            names |= {(*rules.words_of(unit.kind), *name), name if len(name) > 1 else ()}
        return tuple(sorted(names - {()}))

    def alike(
        self, text: rules.Text, *, but: int | None = None, among: QuerySet | None = None
    ) -> list[Alike]:
        """The articles like a text, most alike first; `but` leaves out the article itself."""
        wanted = [pk for pk in by_text(text) if pk != but][:MOST_TEXTS]
        wanted += [pk for pk in self.by_title(text) if pk != but and pk not in wanted]
        if not wanted:
            return []
        pages = (originals() if among is None else among).filter(pk__in=wanted)
        found = []
        for page in pages:
            likeness = rules.compare(text, text_of(page), self.places)
            if likeness is not None:
                found.append(Alike(page, likeness))
        return sorted(found, key=lambda each: (_RANK[each.found.kind], -each.found.percent, each.page.pk))

    def by_title(self, text: rules.Text) -> list[int]:
        """Articles of about the same days whose title tells of the same event."""
        if text.day is None or len(text.title) < rules.SHORTEST_TITLE:
            return []
        reach = timedelta(days=rules.EVENT_DAYS)
        days = Likeness.objects.filter(day__gte=text.day - reach, day__lte=text.day + reach)
        rows = dict(days.order_by("-day").values_list("article_id", "title")[:MOST_TITLES])
        near = process.extract(
            " ".join(text.title),
            rows,
            scorer=fuzz.token_set_ratio,
            score_cutoff=rules.TITLES_ALIKE,
            limit=MOST_TEXTS,
        )
        return [pk for _title, _percent, pk in near]


def by_text(text: rules.Text) -> list[int]:
    """Articles with the same text, then those that share most runs of words that are not boilerplate."""
    if not text.is_long_enough:
        return []
    same = Likeness.objects.filter(digest=text.digest).values_list("article_id", flat=True)[:MOST_TEXTS]
    holders: dict[int, list[int]] = defaultdict(list)
    for number, article in _holders(rules.sketch(text)):
        holders[number].append(article)
    telling = [articles for articles in holders.values() if len(articles) <= rules.BOILERPLATE]
    shared = Counter(article for articles in telling for article in articles)
    asked = min(rules.SHARED, len(telling))
    near = [article for article, number in shared.most_common(2 * MOST_TEXTS) if number >= asked]
    return list(dict.fromkeys([*same, *near]))


def _holders(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Who holds each run, at most one more than makes it boilerplate: never more rows than that."""
    table = connection.ops.quote_name(LikenessRun._meta.db_table)
    some = f"SELECT number, trace_id FROM {table} WHERE number = %s LIMIT {rules.BOILERPLATE + 1}"  # noqa: S608
    parts = [f"SELECT * FROM ({some}) AS r{at}" for at in range(len(numbers))]  # noqa: S608 - our own table
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), list(numbers))
        rows: list[tuple[int, int]] = cursor.fetchall()
    return rows


def _texts(raw: Iterable[Any]) -> Iterator[str]:
    """The texts of paragraphs and quotations; captions, tables and files are not compared."""
    for block in raw:
        value = block.get("value")
        if block.get("type") == "paragraph":
            yield unescape(strip_tags(str(value).replace("<", " <")))
        elif block.get("type") == "quote" and isinstance(value, dict):
            yield from (str(part) for part in value.values() if isinstance(part, str))


_RANK = {kind: rank for rank, kind in enumerate(rules.Kind)}
