"""A unit's own column of a review: all marks side by side, its own to set, and its objections."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.admin.reviews import access
from compliance.admin.reviews.forms import ObjectionForm
from compliance.admin.reviews.lists import ReviewPage
from compliance.admin.reviews.words import machine_words, score_words
from compliance.models import MarkState, Objection, Review, ReviewMark
from compliance.presentation import section_label
from compliance.queries.reviews import history_of, review_sheet, sections_of
from compliance.rules.review import STATES
from compliance.services.objections import file_objection
from compliance.services.reviews import ReviewError, set_self_marks
from sitepages.models import Authority


class _ColumnPage(ReviewPage):
    """A page about one unit of one review."""

    review: Review
    unit: Authority

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.review, self.unit = access.column_or_404(request.user, kwargs["pk"], kwargs["authority"])
        self.page_title = self.unit.display_name
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        review = access.review_crumb(self.review) if access.is_reviewer(self.request.user) else None
        last = {
            "url": "",
            "label": f"{self.review}: {self.unit.display_name}" if review is None else self.page_title,
        }
        return access.crumbs(*([review] if review else []), last)


class UnitReview(_ColumnPage):
    """Own, machine's and verifier's marks with notes and evidence.

    Until the review is closed verifiers' marks are drafts: the unit sees neither them nor score and rank.
    """

    template_name = "compliance/admin/reviews/unit.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not access.may_mark(request.user, self.unit):
            raise PermissionDenied
        states = {
            section.code: value
            for section in sections_of(self.review)
            if (value := request.POST.get(f"own-{section.code}")) is not None and value in ("", *STATES)
        }
        now = timezone.now()
        try:
            changed = set_self_marks(
                self.review, self.unit, states, user=request.user, now=now, today=timezone.localdate(now)
            )
        except ReviewError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("%(count)s own marks were saved.") % {"count": changed})
        return redirect("compliance_review_unit", pk=self.review.pk, authority=self.unit.code)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        user, review, unit = self.request.user, self.review, self.unit
        sheet = review_sheet(review)
        standing = sheet.standing_of(unit.pk)
        marks = {mark.section: mark for mark in review.marks.filter(authority=unit)}
        said: dict[int | None, list[Objection]] = {}
        for objection in Objection.objects.filter(mark__review=review, mark__authority=unit):
            said.setdefault(objection.mark_id, []).append(objection)
        told = access.may_see_verdict(user, review)
        may_object = review.is_closed and access.may_object(user, unit)
        labels = dict(MarkState.choices)
        lines = []
        for section in sections_of(review):
            mark = marks.get(section.code) or ReviewMark()
            state = standing.states.get(section.code, "") if standing and told else ""
            objections = said.get(mark.pk, [])
            lines.append(
                {
                    "section": section,
                    "name": section_label(section),
                    "mark": mark,
                    "basis": machine_words(mark),
                    "state": state,
                    "label": labels.get(state, ""),
                    "objections": objections,
                    "may_object": may_object and bool(mark.pk and state) and not objections,
                }
            )
        context.update(
            review=review,
            unit=unit,
            lines=lines,
            states=MarkState.choices,
            score=score_words(sheet, standing) if standing and told else None,
            told=told,
            objects_later=access.may_object(user, unit) and not review.is_closed,
            may_mark=access.may_mark(user, unit) and review.takes_self_marks(timezone.localdate()),
            history=[(past, row) for past, row in history_of(unit) if past.pk != review.pk],
        )
        return context


class ObjectionAdd(_ColumnPage):
    """Object to one mark."""

    template_name = "compliance/admin/reviews/object.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        review, unit = access.column_or_404(request.user, kwargs["pk"], kwargs["authority"])
        if not access.may_object(request.user, unit):
            raise PermissionDenied
        mark = ReviewMark.objects.filter(review=review, authority=unit, pk=kwargs["mark"]).first()
        if mark is None:
            raise Http404
        self.mark: ReviewMark = mark
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ObjectionForm(request.POST)
        if form.is_valid():
            try:
                file_objection(self.mark, form.cleaned_data["text"], user=request.user, now=timezone.now())
            except ReviewError as error:
                form.add_error(None, str(error))
            else:
                messages.success(
                    request, _("The objection was recorded. Its answer will stand on this page.")
                )
                return redirect("compliance_review_unit", pk=self.review.pk, authority=self.unit.code)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.setdefault("form", ObjectionForm())
        names = {each.code: section_label(each) for each in sections_of(self.review)}
        context.update(
            review=self.review,
            unit=self.unit,
            mark=self.mark,
            name=names.get(self.mark.section, self.mark.section),
        )
        return context
