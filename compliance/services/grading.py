"""Give an article its coefficient."""

from __future__ import annotations

import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from compliance.models import ArticleGrade, RoyaltyEntry
from compliance.queries.rates import NoTermsError, royalty_terms
from compliance.rules.months import local_date
from compliance.rules.royalties import check_coefficient
from compliance.services.article_rows import coefficient_fault
from sitepages.models import ArticlePage


class GradeError(ValueError):
    """The coefficient cannot be given; the message says why."""


@transaction.atomic
def grade_article(
    article: ArticlePage, text: str, *, user: Any, now: datetime.datetime
) -> ArticleGrade | None:
    """Set the coefficient (comma or point as decimal sign); an empty text takes it away.

    GradeError over the cap, for no number, for an unpublished article or one paid in a closed period.
    """
    text = text.strip()
    present = ArticleGrade.objects.filter(article=article).first()
    if not text and present is None:
        return None
    coefficient = _coefficient(article, text) if text else None
    if present is not None and coefficient == present.coefficient:
        return present
    paid = RoyaltyEntry.objects.frozen().filter(
        article_id=article.pk, reverses__isnull=True, reversed_by__isnull=True
    )
    if paid.exists():
        raise GradeError(_("The article was paid in a closed period. Reverse that payment first."))
    if coefficient is None:
        ArticleGrade.objects.filter(article=article).delete()
        log(instance=article, action="compliance.grade", user=user, data={"coefficient": ""})
        return None
    grade, _made = ArticleGrade.objects.update_or_create(
        article=article, defaults={"coefficient": coefficient, "graded_by": user, "graded_at": now}
    )
    log(instance=article, action="compliance.grade", user=user, data={"coefficient": str(coefficient)})
    return grade


def _coefficient(article: ArticlePage, text: str) -> Decimal:
    if article.first_published_at is None or article.office is None:
        raise GradeError(_("Only a published article that credits an office can be graded."))
    try:
        coefficient = Decimal(text.replace(",", "."))
    except InvalidOperation:
        raise GradeError(_("“%(text)s” is not a number.") % {"text": text}) from None
    on = local_date(article.first_published_at)
    try:
        terms = royalty_terms(article.office.authority, article.genre, on)
    except NoTermsError:
        raise GradeError(_("no base salary is known for %(day)s.") % {"day": f"{on:%d/%m/%Y}"}) from None
    fault = check_coefficient(coefficient, terms.cap)
    if fault:
        raise GradeError(coefficient_fault(fault, text, terms.cap))
    return coefficient
