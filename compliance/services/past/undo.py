"""Take an import back whole, as long as nothing was built on it."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from modelsearch.backends import get_search_backends
from wagtail.models import Page, ReferenceIndex
from wagtail.search.models import IndexEntry

from compliance.models import (
    ArticleGrade,
    ImportedArticle,
    ImportedTally,
    ImportJob,
    PastPayment,
    PayPeriod,
    RoyaltyEntry,
)
from compliance.services.past.check import BATCH
from sitepages.locks import share_publication_lock
from sitepages.models import ArticlePage, Contribution
from sitepages.pagecache.marks import gathered


class UndoError(Exception):
    """The import cannot be taken back; the message says why."""


@transaction.atomic
def take_back(job: ImportJob) -> None:
    """Remove everything the import brought; UndoError when something was built on it."""
    share_publication_lock()
    check_take_back(job)
    with gathered():
        _take_articles(job)
    for model in (ImportedTally, PastPayment):
        model.objects.filter(job=job)._raw_delete("default")


def check_take_back(job: ImportJob) -> None:
    """UndoError when something was built on the import; a few reads, nothing is written."""
    _refuse_settled_months(job)
    _refuse_built_on(job)


def _refuse_settled_months(job: ImportJob) -> None:
    for period in PayPeriod.objects.closed().filter(authority=job.authority_id):
        days = Q(month__gte=period.first_day, month__lte=period.last_day)
        if ImportedTally.objects.filter(days, job=job).exists():
            raise UndoError(_("The period %(month)s is closed with these numbers.")
                            % {"month": f"{period.first_day:%m/%Y}"})  # fmt: skip


def _refuse_built_on(job: ImportJob) -> None:
    pages = ArticlePage.objects.filter(imported__job=job)
    mine = pages.order_by().values("pk")
    built = (
        (RoyaltyEntry.objects.filter(article_id__in=mine), _("an article of it stands in a pay period")),
        (ArticleGrade.objects.filter(article__in=mine, graded_by__isnull=False)
         .exclude(graded_by=job.asked_by_id, approved_at__isnull=True),
         _("an article of it was graded")),
        (pages.filter(latest_revision__isnull=False), _("an article of it was edited")),
        (pages.filter(Q(numchild__gt=0) | Q(aliases__isnull=False) | Q(reposts__isnull=False)
                      | Q(sent_down__isnull=False)),
         _("an article of it was copied")),
    )  # fmt: skip
    for rows, reason in built:
        if rows.exists():
            raise UndoError(_("The import cannot be taken back: %(reason)s.") % {"reason": reason})


def _take_articles(job: ImportJob) -> None:
    pages = ArticlePage.objects.filter(imported__job=job)
    first = pages.order_by("path").first()
    if first is None:
        return
    parent = first.get_parent()
    while keys := list(pages.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        _remove(keys)
        Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") - len(keys))


def _remove(keys: list[int]) -> None:
    """Pages nobody built on, with everything the import wrote beside them."""
    texts = [str(key) for key in keys]
    article, page = ContentType.objects.get_for_model(ArticlePage), ContentType.objects.get_for_model(Page)
    if get_search_backends():
        IndexEntry._default_manager.filter(content_type=article, object_id__in=texts)._raw_delete("default")
    ReferenceIndex.objects.filter(base_content_type=page, object_id__in=texts)._raw_delete("default")
    ImportedArticle.objects.filter(article__in=keys)._raw_delete("default")
    ArticleGrade.objects.filter(article__in=keys)._raw_delete("default")
    Contribution.objects.filter(article__in=keys)._raw_delete("default")
    models.QuerySet(ArticlePage).filter(pk__in=keys).delete()  # noted as withdrawn, by our signals
