"""What screens of articles alike say in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from compliance.models.likeness import AlikeKind
from compliance.queries.duplicates import Duplicate
from compliance.queries.exclusions import StillPaid
from compliance.rules.likeness import Likeness
from sitepages.models import ArticlePage
from theme.formatting import money_text

register = template.Library()


@register.filter
def decision(each: Duplicate) -> str:
    """What was decided about a pair."""
    if each.left_out is not None:
        later = each.left_out.article_id == each.pair.later_id
        return _("The later article is not counted") if later else _("The earlier article is not counted")
    return _("No duplicates") if each.pair.dismissed_at else _("Not decided yet")


@register.filter
def to_be_reversed(paid: StillPaid) -> str:
    """What is left to do about an article that a closed period paid."""
    return _(
        "%(amount)s were paid for it in the period %(period)s. That period is closed and stays as it is: "
        "have the accountant take the payment back in an open period."
    ) % {"amount": money_text(paid.amount), "period": paid.period}


@register.filter
def kind_name(likeness: Likeness) -> str:
    """In what two articles are alike."""
    return str(AlikeKind(likeness.kind.value).label)


@register.filter
def public_url(page: ArticlePage) -> str:
    """Where all the world reads the article."""
    return page.full_url or ""


@register.filter
def other_side(sides: Sequence[Any], at: int) -> Any:
    """Of two sides, the other one."""
    return sides[1 - at]
