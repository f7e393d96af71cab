"""The dashboard: what is overdue and due soon."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import ngettext
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component

from compliance.admin.access import authorities_for, own_authorities
from compliance.admin.matrix import described
from compliance.models import FindingRecord
from compliance.queries.standing import latest_assessment, latest_findings, pressing_findings
from sitepages.queries import section_page

State = FindingRecord.State


class _Pressing:
    """The pressing findings a user may see, read once a page."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def findings(self) -> list[FindingRecord]:
        return pressing_findings(authorities_for(self.request.user, FindingRecord))


class DutiesPanel(Component):
    """Own unit in full; other units one line each."""

    name = "duties"
    template_name = "compliance/admin/home_panel.html"
    order = 230  # below what waits for one's approval

    def __init__(self, pressing: _Pressing) -> None:
        self.pressing = pressing

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = self.pressing.request.user
        own = set(own_authorities(user).values_list("pk", flat=True))
        mine = [finding for finding in self.pressing.findings if finding.authority_id in own]
        others: dict[Any, Counter[str]] = {}
        for unit in authorities_for(user, FindingRecord).exclude(pk__in=own):
            others[unit] = Counter()
        for finding in self.pressing.findings:
            if finding.authority_id not in own:
                others[finding.authority][finding.state] += 1
        return {
            "assessment": latest_assessment(),
            "mine": [described(finding) | {"edit_url": self._edit_url(finding)} for finding in mine],
            "others": [
                {
                    "unit": unit,
                    "late": counts[State.OVERDUE] + counts[State.MISSING],
                    "soon": counts[State.DUE_SOON],
                    "url": reverse("compliance_unit", args=[unit.code]),
                }
                for unit, counts in others.items()
            ],
            "matrix_url": reverse("compliance_matrix"),
            "judged": latest_findings(own_authorities(user)).exists(),
        }

    @staticmethod
    def _edit_url(finding: FindingRecord) -> str:
        page = section_page(finding.authority, finding.section)
        return reverse("wagtailadmin_explore", args=[page.pk]) if page else ""


class DutiesSummary(SummaryItem):
    """“3 overdue”, leading to the matrix."""

    order = 400
    template_name = "compliance/admin/summary_item.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        findings = _Pressing(self.request).findings
        counts = Counter(finding.state for finding in findings)
        late = counts[State.OVERDUE]
        return {
            "late": late,
            "late_text": ngettext("overdue duty", "overdue duties", late),
            "missing": counts[State.MISSING],
            "soon": counts[State.DUE_SOON],
            "url": reverse("compliance_matrix"),
        }

    def is_shown(self) -> bool:
        return authorities_for(self.request.user, FindingRecord).exists()


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Hook body: the panel, for those who may see findings."""
    if authorities_for(request.user, FindingRecord).exists():
        panels.append(DutiesPanel(_Pressing(request)))


def add_summary(request: HttpRequest, items: list[SummaryItem]) -> None:
    """Hook body: the summary item."""
    items.append(DutiesSummary(request))
