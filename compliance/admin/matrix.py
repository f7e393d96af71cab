"""Units x duties: the newest assessment at one glance, by sign and word."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.access import authorities_for
from compliance.admin.exports import RowExportMixin
from compliance.admin.heatmap import Matrix, MatrixFilter, in_words
from compliance.models import FindingRecord
from compliance.presentation import duty_name, explanation, told
from compliance.queries.desk import scores_of
from compliance.queries.standing import latest_assessment
from compliance.wording import level_label, verification_label

#: What a cell needs; the rest of a finding stays in the database.
_CELL = ("authority_id", "duty", "state", "due", "level")


class ComplianceMatrix(RowExportMixin, WagtailAdminTemplateMixin, TemplateView):
    """The latest assessment: a row a unit, a column a duty. A handful of queries, whatever the size."""

    template_name = "compliance/admin/matrix.html"
    page_title = gettext_lazy("Publication duties")
    header_icon = "tasks"
    export_filename = "nghia-vu-cong-khai"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        seen = authorities_for(request.user, FindingRecord)
        units = list(seen.select_related("tier"))
        if not units:
            raise PermissionDenied
        self.assessment = latest_assessment()
        self.filter = MatrixFilter(request.GET, [unit.tier for unit in units])
        matrix = Matrix(units, {}, {}, self.filter.chosen)
        if self.assessment:
            rows = FindingRecord.objects.filter(assessment=self.assessment, authority__in=seen.order_by())
            matrix.findings = {(row.authority_id, row.duty): row for row in rows.order_by().only(*_CELL)}
            matrix.scores = scores_of(self.assessment, seen.order_by())
        self.map = matrix.cut()
        if self.is_export:
            return self._export()
        return self.render_to_response(self.get_context_data(**kwargs))

    def _export(self) -> HttpResponse:
        names = [column.name for column in self.map.columns]
        self.prepare([_("Unit"), *names, _("Score (%)"), _("Duties met"), _("Duties that were due")])
        rows = [
            [
                row.unit.display_name,
                *[in_words(cell.finding) for cell in row.cells],
                row.percent,
                row.passed,
                row.duties,
            ]
            for row in self.map.rows
        ]
        response: HttpResponse = self.as_spreadsheet(rows, self.request.GET.get("export"))
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.update(
            assessment=self.assessment, map=self.map, filter=self.filter, states=FindingRecord.State.choices
        )
        return context


def described(finding: FindingRecord) -> dict[str, Any]:
    """A finding with its words, for a template."""
    return {
        "finding": finding,
        "evidence_url": _evidence_url(finding),
        "name": duty_name(finding.duty),
        "explanation": explanation(finding),
        "level": level_label(finding.level),
        "verification": ", ".join(
            verification_label(mark.strip()) for mark in finding.verification.split(",") if mark.strip()
        ),
        "open_items": [described_item(finding, item) for item in finding.open_items],
    }


def described_item(finding: FindingRecord, item: Mapping[str, Any]) -> dict[str, Any]:
    """One open item of a finding with its words."""
    return {
        "state": item["state"],
        "page": item["page"],
        "due": datetime.date.fromisoformat(item["due"]) if item["due"] else None,
        "sentence": told(item["reason"], item["params"], item["lacking"], finding.duty),
    }


def _evidence_url(finding: FindingRecord) -> str:
    """The public page; a draft's editor, since it has no public address yet."""
    if finding.page_id and finding.published is None:
        return reverse("wagtailadmin_pages:edit", args=[finding.page_id])
    return finding.page_url
