"""Which articles a pay period pays, and at what terms."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from compliance.models import PayPeriod, RoyaltyEntry
from compliance.queries.contributions import as_fact
from compliance.queries.past import paid_before_the_system
from compliance.queries.rates import NoTermsError, Terms, royalty_terms
from compliance.rules.counting import exclusion
from compliance.rules.months import local_date, span
from compliance.rules.royalties import check_coefficient, gross, split
from sitepages.models import ArticlePage


@dataclass(frozen=True)
class Line:
    """One line of pay before it is written; the amount in whole đồng."""

    article: ArticlePage
    published_on: datetime.date
    person: str
    role: str
    share: Decimal
    coefficient: Decimal
    unit_value: int
    amount: int
    rule: str
    round: int


@dataclass(frozen=True)
class Payable:
    """The lines a period would pay now, and the articles it cannot pay with the reason's code."""

    lines: list[Line]
    held_back: list[tuple[ArticlePage, str]]

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)


def payable(period: PayPeriod) -> Payable:
    """The lines of the period as things stand.

    An article belongs to the period of its first publication. One whose period is closed already (graded or
    published late, or reversed to be paid anew) belongs to the earliest open period after it.
    """
    lines: list[Line] = []
    held_back: list[tuple[ArticlePage, str]] = []
    terms: dict[tuple[str, datetime.date], Terms | None] = {}
    candidates = list(_candidates(period))
    rounds = _rounds(period, [article.pk for article in candidates])
    for article in candidates:
        round_now = rounds.get(article.pk, 1)
        if round_now is None or exclusion(as_fact(article), {article.office.code}) is not None:
            continue
        on = local_date(article.first_published_at)
        key = (article.genre, on)
        if key not in terms:
            terms[key] = _terms(period, article.genre, on)
        grade = getattr(article, "royalty_grade", None)
        fault = _fault(terms[key], grade.coefficient if grade else None)
        known = terms[key]
        if fault or grade is None or known is None:
            held_back.append((article, fault or "no_grade"))
            continue
        lines += _lines(article, on, grade.coefficient, known, round_now)
    return Payable(lines, held_back)


def _terms(period: PayPeriod, genre: str, on: datetime.date) -> Terms | None:
    try:
        return royalty_terms(period.authority, genre, on)
    except NoTermsError:
        return None


def _fault(terms: Terms | None, coefficient: Decimal | None) -> str | None:
    if coefficient is None:
        return "no_grade"
    if terms is None:
        return "no_terms"
    return check_coefficient(coefficient, terms.cap)


def _lines(
    article: ArticlePage, on: datetime.date, coefficient: Decimal, terms: Terms, round_now: int
) -> list[Line]:
    parts = [(part.name, part.role, part.share) for part in article.contributions.all()]
    if not parts:
        parts = [(article.pen_name or str(article.office), "author", Decimal(100))]
    amounts = split(gross(coefficient, terms.unit_value), [share for _name, _role, share in parts])
    return [
        Line(article, on, name, role, share, coefficient, terms.unit_value, amount, terms.rule, round_now)
        for (name, role, share), amount in zip(parts, amounts, strict=True)
    ]


def _candidates(period: PayPeriod) -> QuerySet:
    """Live originals of the authority's offices that fall to this period, in a fixed order."""
    start, end = span(period.first_day, period.last_day)
    mine = Q(first_published_at__gte=start, first_published_at__lt=end)
    others = PayPeriod.objects.filter(authority=period.authority).exclude(pk=period.pk)
    still_open = [other.first_day for other in others if not other.is_frozen]
    for other in others.closed().filter(first_day__lt=period.first_day):
        if not any(other.first_day < first_day < period.first_day for first_day in still_open):
            before, after = span(other.first_day, other.last_day)
            mine |= Q(first_published_at__gte=before, first_published_at__lt=after)
    return (
        ArticlePage.objects.filter(mine, office__authority=period.authority, live=True)
        .filter(~paid_before_the_system())
        .select_related("office", "royalty_grade")
        .prefetch_related("contributions")
        .order_by("first_published_at", "pk")
    )


def _rounds(period: PayPeriod, articles: list[int]) -> dict[int, int | None]:
    """The round an article would be paid in: None when it is paid already, 1 for the first time."""
    paid: dict[int, list[RoyaltyEntry]] = defaultdict(list)
    earlier = RoyaltyEntry.objects.filter(article_id__in=articles, reverses__isnull=True).exclude(
        period=period
    )
    for entry in earlier.select_related("reversed_by"):
        paid[entry.article_id].append(entry)
    rounds: dict[int, int | None] = {}
    for article, entries in paid.items():
        latest = max(entry.round for entry in entries)
        last = [entry for entry in entries if entry.round == latest]
        taken_back = all(getattr(entry, "reversed_by", None) is not None for entry in last)
        again = taken_back and all(entry.reversed_by.pay_again for entry in last)
        rounds[article] = latest + 1 if again else None
    return rounds
