"""Units x duties, and one unit's duties in detail."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.access import allowed_authorities, authority_or_404
from compliance.admin.exports import RowExportMixin
from compliance.catalogue.loader import load_catalogue
from compliance.models import FindingRecord
from compliance.presentation import duty_name, explanation
from compliance.queries.standing import latest_assessment, latest_findings
from compliance.wording import level_label, verification_label


class ComplianceMatrix(RowExportMixin, WagtailAdminTemplateMixin, TemplateView):
    """The latest assessment: a row a unit, a column a duty."""

    template_name = "compliance/admin/matrix.html"
    page_title = gettext_lazy("Publication duties")
    header_icon = "tasks"
    export_filename = "nghia-vu-cong-khai"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.units = list(allowed_authorities(request.user, FindingRecord))
        self.assessment = latest_assessment()
        codes = load_catalogue().codes
        by_cell = {
            (finding.authority_id, finding.duty): finding
            for finding in latest_findings(allowed_authorities(request.user, FindingRecord))
        }
        self.duties = [(code, duty_name(code)) for code in codes]
        self.rows = [(unit, [by_cell.get((unit.pk, code)) for code in codes]) for unit in self.units]
        if self.is_export:
            return self._export()
        return self.render_to_response(self.get_context_data(**kwargs))

    def _export(self) -> HttpResponse:
        self.prepare([_("Unit"), *[name for _code, name in self.duties]])
        rows = [[unit.display_name, *[_in_words(finding) for finding in cells]] for unit, cells in self.rows]
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
            assessment=self.assessment, duties=self.duties, rows=self.rows, states=FindingRecord.State.choices
        )
        return context


class UnitDuties(RowExportMixin, WagtailAdminTemplateMixin, TemplateView):
    """Every duty of one unit, with law, due date, evidence and the reason."""

    template_name = "compliance/admin/unit.html"
    header_icon = "tasks"
    export_filename = "nghia-vu-cong-khai-don-vi"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.unit = authority_or_404(request.user, FindingRecord, kwargs["authority"])
        self.findings = list(
            latest_findings(allowed_authorities(request.user, FindingRecord).filter(pk=self.unit.pk))
        )
        self.page_title = self.unit.display_name
        if self.is_export:
            self.prepare(
                [
                    _("Duty"),
                    _("State"),
                    _("Obligation"),
                    _("Due"),
                    _("Explanation"),
                    _("Legal basis"),
                    _("Verification"),
                    _("Evidence"),
                ]
            )
            rows = [
                [
                    duty_name(finding.duty),
                    finding.get_state_display(),
                    level_label(finding.level),
                    finding.due,
                    explanation(finding),
                    finding.law,
                    finding.verification,
                    finding.page_url,
                ]
                for finding in self.findings
            ]
            response: HttpResponse = self.as_spreadsheet(rows, request.GET.get("export"))
            return response
        return self.render_to_response(self.get_context_data(**kwargs))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("compliance_matrix"), "label": _("Publication duties")},
            {"url": "", "label": self.unit.display_name},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["assessment"] = latest_assessment()
        context["findings"] = [described(finding) for finding in self.findings]
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
    }


def _evidence_url(finding: FindingRecord) -> str:
    """The public page; a draft's editor, since it has no public address yet."""
    if finding.page_id and finding.published is None:
        return reverse("wagtailadmin_pages:edit", args=[finding.page_id])
    return finding.page_url


def _in_words(finding: FindingRecord | None) -> str:
    """A cell of the exported matrix: state, lateness and due date."""
    if finding is None:
        return ""
    parts = [finding.get_state_display()]
    if finding.is_late:
        parts.append(_("published late"))
    if finding.due:
        parts.append(f"{finding.due:%d/%m/%Y}")
    return ", ".join(parts)
