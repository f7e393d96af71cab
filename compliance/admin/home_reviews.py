"""The dashboard of those who score units and publish nothing themselves: open reviews, waiting objections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django.db.models import Count, F, Q
from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from compliance.admin.reviews.access import is_reviewer
from compliance.models import Objection, Review
from compliance.presentation import section_label
from compliance.queries.reviews import sections_of
from sitepages.models import RoleGroup

_REVIEWER = "reviewer"
#: How many objections the panel names; the rest stand in the lists it leads to.
SHOWN_OBJECTIONS = 20


def only_reviews(user: Any) -> bool:
    """Whether reviewing is all the user does here: no role of theirs publishes or answers for a unit."""
    if user.is_superuser or not is_reviewer(user):
        return False
    roles = RoleGroup.objects.filter(group__user=user).values_list("role", flat=True)
    return set(roles) == {_REVIEWER}


class ReviewsPanel(Component):
    """The objections that wait, then the open reviews, the one to be closed first on top, with ways to each.

    A unit objects once its review is closed, so what waits stands in reviews that are no longer open.
    """

    name = "reviews"
    template_name = "compliance/admin/home_reviews.html"
    order = 230

    def __init__(self, request: HttpRequest) -> None:
        self.user = request.user

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        waiting = Objection.objects.open().select_related("mark__review", "mark__authority")
        rows = (
            Review.objects.filter(closed_at__isnull=True)
            .annotate(
                reviewed=Count("units", distinct=True),
                marked=Count("marks", filter=~Q(marks__verifier_state=""), distinct=True),
            )
            .order_by(F("closes_on").asc(nulls_last=True), "-first_month", "pk")
        )
        return {
            "rows": rows,
            "objections": waiting.count(),
            "waiting": _by_review(waiting.order_by("mark__review", "at", "pk")[:SHOWN_OBJECTIONS]),
            "may_answer": is_reviewer(self.user, "change"),
            "may_add": is_reviewer(self.user, "add"),
        }


def _by_review(objections: Iterable[Objection]) -> list[tuple[Review, list[tuple[Objection, str]]]]:
    """The objections with the names of their sections, review by review."""
    found = []
    for review, rows in groupby(objections, key=lambda each: each.mark.review):
        names = {each.code: section_label(each) for each in sections_of(review)}
        found.append((review, [(each, names.get(each.mark.section, each.mark.section)) for each in rows]))
    return found
