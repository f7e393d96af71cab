"""Where reviews stand in the admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from compliance.admin.reviews import accept, access, detail, grid, lists, objections, unit
from compliance.admin.scoping import policy_for
from compliance.models import ReviewMark


class ReviewMenuItem(MenuItem):
    """For reviewers, and for a unit's people who may mark it."""

    def is_shown(self, request: HttpRequest) -> bool:
        if access.is_reviewer(request.user):
            return True
        return policy_for(ReviewMark).user_has_permission(request.user, "view")


def urls() -> list[Any]:
    """Addresses under ``/admin/``."""
    column = "reviews/<int:pk>/units/<slug:authority>/"
    return [
        path("reviews/", lists.ReviewList.as_view(), name="compliance_reviews"),
        path("reviews/add/", lists.ReviewEdit.as_view(), name="compliance_review_add"),
        path("reviews/import/", lists.ReviewImport.as_view(), name="compliance_review_import"),
        path("reviews/<int:pk>/", detail.ReviewDetail.as_view(), name="compliance_review"),
        path("reviews/<int:pk>/settings/", lists.ReviewEdit.as_view(), name="compliance_review_edit"),
        path("reviews/<int:pk>/marks/", grid.ReviewGrid.as_view(), name="compliance_review_grid"),
        path("reviews/<int:pk>/accept/", accept.ReviewAccept.as_view(), name="compliance_review_accept"),
        path("reviews/<int:pk>/machine/", detail.ReviewMachine.as_view(), name="compliance_review_machine"),
        path("reviews/<int:pk>/close/", detail.ReviewClose.as_view(), name="compliance_review_close"),
        path(
            "reviews/<int:pk>/report/<slug:kind>/",
            detail.ReviewReport.as_view(),
            name="compliance_review_report",
        ),
        path(
            "reviews/<int:pk>/objections/",
            objections.ObjectionList.as_view(),
            name="compliance_review_objections",
        ),
        path(
            "reviews/<int:pk>/objections/<int:objection>/",
            objections.ObjectionAnswer.as_view(),
            name="compliance_review_answer",
        ),
        path(column, unit.UnitReview.as_view(), name="compliance_review_unit"),
        path(f"{column}object/<int:mark>/", unit.ObjectionAdd.as_view(), name="compliance_review_object"),
    ]


def item() -> MenuItem:
    """The menu entry."""
    return ReviewMenuItem(
        _("Reviews"), reverse("compliance_reviews"), name="reviews", icon_name="clipboard-list", order=155
    )
