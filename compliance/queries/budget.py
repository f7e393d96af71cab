"""The year's money: given, spent, left, by line, and how it will end. Whole đồng."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.db.models import Q, Sum
from django.db.models.functions import ExtractMonth

from compliance.models import (
    ArticleGrade,
    BudgetKind,
    BudgetLine,
    PayPeriod,
    RoyaltyBudget,
    RoyaltyEntry,
    Spending,
)
from compliance.queries.contributions import as_fact
from compliance.queries.past import paid_before_the_system, past_by_month, past_paid
from compliance.queries.payable import NotPayableError, graded_terms
from compliance.queries.ratebook import RateBook
from compliance.rules.counting import exclusion
from compliance.rules.forecast import Forecast, forecast
from compliance.rules.months import local_date, span
from sitepages.models import Authority


@dataclass(frozen=True)
class LineStanding:
    """One line of one year; ``given`` None: no line of the budget names it."""

    kind: str
    given: int | None
    spent: int

    @property
    def name(self) -> str:
        return str(BudgetKind(self.kind).label)

    @property
    def left(self) -> int | None:
        """Negative when more was spent than given."""
        return None if self.given is None else self.given - self.spent

    @property
    def percent(self) -> int | None:
        """Spent of what was given, rounded down; None where nothing was."""
        return self.spent * 100 // self.given if self.given else None


@dataclass(frozen=True)
class BudgetStanding:
    """One year of one authority."""

    year: int
    amount: int
    lines: tuple[LineStanding, ...] = field(default=())

    def line(self, kind: str) -> LineStanding:
        return next(line for line in self.lines if line.kind == kind)

    @property
    def royalties(self) -> int:
        return self.line(BudgetKind.ROYALTIES).spent

    @property
    def other(self) -> int:
        """Everything but royalties and remuneration."""
        return sum(line.spent for line in self.lines if line.kind != BudgetKind.ROYALTIES)

    @property
    def spent(self) -> int:
        return self.royalties + self.other

    @property
    def left(self) -> int:
        """Negative when more was spent than given."""
        return self.amount - self.spent

    @property
    def share(self) -> int:
        """Percent spent, rounded down; 0 without a budget."""
        return self.spent * 100 // self.amount if self.amount else 0

    @property
    def tenths(self) -> str:
        """Percent spent as people write it, one decimal, rounded half up: ``36,6``."""
        tenths = (self.spent * 2000 // self.amount + 1) // 2 if self.amount else 0
        return f"{tenths // 10},{tenths % 10}"

    @property
    def unallotted(self) -> int:
        """What of the year's money no line names."""
        return self.amount - sum(line.given or 0 for line in self.lines)


def budget_standing(authority: Authority, year: int, upto: datetime.date | None = None) -> BudgetStanding:
    """What was spent of the year's budget up to a day (None: in the whole year).

    Royalties are the totals of closed periods whose last day lies in the year, not after the day, what was
    paid before the system, and what was entered under that line. A period across the new year belongs to the
    year it ends in.
    """
    budget = RoyaltyBudget.objects.filter(authority=authority, year=year).first()
    given = dict(BudgetLine.objects.filter(budget=budget).values_list("kind", "amount")) if budget else {}
    spent = dict.fromkeys(BudgetKind.values, 0)
    spendings = Spending.objects.filter(authority=authority, day__year=year)
    if upto is not None:
        spendings = spendings.filter(day__lte=upto)
    for kind, total in spendings.order_by().values_list("kind").annotate(total=Sum("amount")):
        spent[kind] += total
    spent[BudgetKind.ROYALTIES] += sum(_closed(authority, year, upto)) + _before(authority, year, upto)
    lines = tuple(LineStanding(kind, given.get(kind), spent[kind]) for kind in BudgetKind.values)
    return BudgetStanding(year, budget.amount if budget else 0, lines)


