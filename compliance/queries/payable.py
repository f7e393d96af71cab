"""Which articles a pay period pays, and at what terms."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from compliance.models import ArticleGrade, PayPeriod, RoyaltyEntry
from compliance.queries.contributions import as_fact
from compliance.queries.exclusions import with_exclusions
from compliance.queries.past import paid_before_the_system
from compliance.queries.ratebook import (
    NoTermsError,
    PercentError,
    RateBook,
    Terms,
    UnknownGradeError,
    percents_told,
)
from compliance.rules.counting import Exclusion, exclusion
from compliance.rules.fees import Applied
from compliance.rules.months import local_date, span
from compliance.rules.royalties import check_coefficient, split
from sitepages.models import ArticlePage, Contribution, Contributor, Office


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
    contributor: Contributor | None = None
    office: Office | None = None
    grade: str = ""
    modifiers: tuple[Applied, ...] = ()


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
    book = RateBook(period.authority)
    candidates = list(_candidates(period))
    rounds = _rounds(period, [article.pk for article in candidates])
    for article in candidates:
        round_now = rounds.get(article.pk, 1)
        reason = exclusion(as_fact(article), {article.office.code})
        if round_now is not None and reason is Exclusion.NOT_COUNTED:
            held_back.append((article, reason.value))
        if round_now is None or reason is not None:
            continue
        on = local_date(article.first_published_at)
        grade: ArticleGrade | None = getattr(article, "royalty_grade", None)
        if grade is None:
            held_back.append((article, _ungraded(book, article.genre, on)))
            continue
        try:
            terms, applied = graded_terms(book, article.genre, on, grade)
        except NotPayableError as error:
            held_back.append((article, error.code))
            continue
        lines += _lines(article, on, grade, terms, applied, round_now)
    return Payable(lines, held_back)


class NotPayableError(Exception):
    """A grade cannot be paid as it stands; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def graded_terms(
    book: RateBook, genre: str, on: datetime.date, grade: ArticleGrade, *, proposal: bool = False
) -> tuple[Terms, tuple[Applied, ...]]:
    """What a grade is paid by; NotPayableError for a mere proposal (unless asked), or against the rules.

    A grade approved while the article was of another genre is a proposal.
    """
    if not (grade.holds_for(genre) or proposal):
        raise NotPayableError("genre_changed" if grade.is_approved else "not_approved")
    try:
        terms = book.terms(genre, on, grade.grade)
        applied = book.kept(on, grade.modifiers)
    except NoTermsError:
        raise NotPayableError("no_terms") from None
    except UnknownGradeError:
        raise NotPayableError("unknown_grade") from None
    except PercentError:
        raise NotPayableError("percent") from None
    fault = check_coefficient(grade.coefficient, terms.cap)
    if fault is None and terms.fixed and grade.coefficient != 1:
        fault = "unknown_grade"  # the table changed under the grade: it earned by coefficient before
    if fault:
        raise NotPayableError(fault)
    return terms, applied


def _ungraded(book: RateBook, genre: str, on: datetime.date) -> str:
    try:
        book.terms(genre, on)
    except NoTermsError:
        return "no_terms"
    return "no_grade"


def _lines(
    article: ArticlePage,
    on: datetime.date,
    grade: ArticleGrade,
    terms: Terms,
    applied: tuple[Applied, ...],
    round_now: int,
) -> list[Line]:
    parts = list(article.contributions.all())
    if not parts:
        parts = [Contribution(name=article.pen_name or str(article.office))]
    whole = terms.amount(grade.coefficient, applied)
    amounts = split(whole, [part.share for part in parts])
    rule = "; ".join(part for part in (grade.grade, *percents_told(applied), terms.rule) if part)
    return [
        Line(
            article,
            on,
            part.name,
            part.role,
            part.share,
            grade.coefficient,
            terms.unit_value,
            amount,
            rule,
            round_now,
            part.contributor,
            part.office or article.office,
            grade.grade,
            applied,
        )
        for part, amount in zip(parts, amounts, strict=True)
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
        with_exclusions(ArticlePage.objects.all())
        .filter(mine, office__authority=period.authority, live=True)
        .filter(~paid_before_the_system())
        .select_related("office", "royalty_grade")
        .prefetch_related("contributions__contributor", "contributions__office")
        .order_by("first_published_at", "pk")
    )


def _rounds(period: PayPeriod, articles: list[int]) -> dict[int, int | None]:
    """The round an article would be paid in: None when it is paid already, 1 for the first time.

    What an open period takes back counts as taken back there alone: elsewhere it may still not come about.
    """
    paid: dict[int, list[RoyaltyEntry]] = defaultdict(list)
    earlier = RoyaltyEntry.objects.filter(article_id__in=articles, reverses__isnull=True).exclude(
        period=period
    )
    for entry in earlier.select_related("reversed_by__period"):
        paid[entry.article_id].append(entry)
    rounds: dict[int, int | None] = {}
    for article, entries in paid.items():
        latest = max(entry.round for entry in entries)
        last = [entry for entry in entries if entry.round == latest]
        taken_back = all(_taken_back(entry, period) for entry in last)
        again = taken_back and all(entry.reversed_by.pay_again for entry in last)
        rounds[article] = latest + 1 if again else None
    return rounds


def _taken_back(entry: RoyaltyEntry, period: PayPeriod) -> bool:
    reversing = getattr(entry, "reversed_by", None)
    return reversing is not None and (reversing.period_id == period.pk or reversing.period.is_frozen)
