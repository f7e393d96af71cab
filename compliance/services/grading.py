"""Give articles their grades: somebody proposes, somebody else approves, and only then they are paid."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from compliance.models import ArticleGrade, RoyaltyEntry
from compliance.queries.payable import NotPayableError, graded_terms
from compliance.queries.ratebook import NoTermsError, PercentError, RateBook, UnknownGradeError
from compliance.rules.fees import Applied
from compliance.rules.months import local_date
from compliance.rules.royalties import check_coefficient
from compliance.services.rate_faults import (
    NumberError,
    coefficient_fault,
    no_salary,
    not_payable,
    number,
    percent_fault,
    unknown_grade,
)
from compliance.services.reclassify import reclassify
from sitepages.models import ArticlePage, Authority
from sitepages.text import nfc
from sitepages.vocabulary import words


class GradeError(ValueError):
    """The grade cannot be given or approved; the message says why."""


@dataclass(frozen=True)
class Proposal:
    """A grade as typed: texts as they came. ``genre`` and ``note`` None: as they are."""

    coefficient: str = ""
    grade: str = ""
    modifiers: tuple[tuple[str, str], ...] = ()
    note: str | None = None
    genre: str | None = None


def signature(genre: str, grade: ArticleGrade | None) -> str:
    """What a person saw of a grade, to tell whether it is still so."""
    if grade is None:
        return f"{genre}||"
    percents = ",".join(f"{code}={percent}" for code, percent in grade.modifiers)
    return f"{genre}|{grade.grade}|{grade.coefficient.normalize():f}|{percents}|{grade.note}"


def paid_articles(ids: Iterable[int]) -> set[int]:
    """Those whose payment stands in a closed period: their grades are out of reach."""
    entries = RoyaltyEntry.objects.frozen().filter(
        article_id__in=list(ids), reverses__isnull=True, reversed_by__isnull=True
    )
    return set(entries.values_list("article_id", flat=True))


class Grading:
    """One person's work on some articles of one authority, within one transaction of the caller.

    Grades and payments are read once for all of them. ``reclassifies``: the person may change genres.
    """

    def __init__(
        self,
        authority: Authority,
        articles: Iterable[ArticlePage],
        *,
        user: Any,
        now: datetime.datetime,
        reclassifies: bool = False,
    ) -> None:
        self.book, self.user, self.now, self.reclassifies = RateBook(authority), user, now, reclassifies
        ids = [article.pk for article in articles]
        held = ArticleGrade.objects.select_for_update(of=("self",)).filter(article__in=ids)
        self.grades = {grade.article_id: grade for grade in held}
        self.paid = paid_articles(ids)

    def propose(self, article: ArticlePage, proposal: Proposal, seen: str | None = None) -> bool:
        """Set the grade, or take it away when nothing is given; whether anything changed. GradeError.

        A coefficient over the cap is kept as a proposal, to be seen and mended; it is never approved.
        """
        present = self.grades.get(article.pk)
        genre = article.genre if proposal.genre is None else proposal.genre
        coefficient, applied = self._read(article, genre, proposal)
        wanted = [[each.code, f"{each.percent.normalize():f}"] for each in applied]
        grade = nfc(proposal.grade).strip()
        note = (present.note if present else "") if proposal.note is None else nfc(proposal.note)[:255]
        same = coefficient is None if present is None else (
            (present.coefficient, present.grade, present.modifiers, present.note)
            == (coefficient, grade, wanted, note)
        )  # fmt: skip
        if same and genre == article.genre:
            return False
        self._refuse(article, seen)
        if genre != article.genre:
            reclassify(article, genre, user=self.user)
        if not same:
            fields = {"coefficient": coefficient, "grade": grade, "modifiers": wanted, "note": note}
            self._write(article, fields)
        elif present is not None:
            self._write(article, {})  # it was a grade of the other genre: now it is this person's proposal
        return True

    def approve(self, article: ArticlePage, seen: str | None = None) -> bool:
        """Approve what somebody else proposed; False when nothing awaits it. GradeError."""
        grade = self.grades.get(article.pk)
        if grade is None or grade.holds_for(article.genre):
            return False
        self._refuse(article, seen)
        if grade.graded_by_id is not None and grade.graded_by_id == getattr(self.user, "pk", None):
            raise GradeError(_("You proposed this grade yourself. Another person must approve it."))
        since = grade.changed_since(article.genre)
        if since is not None and getattr(self.user, "pk", None) in _editors(article, since):
            raise GradeError(
                _("You changed this text, whose genre has changed since. Another person must approve it.")
            )
        try:
            graded_terms(self.book, article.genre, _day(article), grade, proposal=True)
        except NotPayableError as error:
            raise GradeError(not_payable(error.code, _day(article))) from None
        grade.approved_by, grade.approved_at, grade.approved_genre = self.user, self.now, article.genre
        grade.save(update_fields=["approved_by", "approved_at", "approved_genre"])
        self._log(article, "compliance.approve_grade", grade)
        return True

    def _refuse(self, article: ArticlePage, seen: str | None) -> None:
        if article.pk in self.paid:
            raise GradeError(_("The article was paid in a closed period. Reverse that payment first."))
        if seen is not None and seen != signature(article.genre, self.grades.get(article.pk)):
            raise GradeError(_("Somebody changed this grade meanwhile. Look at it again, then save."))

    def _read(
        self, article: ArticlePage, genre: str, proposal: Proposal
    ) -> tuple[Decimal | None, tuple[Applied, ...]]:
        """The coefficient (None: no grade is wanted) and percentages meant."""
        if genre != article.genre and not self.reclassifies:
            raise GradeError(_("Only the board changes the genre of a published article."))
        if genre not in words("genres"):
            raise GradeError(_("Choose a genre from the list."))
        text, grade = proposal.coefficient.strip(), nfc(proposal.grade).strip()
        if not (text or grade or proposal.modifiers):
            return None, ()
        if article.first_published_at is None or article.office is None:
            raise GradeError(_("Only a published article that credits an office can be graded."))
        on = _day(article)
        try:
            terms = self.book.terms(genre, on, grade)
            typed = number(text) if text else None
            applied = self.book.applied(
                on, [(code, number(told) if told.strip() else None) for code, told in proposal.modifiers]
            )
        except NumberError as error:
            raise GradeError(str(error)) from None
        except NoTermsError:
            raise GradeError(no_salary(on)) from None
        except UnknownGradeError as error:
            raise GradeError(unknown_grade(error)) from None
        except PercentError as error:
            raise GradeError(percent_fault(error)) from None
        coefficient = terms.coefficient if terms.fixed or typed is None else typed
        if coefficient is None:
            raise GradeError(_("Write the coefficient, or choose a grade that gives one."))
        if fault := check_coefficient(coefficient, None):
            raise GradeError(coefficient_fault(fault, text, None))
        return coefficient, applied

    def _write(self, article: ArticlePage, fields: dict[str, Any]) -> None:
        present = self.grades.get(article.pk)
        if fields and fields["coefficient"] is None:
            if present is not None:
                present.delete()
            self.grades.pop(article.pk, None)
            log(instance=article, action="compliance.grade", user=self.user, data={"coefficient": ""})
            return
        grade = present or ArticleGrade(article=article)
        for name, value in fields.items():
            setattr(grade, name, value)
        grade.graded_by, grade.graded_at, grade.graded_genre = self.user, self.now, article.genre
        grade.approved_by, grade.approved_at, grade.approved_genre = None, None, ""
        try:
            with transaction.atomic():
                grade.save()
        except IntegrityError:  # somebody graded it at the same moment
            text = _("Somebody changed this grade meanwhile. Look at it again, then save.")
            raise GradeError(text) from None
        self.grades[article.pk] = grade
        self._log(article, "compliance.grade", grade)

    def _log(self, article: ArticlePage, action: str, grade: ArticleGrade) -> None:
        told = {"coefficient": str(grade.coefficient), "grade": grade.grade, "modifiers": grade.modifiers}
        log(instance=article, action=action, user=self.user, data=told)


@transaction.atomic
def grade_article(
    article: ArticlePage, text: str, *, user: Any, now: datetime.datetime
) -> ArticleGrade | None:
    """Propose a coefficient (comma or point as decimal sign); an empty text takes the grade away.

    GradeError for no number, for an unpublished article or one paid in a closed period.
    """
    if article.office is None:
        raise GradeError(_("Only a published article that credits an office can be graded."))
    work = Grading(article.office.authority, [article], user=user, now=now)
    present = work.grades.get(article.pk)
    kept = tuple((code, percent) for code, percent in present.modifiers) if present and text.strip() else ()
    work.propose(article, Proposal(text, present.grade if present and text.strip() else "", kept))
    return work.grades.get(article.pk)


@transaction.atomic
def approve_grades(
    authority: Authority,
    articles: Iterable[ArticlePage],
    *,
    user: Any,
    now: datetime.datetime,
    seen: Mapping[int, str] | None = None,
) -> tuple[list[int], dict[int, str]]:
    """Approve the proposals among these articles: the ids approved, and why each other one was not."""
    listed = list(articles)
    work = Grading(authority, listed, user=user, now=now)
    done: list[int] = []
    faults: dict[int, str] = {}
    for article in listed:
        try:
            if work.approve(article, (seen or {}).get(article.pk)):
                done.append(article.pk)
        except GradeError as error:
            faults[article.pk] = str(error)
    return done, faults


def _editors(article: ArticlePage, since: datetime.datetime) -> set[int | None]:
    """Who saved the page since: one of them changed its genre."""
    saved = Revision.objects.for_instance(article).filter(created_at__gte=since)
    live = article.live_revision
    return {*saved.values_list("user_id", flat=True), live.user_id if live is not None else 0} - {None}


def _day(article: ArticlePage) -> datetime.date:
    return local_date(article.first_published_at)
