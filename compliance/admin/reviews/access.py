"""Who may open which review: reviewers all of it, a unit's people their own column."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from compliance.admin.scoping import policy_for
from compliance.models import Objection, Review, ReviewMark
from sitepages.models import Authority


def is_reviewer(user: Any, action: str = "view") -> bool:
    """Whether the user holds a right on reviews as a whole."""
    return policy_for(Review).user_has_permission(user, action)


def own_units(user: Any, action: str = "view") -> QuerySet:
    """The units whose own column the user may see or mark."""
    return policy_for(ReviewMark).authorities(user, [action])


def require_reviewer(user: Any, action: str = "view") -> None:
    """PermissionDenied for anybody else."""
    if not is_reviewer(user, action):
        raise PermissionDenied


def review_or_404(user: Any, pk: int, action: str = "view") -> Review:
    """A review for a reviewer; 404 for anybody else, as if it did not exist."""
    review: Review | None = Review.objects.filter(pk=pk).first() if is_reviewer(user, action) else None
    if review is None:
        raise Http404
    return review


def column_or_404(user: Any, pk: int, code: str) -> tuple[Review, Authority]:
    """A review and one of its units: the user's own, or any for a reviewer."""
    units = Authority.objects.all() if is_reviewer(user) else own_units(user)
    unit = units.filter(code=code).first()
    review = Review.objects.filter(pk=pk, units__authority=unit).first() if unit else None
    if review is None or unit is None:
        raise Http404
    return review, unit


def may_see_verdict(user: Any, review: Review) -> bool:
    """Whether verifiers' marks and what follows from them may be shown: to units once they are final."""
    return review.is_closed or is_reviewer(user)


def may_mark(user: Any, unit: Authority) -> bool:
    """Whether the user may write the unit's own marks."""
    return bool(own_units(user, "change").filter(pk=unit.pk).exists())


def may_object(user: Any, unit: Authority) -> bool:
    """Whether the user may object for the unit."""
    return bool(policy_for(Objection).authorities(user, ["add"]).filter(pk=unit.pk).exists())


def crumbs(*last: dict[str, Any]) -> list[dict[str, Any]]:
    """The way from the dashboard to a page about reviews."""
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    return [home, {"url": reverse("compliance_reviews"), "label": _("Reviews")}, *last]


def review_crumb(review: Review, url: str | None = None) -> dict[str, Any]:
    """The review itself on that way."""
    return {
        "url": reverse("compliance_review", args=[review.pk]) if url is None else url,
        "label": str(review),
    }
