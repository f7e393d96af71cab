"""The deadline beside the text: a side panel in the editors of sections and their records."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.viewsets.pages import PageViewSet

from compliance.admin.access import authorities_for
from compliance.admin.matrix import described
from compliance.models import FindingRecord
from compliance.queries.standing import latest_assessment, latest_findings
from sitepages.admin.editor import PortalEditView
from sitepages.models import (
    BudgetDisclosurePage,
    LegalDocumentPage,
    ProcurementPage,
    SectionPage,
    WorkSchedulePage,
)
from sitepages.queries import authority_of


class DutySidePanel(BaseSidePanel):
    """What the law asks of this section, how it stands, and when a person last looked at it."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Publication duties")
        icon_name = "tasks"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["count"] = sum(
                finding.state in (FindingRecord.State.OVERDUE, FindingRecord.State.MISSING)
                for finding in self.panel.findings
            )
            return context

    name = "duties"
    title = _("Publication duties")
    template_name = "compliance/admin/side_panel.html"
    order = 150

    def __init__(self, page: Any, request: Any) -> None:
        super().__init__(page, request)
        self.findings = list(self._findings())

    def _findings(self) -> Any:
        section = self.object if isinstance(self.object, SectionPage) else self.object.get_parent().specific
        authority = authority_of(self.object)
        if authority is None or not isinstance(section, SectionPage):
            return []
        mine = authorities_for(self.request.user, FindingRecord).filter(pk=authority.pk)
        return latest_findings(mine).filter(section=section.section)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        context["findings"] = [described(finding) for finding in self.findings]
        context["assessment"] = latest_assessment()
        return context


class DutyEditView(PortalEditView):
    """The page editor with the duty's side panel."""

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()
        if not self.expects_json_response:
            panels.append(DutySidePanel(self.page, self.request))
        return panels


def duty_page_viewsets() -> list[PageViewSet]:
    """One viewset for every page type of a section that carries duties."""
    return [
        type(
            f"{model.__name__}DutyViewSet", (PageViewSet,), {"model": model, "edit_view_class": DutyEditView}
        )()
        for model in (SectionPage, WorkSchedulePage, LegalDocumentPage, ProcurementPage, BudgetDisclosurePage)
    ]
