"""The dashboard of those who score units and publish nothing themselves: the reviews that are open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, F, Q
from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from compliance.admin.reviews.access import is_reviewer
from compliance.models import Objection, Review
from sitepages.models import RoleGroup

_REVIEWER = "reviewer"


def only_reviews(user: Any) -> bool:
    """Whether reviewing is all the user does here: no role of theirs publishes or answers for a unit."""
    if user.is_superuser or not is_reviewer(user):
        return False
    roles = RoleGroup.objects.filter(group__user=user).values_list("role", flat=True)
    return set(roles) == {_REVIEWER}


class ReviewsPanel(Component):
    """The open reviews, the one to be closed first on top, each with the way to its marks."""

    name = "reviews"
    template_name = "compliance/admin/home_reviews.html"
    order = 230

    def __init__(self, request: HttpRequest) -> None:
        self.user = request.user

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        reviews = Review.objects.filter(closed_at__isnull=True)
        waiting = dict(
            Objection.objects.open()
            .filter(mark__review__in=reviews)
            .order_by()
            .values_list("mark__review")
            .annotate(Count("pk"))
        )
        rows = reviews.annotate(
            reviewed=Count("units", distinct=True),
            marked=Count("marks", filter=~Q(marks__verifier_state=""), distinct=True),
        ).order_by(F("closes_on").asc(nulls_last=True), "-first_month", "pk")
        return {
            "rows": [(review, waiting.get(review.pk, 0)) for review in rows],
            "may_add": is_reviewer(self.user, "add"),
        }
