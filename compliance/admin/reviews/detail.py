"""One review: scores, closing, the machine's marks, and its report to download."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from compliance.admin.exports import RowExportMixin
from compliance.admin.reviews import access
from compliance.admin.reviews.lists import ReviewPage
from compliance.admin.reviews.words import empty_cells, machine_words, score_words
from compliance.models import MarkState, Objection, Review
from compliance.presentation import group_label, section_label
from compliance.queries.machine import machine_findings
from compliance.queries.reviews import marks_by_cell, review_sheet, sections_of
from compliance.reports.files import KINDS, report_file
from compliance.services.machine_marks import fill_machine_marks
from compliance.services.reviews import ReviewError, close_review

#: Columns of the letterhead that a report should not go out without.
NEEDED = ("parent_body", "issuing_body", "number", "place", "report_date", "signer_position", "signer_name")


class ReviewDetail(RowExportMixin, ReviewPage):
    """Scores with their denominators, group by group, and what gains each unit most."""

    template_name = "compliance/admin/reviews/detail.html"
    export_filename = "ra-soat"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.review = access.review_or_404(request.user, kwargs["pk"])
        self.page_title = str(self.review)
        self.sheet = review_sheet(self.review)
        if self.is_export:
            return self._export()
        return self.render_to_response(self.get_context_data(**kwargs))

    def _export(self) -> HttpResponse:
        self.prepare(
            [
                _("Code of the unit"), _("Unit reviewed"), _("Section code"), _("Section"), _("Own mark"),
                _("Machine mark"), _("What the machine found"), _("Machine's source"),
                _("Verifier\'s mark"), _("State that counts"), _("Note"), _("Evidence"),
            ]
        )  # fmt: skip
        labels, marks = dict(MarkState.choices), marks_by_cell(self.review)
        rows = []
        for unit in self.sheet.units:
            for section in self.sheet.sections:
                mark = marks.get((unit.unit.pk, section.code))
                if mark is None:
                    continue
                basis = machine_words(mark)
                in_force = unit.states.get(section.code, "")
                rows.append(
                    [
                        unit.unit.code, unit.name, section.code, section_label(section),
                        labels.get(mark.self_state, ""), labels.get(mark.machine_state, ""),
                        basis.reason, basis.source, labels.get(mark.verifier_state, ""),
                        labels.get(in_force, ""), mark.note, mark.evidence_url,
                    ]
                )  # fmt: skip
        response: HttpResponse = self.as_spreadsheet(rows, self.request.GET.get("export"))
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return access.crumbs(access.review_crumb(self.review, ""))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        user, review = self.request.user, self.review
        may_change = access.is_reviewer(user, "change")
        groups = {section.group: group_label(section) for section in self.sheet.sections}
        shown = list(groups.items()) if len(groups) > 1 else []
        context.update(
            review=review,
            sheet=self.sheet,
            sections=len(sections_of(review)),
            groups=[label for _code, label in shown],
            rows=[
                score_words(self.sheet, unit, [code for code, _label in shown]) for unit in self.sheet.units
            ],
            tiers=len(self.sheet.tiers) > 1,
            kinds=[(kind, kind.upper()) for kind in KINDS],
            open_objections=Objection.objects.open().filter(mark__review=review).count(),
            blanks=[
                each.verbose_name
                for each in review._meta.concrete_fields
                if each.name in NEEDED and not getattr(review, each.name)
            ],
            may_change=may_change,
            machine=machine_findings(review) if may_change and not review.is_closed else None,
            may_close=access.is_reviewer(user, "close") and not review.is_closed,
        )
        return context


class ReviewClose(ReviewPage):
    """What closing means, and the button that does it."""

    template_name = "compliance/admin/reviews/close.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.review = access.review_or_404(request.user, kwargs["pk"], "close")
        self.page_title = _("Close the review")
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return access.crumbs(access.review_crumb(self.review), {"url": "", "label": self.page_title})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            close_review(self.review, user=request.user, now=timezone.now())
        except ReviewError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The review is closed and its scores are frozen."))
        return redirect("compliance_review", pk=self.review.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        sheet = review_sheet(self.review)
        empty = sum(len(sections) for _unit, sections in sheet.unmarked())
        named, shown = empty_cells(sheet)
        context.update(
            review=self.review,
            units=len(sheet.units),
            sections=len(sheet.sections),
            empty=empty,
            named=named,
            more=empty - shown,
        )
        return context


class ReviewMachine(View):
    """Take the machine's marks, by POST alone."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        review = access.review_or_404(request.user, pk, "change")
        try:
            done = fill_machine_marks(review, user=request.user, now=timezone.now())
        except ReviewError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request,
                _(
                    "%(count)s machine marks were changed: %(assessed)s cells are known from the assessment, "
                    "%(probed)s from reading portals hosted elsewhere."
                )
                % {"count": done.changed, "assessed": done.assessed, "probed": done.probed},
            )
        return redirect("compliance_review", pk=pk)


class ReviewReport(View):
    """The report as a file."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        review: Review = access.review_or_404(request.user, pk)
        if kind not in KINDS:
            raise Http404
        response = HttpResponse(report_file(review, kind, made_at=timezone.now()), content_type=KINDS[kind])
        response["Content-Disposition"] = f'attachment; filename="{review.code}.{kind}"'
        return response
