"""The list of reviews, a review's settings, and the import of a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.reviews import access
from compliance.admin.reviews.forms import ImportForm, ReviewForm
from compliance.models import Review
from compliance.services.csv_files import ImportRefusedError
from compliance.services.import_review import import_review, parse_period
from compliance.services.reviews import ReviewError, keep_review

SHOWN_PROBLEMS = 100


class ReviewPage(WagtailAdminTemplateMixin, TemplateView):
    """What every page about reviews looks like."""

    header_icon = "clipboard-list"


class ReviewList(ReviewPage):
    """All reviews for a reviewer; for a unit's people those they are part of."""

    template_name = "compliance/admin/reviews/list.html"
    page_title = gettext_lazy("Reviews")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*access.crumbs()[:1], {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        reviewer, own = access.is_reviewer(user), access.own_units(user)
        if not reviewer and not own.exists():
            raise PermissionDenied
        context: dict[str, Any] = super().get_context_data(**kwargs)
        reviews = Review.objects.prefetch_related("units__authority")
        mine = set(own.values_list("pk", flat=True)) if not user.is_superuser else set()
        rows = []
        for review in reviews if reviewer else reviews.filter(units__authority__in=own).distinct():
            columns = [row.authority for row in review.units.all() if row.authority_id in mine]
            rows.append((review, len(review.units.all()), columns))
        context.update(rows=rows, reviewer=reviewer, may_add=access.is_reviewer(user, "add"), own=bool(mine))
        return context


class ReviewEdit(ReviewPage):
    """A new review, or the settings and letterhead of one."""

    template_name = "compliance/admin/reviews/form.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if "pk" in kwargs:
            self.review = access.review_or_404(request.user, kwargs["pk"], "change")
            self.page_title = str(self.review)
        else:
            access.require_reviewer(request.user, "add")
            self.review, self.page_title = Review(), _("New review")
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        if self.review.pk:
            return access.crumbs(
                access.review_crumb(self.review), {"url": "", "label": _("Settings and letterhead")}
            )
        return access.crumbs({"url": "", "label": self.page_title})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ReviewForm(request.POST, instance=self.review, today=timezone.localdate())
        if form.is_valid():
            try:
                review = keep_review(form.instance, form.cleaned_data.get("units"), user=request.user)
            except ReviewError as error:
                form.add_error("units", str(error))
            else:
                messages.success(request, _("The review was saved."))
                return redirect("compliance_review", pk=review.pk)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.setdefault("form", ReviewForm(instance=self.review, today=timezone.localdate()))
        context["review"] = self.review
        return context


class ReviewImport(ReviewPage):
    """Upload a file of marks: all lines or none."""

    template_name = "compliance/admin/reviews/import.html"
    page_title = gettext_lazy("Import marks")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        access.require_reviewer(request.user, "change")
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return access.crumbs({"url": "", "label": self.page_title})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ImportForm(request.POST, request.FILES)
        problems: list[str] = []
        unknown_units = False
        if form.is_valid():
            chosen = form.cleaned_data
            try:
                done = import_review(
                    chosen["file"].read(),
                    code=chosen["code"],
                    period=parse_period(chosen["period"]) if chosen["period"] else None,
                    create_units=chosen["create_units"],
                    user=request.user,
                    now=timezone.now(),
                )
            except ImportRefusedError as refused:
                problems, unknown_units = refused.problems, refused.unknown_units
            else:
                messages.success(
                    request,
                    _("%(lines)s lines read, %(changed)s marks changed, %(units)s units added.")
                    % {"lines": done.lines, "changed": done.changed, "units": done.units_made},
                )
                return redirect("compliance_review", pk=done.review.pk)
        return self.render_to_response(
            self.get_context_data(form=form, problems=problems, unknown_units=unknown_units)
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.setdefault("form", ImportForm(initial={"code": self.request.GET.get("review", "")[:50]}))
        problems = context.get("problems", [])
        context["problems"] = problems[:SHOWN_PROBLEMS]
        context["more"] = max(len(problems) - SHOWN_PROBLEMS, 0)
        context["back"] = reverse("compliance_reviews")
        return context
