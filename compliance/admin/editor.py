"""The duties beside the text: a side panel in the editor of every page that can be evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.viewsets.pages import PageViewSet

from compliance.admin.access import authorities_for
from compliance.admin.alike.editor import AlikeSidePanel
from compliance.admin.matrix import described, described_item
from compliance.models import FindingRecord
from compliance.presentation import duty_name, law_text, passed_over
from compliance.queries.asked import Asked, asked_of
from compliance.queries.desk import FAILING_STATES
from compliance.queries.history import first_publication
from compliance.queries.pages import NEWS
from compliance.queries.standing import latest_assessment
from compliance.rules.deadlines import deadline_code
from compliance.rules.lookup import Term
from compliance.rules.months import local_date
from compliance.services.observe import observed_models
from compliance.wording import term_label
from sitepages.admin.editor import PortalEditView
from sitepages.disclosures import field_name
from sitepages.models import ArticleIndexPage, ArticlePage, Authority, SectionPage
from sitepages.models.base import BasePage
from sitepages.queries import authority_of
from sitepages.tongues import is_translation


class DutySidePanel(BaseSidePanel):
    """What the law asks of this section and of this very page, and when a person last looked at it."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Publication duties")
        icon_name = "tasks"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["count"] = sum(finding.state in FAILING_STATES for finding in self.panel.findings)
            return context

    name = "duties"
    title = _("Publication duties")
    template_name = "compliance/admin/side_panel.html"
    order = 150

    def __init__(self, page: Any, request: Any, section: str, authority: Authority) -> None:
        super().__init__(page, request)
        self.section, self.authority = section, authority
        self.assessment = latest_assessment()

    @cached_property
    def findings(self) -> Sequence[FindingRecord]:
        """The section's findings, those with something open on this page first."""
        rows = FindingRecord.objects.filter(
            assessment=self.assessment, authority=self.authority, section=self.section
        ).select_related("authority")
        found = list(rows.order_by("pk")) if self.assessment else []
        return sorted(found, key=lambda row: not self._own_items(row))

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        own = [(finding, item) for finding in self.findings for item in self._own_items(finding)]
        context["assessment"] = self.assessment
        context["own_items"] = [
            described_item(finding, item) | {"name": duty_name(finding.duty)} for finding, item in own
        ]
        context["findings"] = [described(finding) for finding in self.findings]
        asked = self._asked()
        if asked is not None:
            context["lacking"] = ", ".join(field_name(asked.requirement.code, code) for code in asked.lacking)
            context["due"] = _in_words(asked.term) if asked.term and not self.object.live else None
            context["kept"] = asked.kept and {
                "until": asked.kept.until,
                "published": asked.kept.published,
                "term": term_label(deadline_code(asked.kept.limit.deadline)),
                "law": law_text(asked.kept.limit.bases),
            }
        return context

    def _own_items(self, finding: FindingRecord) -> list[dict[str, Any]]:
        own = self.object.pk
        return [item for item in finding.open_items if own is not None and item["page"] == own]

    def _asked(self) -> Asked | None:
        """What this record, as it was last saved, owes; nothing for a new one, or a section itself."""
        page = self.object
        if page.pk is None or isinstance(page, SectionPage | ArticleIndexPage):
            return None
        published = first_publication(page.pk)
        if published is None and page.first_published_at:
            published = local_date(page.first_published_at)
        tier = self.authority.tier.code
        return asked_of(self.section, tier, page.facts(), published=published, today=timezone.localdate())


def _in_words(term: Term) -> dict[str, Any]:
    """A term as the panel says it: by when, how counted, on what basis."""
    return {
        "day": term.due,
        "trigger": term.trigger,
        "term": term_label(deadline_code(term.limit.deadline)),
        "law": law_text(term.limit.bases),
        "skipped": passed_over(term.counted.skipped),
    }


class DutyCreateView(CreateView):
    """The form of a new record: filled with what the task asks for, its section's duties beside it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if isinstance(self.page, BasePage):
            self.page.begin(request.GET.get("duty", "")[:60], request.GET.get("period", "")[:20])
        response: HttpResponse = super().get(request)
        return response

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()
        section = section_of(self.parent_page)
        authority = authority_of(self.parent_page) if section else None
        if authority and authorities_for(self.request.user, FindingRecord).filter(pk=authority.pk).exists():
            panels.append(DutySidePanel(self.page, self.request, section, authority))
        return panels


def section_of(page: Any) -> str:
    """The code of the section a page is, or stands under; "" elsewhere, and for translations: duties ask for
    what is published in Vietnamese."""
    if is_translation(page):
        return ""
    for each in (page, page.get_parent().specific if page.depth > 1 else None):
        if isinstance(each, SectionPage):
            return str(each.section)
        if isinstance(each, ArticleIndexPage):
            return NEWS
    return ""


class DutyEditView(PortalEditView):
    """The page editor with the duties' side panel, wherever a page belongs to a section."""

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()
        if self.expects_json_response:
            return panels
        if isinstance(self.page, ArticlePage):
            panels.append(AlikeSidePanel(self.page, self.request))
        section = section_of(self.page)
        authority = authority_of(self.page) if section else None
        if authority and authorities_for(self.request.user, FindingRecord).filter(pk=authority.pk).exists():
            panels.append(DutySidePanel(self.page, self.request, section, authority))
        return panels


def duty_page_viewsets() -> list[PageViewSet]:
    """One viewset for every page type that can be evidence, and for the sections themselves."""
    models: list[type[BasePage]] = [SectionPage, *observed_models()]
    return [
        type(
            f"{model.__name__}DutyViewSet",
            (PageViewSet,),
            {"model": model, "edit_view_class": DutyEditView, "add_view_class": DutyCreateView},
        )()
        for model in models
    ]
