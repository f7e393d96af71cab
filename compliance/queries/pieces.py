"""Counted articles as pieces, and what their keys are called: a few queries whatever the number of units."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from compliance.queries.counted import counted_articles
from compliance.rules.months import local_date
from compliance.rules.stretches import Stretch
from compliance.rules.tallies import NOBODY, By, Piece
from sitepages.models import ArticlePage, Authority, Contribution, Contributor, Office, Topic
from sitepages.vocabulary import words

_CHUNK = 5000
#: Begins the key of a contributor's record; a control character, so that no name begins with it.
_RECORD = "\x1f"


def person_key(contributor: int | None, name: str) -> str:
    """Whom a credit counts for: the contributor's record, else whoever has the name."""
    return name if contributor is None else f"{_RECORD}{contributor}"


def pieces(units: Iterable[Authority], days: Stretch) -> list[Piece]:
    """The units' articles that count, and who made them; a person is their record where there is one."""
    counted = counted_articles(units, days)
    persons: dict[int, list[tuple[str, Fraction]]] = defaultdict(list)
    parts = Contribution.objects.filter(article__in=counted.order_by().values("pk")).order_by("pk")
    for article, record, name, share in parts.values_list("article", "contributor", "name", "share"):
        persons[article].append((person_key(record, name), Fraction(share)))
    topics: dict[int, list[str]] = defaultdict(list)
    links = ArticlePage.topics.through.objects.filter(articlepage__in=counted.order_by().values("pk"))
    for article, slug in links.order_by("pk").values_list("articlepage", "topic__slug"):
        topics[article].append(slug)
    rows = counted.order_by("pk").values_list(
        "pk", "first_published_at", "office__authority__code", "office", "genre", "pen_name"
    )
    return [
        Piece(
            id=pk,
            published=local_date(moment),
            unit=unit,
            office=str(office),
            genre=genre,
            topics=tuple(topics[pk]),
            persons=tuple(persons[pk]) or (((pen_name, Fraction(1)),) if pen_name else ()),
        )
        for pk, moment, unit, office, genre, pen_name in rows.iterator(chunk_size=_CHUNK)
    ]


@dataclass(frozen=True)
class Names:
    """What keys are called, in the order shown; `expected` could have had an article in the period."""

    by_key: Mapping[str, str]
    expected: frozenset[str]


def key_names(by: By, units: Iterable[Authority], days: Stretch) -> Names:
    """The names of all keys of these units; a person is called what the article calls them."""
    if by is By.UNIT:
        names = {unit.code: unit.display_name for unit in units}
        return Names(names, frozenset(names))
    if by is By.OFFICE:
        return _office_names(units, days)
    if by is By.GENRE:
        names = {code: word.name for code, word in words("genres").items()}
        return Names(names | {NOBODY: _("(not known)")}, frozenset(names))
    if by is By.TOPIC:
        names = dict(Topic.objects.values_list("slug", "name"))
        return Names(names | {NOBODY: _("(no topic)")}, frozenset(names))
    return Names(_person_names(units), frozenset())


def _person_names(units: Iterable[Authority]) -> dict[str, str]:
    """Contributors by their records; those of one name are told apart by office, and by number at last."""
    records = Contributor.objects.filter(authority__in=[unit.pk for unit in units]).select_related("office")
    found, taken = {NOBODY: _("(no author named)")}, Counter(str(each) for each in records)
    for each in records:
        name = str(each)
        found[person_key(each.pk, name)] = f"{name} #{each.pk}" if taken[name] > 1 else name
    return found


def _office_names(units: Iterable[Authority], days: Stretch) -> Names:
    """An office that ended or began within the days is expected; one out of force shows when it wrote."""
    rows = Office.objects.filter(authority__in=[unit.pk for unit in units])
    ordered = list(rows.order_by("authority__order", "group", "order", "code"))
    begun = (each for each in ordered if each.valid_from is None or each.valid_from <= days.last)
    expected = (each for each in begun if each.valid_to is None or each.valid_to >= days.first)
    return Names(
        {str(each.pk): each.full_name for each in ordered}, frozenset(str(each.pk) for each in expected)
    )
