"""One duty of one unit through time: when its state changed, and what happened to its pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.access import authority_or_404
from compliance.admin.matrix import described
from compliance.catalogue.loader import load_catalogue
from compliance.models import FindingRecord
from compliance.presentation import duty_name
from compliance.queries import history
from compliance.queries.standing import latest_assessment
from compliance.wording import period_label

EVENTS: Mapping[str, Promise] = {
    history.FIRST_DRAFT: gettext_lazy("noted, not public yet"),
    history.PUBLISHED: gettext_lazy("made public"),
    history.AGAIN: gettext_lazy("public again"),
    history.REMOVED: gettext_lazy("taken down"),
    history.FORGOTTEN: gettext_lazy("draft deleted"),
    history.CONFIRMED: gettext_lazy("confirmed as still correct"),
    history.ANSWERED: gettext_lazy("answered"),
    history.CHANGED: gettext_lazy("changed by a person"),
    history.DETAILS: gettext_lazy("details changed"),
}


class DutyHistory(WagtailAdminTemplateMixin, TemplateView):
    """The history of one cell of the heat map."""

    template_name = "compliance/admin/history.html"
    header_icon = "history"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.unit = authority_or_404(request.user, FindingRecord, kwargs["authority"])
        self.duty = kwargs["duty"]
        self.changes = history.state_changes(self.unit, self.duty)
        if not self.changes and self.duty not in load_catalogue().codes:
            raise Http404
        self.page_title = duty_name(self.duty)
        self.page_subtitle = self.unit.display_name
        return self.render_to_response(self.get_context_data(**kwargs))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("compliance_matrix"), "label": _("Publication duties")},
            {"url": reverse("compliance_unit", args=[self.unit.code]), "label": self.unit.display_name},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        latest = latest_assessment()
        rows = FindingRecord.objects.filter(assessment=latest, authority=self.unit, duty=self.duty)
        now = rows.select_related("authority").first() if latest else None
        context.update(
            unit=self.unit,
            duty=self.duty,
            assessment=latest,
            now=described(now) if now else None,
            changes=[described(each) | {"before": each.before} for each in self.changes],  # type: ignore[attr-defined]
            events=[
                {
                    "said": EVENTS[each.code],
                    "row": each.observation,
                    "period": period_label(each.observation.period),
                }
                for each in history.page_events(self.unit, self.duty)
            ],
        )
        return context
