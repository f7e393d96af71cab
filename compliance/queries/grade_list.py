"""The month's list of pieces to grade: terms, amounts and hints; its queries do not grow with it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz import fuzz, process

from compliance.models import ArticleGrade, BudgetKind, RoyaltyEntry
from compliance.queries.budget import BudgetStanding, amount_of, budget_standing
from compliance.queries.contributions import as_fact
from compliance.queries.exclusions import with_exclusions
from compliance.queries.ratebook import NoTermsError, RateBook, Terms, UnknownGradeError
from compliance.rules.counting import exclusion
from compliance.rules.hints import Ceiling, Hint, Piece, Usual, ceiling, hints, same_numbers
from compliance.rules.months import Month, local_date, span
from sitepages.models import ArticlePage, Authority, Contribution, Office
from sitepages.text import fold

#: From this likeness on (0-100), titles are told to be nearly the same.
NEAR_TITLE = 90
_LONGEST = 255
_BACK = datetime.timedelta(days=365)


@dataclass(frozen=True)
class GradeRow:
    """One piece: its day, grade, terms (None: no base salary), what it earns (None: not yet), its hints."""

    article: ArticlePage
    on: datetime.date
    grade: ArticleGrade | None
    terms: Terms | None
    amount: int | None
    paid: bool
    hints: tuple[Hint, ...]

    @property
    def office(self) -> Office:
        """The office credited: a piece without one is not on the list."""
        if self.article.office is None:
            raise LookupError(self.article.pk)
        return self.article.office


@dataclass(frozen=True)
class GradeList:
    """The rows, the book their terms are from, and how the year's money stands with them."""

    rows: list[GradeRow]
    book: RateBook
    standing: BudgetStanding
    proposed: int
    ceiling: Ceiling | None


def gradable(authority: Authority, month: Month) -> list[ArticlePage]:
    """The pieces of a month that are paid for, in the order of publication."""
    found = (
        with_exclusions(ArticlePage.objects.all())
        .filter(
            office__authority=authority,
            first_published_at__gte=month.start,
            first_published_at__lt=month.end,
        )
        .select_related("office__authority__parent", "royalty_grade__graded_by", "royalty_grade__approved_by")
        .prefetch_related("contributions")
        .order_by("first_published_at", "pk")
    )
    return [page for page in found if exclusion(as_fact(page), {page.office.code}) is None]


def grade_list(authority: Authority, month: Month) -> GradeList:
    """The month's pieces as they stand."""
    articles = gradable(authority, month)
    book = RateBook(authority)
    frozen = RoyaltyEntry.objects.frozen().filter(
        article_id__in=[article.pk for article in articles], reverses__isnull=True, reversed_by__isnull=True
    )
    paid = set(frozen.values_list("article_id", flat=True))
    listed = [_row(article, book, article.pk in paid) for article in articles]
    told = hints(map(_piece, listed), _usual(authority, month, articles), near_titles(articles))
    rows = [
        GradeRow(
            row.article, row.on, row.grade, row.terms, row.amount, row.paid, told.get(row.article.pk, ())
        )
        for row in listed
    ]
    standing = budget_standing(authority, month.year)
    line = standing.line(BudgetKind.ROYALTIES)
    proposed = sum(row.amount or 0 for row in rows if not row.paid)
    given, spent = (standing.amount, standing.spent) if line.given is None else (line.given, line.spent)
    return GradeList(rows, book, standing, proposed, ceiling(spent, proposed, given))


def near_titles(articles: list[ArticlePage]) -> dict[int, tuple[int, ...]]:
    """For each piece, those of the list whose title is nearly the same, with the same numbers in it."""
    titles = {article.pk: " ".join(fold(article.title).split())[:_LONGEST] for article in articles}
    keys, texts = list(titles), list(titles.values())
    found: dict[int, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        later = texts[place + 1 :]
        alike = process.extract_iter(titles[key], later, scorer=fuzz.ratio, score_cutoff=NEAR_TITLE)
        for title, _score, index in alike:
            if same_numbers(titles[key], title):
                other = keys[place + 1 + index]
                found[key].append(other)
                found[other].append(key)
    return {key: tuple(sorted(others)) for key, others in found.items()}


def _row(article: ArticlePage, book: RateBook, paid: bool) -> GradeRow:
    on = local_date(article.first_published_at)
    grade: ArticleGrade | None = getattr(article, "royalty_grade", None)
    amount = amount_of(book, article.genre, on, grade) if grade else None
    return GradeRow(
        article, on, grade, _terms(book, article.genre, on, grade.grade if grade else ""), amount, paid, ()
    )


def _terms(book: RateBook, genre: str, on: datetime.date, grade: str) -> Terms | None:
    try:
        return book.terms(genre, on, grade)
    except UnknownGradeError:
        return _terms(book, genre, on, "")
    except NoTermsError:
        return None


def _piece(row: GradeRow) -> Piece:
    terms = row.terms
    measured = row.grade is not None and terms is not None and not terms.fixed
    return Piece(
        id=row.article.pk,
        people=tuple(dict.fromkeys(part.name for part in row.article.contributions.all())),
        day=row.on,
        genre=row.article.genre,
        coefficient=row.grade.coefficient if measured and row.grade else None,
        cap=terms.cap if terms else None,
        minimum=terms.minimum if terms else None,
        missing=terms.missing if terms else "",
    )


def _usual(authority: Authority, month: Month, articles: list[ArticlePage]) -> Usual:
    """What was approved in the year before, by the list's people and by genre."""
    start, end = span(month.first - _BACK, month.previous.last)
    approved = ArticleGrade.objects.filter(
        article__office__authority=authority,
        article__first_published_at__gte=start,
        article__first_published_at__lt=end,
        approved_at__isnull=False,
    )
    genres: dict[str, list[Decimal]] = defaultdict(list)
    for genre, coefficient in approved.values_list("approved_genre", "coefficient"):
        genres[genre].append(coefficient)
    people: dict[str, list[Decimal]] = defaultdict(list)
    names = {part.name for article in articles for part in article.contributions.all()}
    credits = Contribution.objects.filter(
        name__in=names, article__royalty_grade__in=approved.order_by()
    ).values_list("name", "article__royalty_grade__coefficient")
    for name, coefficient in credits:
        people[name].append(coefficient)
    return Usual(people, genres)
