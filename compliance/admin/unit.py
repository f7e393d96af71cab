"""Every duty of one unit, group by group, and its score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.access import authority_or_404
from compliance.admin.exports import RowExportMixin
from compliance.admin.matrix import described
from compliance.admin.score import standing
from compliance.catalogue.loader import load_catalogue
from compliance.models import FindingRecord
from compliance.presentation import duty_name, explanation, group_name
from compliance.queries.standing import latest_assessment
from compliance.wording import level_label
from sitepages.disclosures import field_name


class UnitDuties(RowExportMixin, WagtailAdminTemplateMixin, TemplateView):
    """One unit: states, due dates, what lacks, the law and the evidence; the score with its denominator."""

    template_name = "compliance/admin/unit.html"
    header_icon = "tasks"
    export_filename = "nghia-vu-cong-khai-don-vi"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.unit = authority_or_404(request.user, FindingRecord, kwargs["authority"])
        self.assessment = latest_assessment()
        rows = FindingRecord.objects.filter(assessment=self.assessment, authority=self.unit).order_by("pk")
        self.findings = list(rows.select_related("authority")) if self.assessment else []
        self.page_title = self.unit.display_name
        if self.is_export:
            return self._export()
        return self.render_to_response(self.get_context_data(**kwargs))

    def _export(self) -> HttpResponse:
        self.prepare(
            [
                _("Group of sections"),
                _("Duty"),
                _("State"),
                _("Obligation"),
                _("Due"),
                _("Explanation"),
                _("Missing details"),
                _("Legal basis"),
                _("Verification"),
                _("Evidence"),
            ]
        )
        rows = [
            [
                group_name(finding.group),
                duty_name(finding.duty),
                finding.get_state_display(),
                level_label(finding.level),
                finding.due,
                explanation(finding),
                ", ".join(field_name(finding.duty, code) for code in finding.lacking),
                finding.law,
                finding.verification,
                finding.page_url,
            ]
            for finding in self.findings
        ]
        response: HttpResponse = self.as_spreadsheet(rows, self.request.GET.get("export"))
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("compliance_matrix"), "label": _("Publication duties")},
            {"url": "", "label": self.unit.display_name},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["unit"] = self.unit
        context["assessment"] = self.assessment
        if self.assessment:
            context["groups"] = grouped(self.findings)
            context["standing"] = standing(self.assessment, self.unit, self.findings)
        return context


def grouped(findings: Sequence[FindingRecord]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The findings with their words by group, in the catalogue's order; unknown groups last."""
    order = [*load_catalogue().groups]
    order += sorted({each.group for each in findings} - set(order))
    found = []
    for code in order:
        members = [described(each) for each in findings if each.group == code]
        if members:
            found.append((group_name(code) or _("Other duties"), members))
    return found