def budget_forecast(authority: Authority, year: int, today: datetime.date) -> dict[str, Forecast]:
    """How each line will stand at the year's end, by the rule of ``rules/forecast.py``.

    Royalties go by closed periods, by what was paid before the system for months of the year, and by what
    is graded and not closed. The other lines go by the mean of the year's months that are over; the present
    month counts as still to come.
    """
    standing = budget_standing(authority, year)
    paid = _paid_months(authority, year)
    coming, begun = graded_not_closed(authority, year)
    over = 12 if year < today.year else today.month - 1 if year == today.year else 0
    found = {
        BudgetKind.ROYALTIES.value: forecast(
            standing.royalties, [paid[month] for month in sorted(paid)], coming, len(begun - set(paid))
        )
    }
    months = _by_month(authority, year, over)
    for line in standing.lines:
        if line.kind != BudgetKind.ROYALTIES:
            held = [months.get((line.kind, month), 0) for month in range(1, over + 1)]
            found[line.kind] = forecast(line.spent, held)
    if year < today.year:  # nothing of it is still to come
        found = {kind: replace(each, months=0) for kind, each in found.items()}
    return found


def graded_not_closed(authority: Authority, year: int) -> tuple[int, set[int]]:
    """What graded articles of the year will cost that nothing has paid yet, and their months."""
    start, end = span(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    grades = list(
        ArticleGrade.objects.filter(
            ~paid_before_the_system("article"),
            article__office__authority=authority,
            article__first_published_at__gte=start,
            article__first_published_at__lt=end,
        ).select_related("article__office")
    )
    paid = set(
        RoyaltyEntry.objects.frozen()
        .filter(
            period__authority=authority,
            published_on__year=year,
            reverses__isnull=True,
            reversed_by__isnull=True,
        )
        .values_list("article_id", flat=True)
    )
    closed = [
        (period.first_day, period.last_day)
        for period in PayPeriod.objects.closed().filter(authority=authority, last_day__year__gte=year)
    ]
    book = RateBook(authority)
    total = 0
    begun: set[int] = set()
    for grade in grades:
        article, office = grade.article, grade.article.office
        if office is None or article.pk in paid or exclusion(as_fact(article), {office.code}) is not None:
            continue
        on = local_date(article.first_published_at)
        amount = amount_of(book, article.genre, on, grade)
        total += amount or 0
        if amount and not any(first <= on <= last for first, last in closed):
            begun.add(on.month)
    return total, begun


def amount_of(book: RateBook, genre: str, on: datetime.date, grade: ArticleGrade) -> int | None:
    """What a grade earns, approved or not; None where it could not be paid."""
    try:
        terms, applied = graded_terms(book, genre, on, grade, proposal=True)
    except NotPayableError:
        return None
    return terms.amount(Decimal(grade.coefficient), applied)


def years_known(authority: Authority) -> set[int]:
    """The years with a budget, spendings or closed periods."""
    return {
        *RoyaltyBudget.objects.filter(authority=authority).values_list("year", flat=True),
        *(day.year for day in Spending.objects.filter(authority=authority).dates("day", "year")),
        *_ends(PayPeriod.objects.closed().filter(authority=authority).values_list("last_day", flat=True)),
    }


def _ends(days: Iterable[datetime.date]) -> set[int]:
    return {day.year for day in days}


def _closed(authority: Authority, year: int, upto: datetime.date | None) -> list[int]:
    """The totals of the year's closed periods, in order."""
    ended = Q() if upto is None else Q(last_day__lte=upto)
    periods = PayPeriod.objects.closed().filter(ended, authority=authority, last_day__year=year)
    return list(periods.order_by("last_day").values_list("total", flat=True))


def _paid_months(authority: Authority, year: int) -> dict[int, int]:
    """What each month of the year cost that was paid, here or before the system."""
    found = past_by_month(authority, year)
    periods = PayPeriod.objects.closed().filter(authority=authority, last_day__year=year)
    for last_day, total in periods.values_list("last_day", "total"):
        found[last_day.month] = found.get(last_day.month, 0) + total
    return found


def _before(authority: Authority, year: int, upto: datetime.date | None) -> int:
    """What was paid before the system in the year, up to the day."""
    last = datetime.date(year, 12, 31) if upto is None else min(upto, datetime.date(year, 12, 31))
    return past_paid(authority, datetime.date(year, 1, 1), last)


def _by_month(authority: Authority, year: int, last: int) -> dict[tuple[str, int], int]:
    rows = (
        Spending.objects.filter(authority=authority, day__year=year, day__month__lte=last)
        .order_by()
        .annotate(month=ExtractMonth("day"))
        .values_list("kind", "month")
        .annotate(total=Sum("amount"))
    )
    return {(kind, month): total for kind, month, total in rows}
