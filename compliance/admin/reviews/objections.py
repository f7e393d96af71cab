"""The objections of a review, and the reviewer's answer to each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.admin.reviews import access
from compliance.admin.reviews.forms import AnswerForm
from compliance.admin.reviews.lists import ReviewPage
from compliance.admin.reviews.words import percent_words
from compliance.models import Objection
from compliance.presentation import section_label
from compliance.queries.reviews import objections_of, score_moves, sections_of
from compliance.services.objections import answer_objection
from compliance.services.reviews import ReviewError


class ObjectionList(ReviewPage):
    """All objections of a review, the open ones first."""

    template_name = "compliance/admin/reviews/objections.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.review = access.review_or_404(request.user, kwargs["pk"])
        self.page_title = _("Objections")
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return access.crumbs(access.review_crumb(self.review), {"url": "", "label": self.page_title})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        names = {each.code: section_label(each) for each in sections_of(self.review)}
        found = sorted(objections_of(self.review), key=lambda each: (each.answered_at is not None, each.at))
        moves = {
            pk: [percent_words(result.score.total) for result in pair]
            for pk, pair in score_moves(found).items()
        }
        context.update(
            review=self.review,
            rows=[
                (each, names.get(each.mark.section, each.mark.section), *moves.get(each.pk, ("", "")))
                for each in found
            ],
            may_change=access.is_reviewer(self.request.user, "change"),
        )
        return context


class ObjectionAnswer(ReviewPage):
    """Answer one objection, once."""

    template_name = "compliance/admin/reviews/answer.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.review = access.review_or_404(request.user, kwargs["pk"], "change")
        found = Objection.objects.filter(pk=kwargs["objection"], mark__review=self.review)
        objection = found.select_related("mark__authority", "by", "answered_by").first()
        if objection is None:
            raise Http404
        self.objection: Objection = objection
        self.page_title = _("Objection")
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        listed = reverse("compliance_review_objections", args=[self.review.pk])
        return access.crumbs(
            access.review_crumb(self.review),
            {"url": listed, "label": _("Objections")},
            {"url": "", "label": self.objection.mark.authority.display_name},
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = AnswerForm(request.POST, old_state=self.objection.old_state)
        if form.is_valid():
            chosen = form.cleaned_data
            try:
                answer_objection(
                    self.objection,
                    chosen["answer"],
                    chosen["new_state"],
                    user=request.user,
                    now=timezone.now(),
                )
            except ReviewError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("The answer was recorded."))
                return redirect("compliance_review_objections", pk=self.review.pk)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if self.objection.answered_at is None:
            context.setdefault("form", AnswerForm(old_state=self.objection.old_state))
        else:
            context.setdefault("form", None)
        names = {each.code: section_label(each) for each in sections_of(self.review)}
        section = self.objection.mark.section
        context.update(review=self.review, objection=self.objection, name=names.get(section, section))
        return context
