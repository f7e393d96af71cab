"""The board's decisions on articles alike: one of them is not counted, or they are no duplicates."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from compliance.models import AlikePair, CountExclusion
from compliance.queries.exclusions import StillPaid, still_paid
from sitepages.locks import share_publication_lock
from sitepages.models import ArticlePage
from sitepages.text import nfc

_LONGEST = 500


class DuplicateError(Exception):
    """The step cannot be taken; the message says why."""


@transaction.atomic
def leave_out(
    article: ArticlePage, duplicate_of: ArticlePage, *, reason: str, user: Any, now: datetime.datetime
) -> StillPaid | None:
    """Count the other article instead of this one.

    What a closed period paid for it stays as it is and is given back, to be taken back by reversing lines.
    """
    why = _reason(reason)
    if article.pk == duplicate_of.pk:
        raise DuplicateError(_("An article is no duplicate of itself."))
    share_publication_lock()  # a period being closed sees it, or is closed before
    if CountExclusion.objects.filter(article=duplicate_of, withdrawn_at__isnull=True).exists():
        raise DuplicateError(_("The other article is not counted either. One of the two must be counted."))
    try:
        with transaction.atomic():
            CountExclusion.objects.create(
                article=article, duplicate_of=duplicate_of, reason=why, by=user, at=now
            )
    except IntegrityError:
        raise DuplicateError(_("The article is marked as not counted already.")) from None
    said = {"duplicate_of": duplicate_of.pk, "reason": why}
    log(instance=article, action="compliance.leave_out", user=user, data=said)
    return still_paid([article.pk]).get(article.pk)


@transaction.atomic
def count_again(article: ArticlePage, *, user: Any, now: datetime.datetime) -> None:
    """Take back that the article is not counted."""
    share_publication_lock()
    done = CountExclusion.objects.filter(article=article, withdrawn_at__isnull=True).update(
        withdrawn_by=user, withdrawn_at=now
    )
    if not done:
        raise DuplicateError(_("The article is counted already."))
    log(instance=article, action="compliance.count_again", user=user)


@transaction.atomic
def dismiss(pair: AlikePair, *, reason: str, user: Any, now: datetime.datetime) -> None:
    """Say that the two are no duplicates: the list shows them no more, however alike they stay."""
    why = _reason(reason)
    ids = (pair.earlier_id, pair.later_id)
    if CountExclusion.objects.filter(article__in=ids, duplicate_of__in=ids, withdrawn_at=None).exists():
        raise DuplicateError(_("One of the two is marked as not counted. Take that back first."))
    done = AlikePair.objects.filter(pk=pair.pk, dismissed_at__isnull=True).update(
        dismissed_by=user, dismissed_at=now, dismissed_why=why
    )
    if not done:
        raise DuplicateError(_("The pair is marked as no duplicate already."))
    log(instance=pair.later, action="compliance.dismiss_pair", user=user, data=_other(pair, why))


@transaction.atomic
def restore(pair: AlikePair, *, user: Any) -> None:
    """Show the pair in the list again."""
    done = AlikePair.objects.filter(pk=pair.pk, dismissed_at__isnull=False).update(
        dismissed_by=None, dismissed_at=None, dismissed_why=""
    )
    if not done:
        raise DuplicateError(_("The pair is in the list already."))
    log(instance=pair.later, action="compliance.restore_pair", user=user, data=_other(pair, ""))


def _reason(text: str) -> str:
    why = nfc(text).strip()
    if not why:
        raise DuplicateError(_("Give the reason."))
    if len(why) > _LONGEST:
        raise DuplicateError(_("The reason is longer than %(longest)s characters.") % {"longest": _LONGEST})
    return why


def _other(pair: AlikePair, why: str) -> dict[str, Any]:
    return {"other": pair.earlier_id, "reason": why}
