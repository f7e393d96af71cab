"""The list of activity reports and the form that begins one."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.access import allowed_authorities, authorities_for
from compliance.admin.activity import access
from compliance.admin.activity.forms import PeriodForm
from compliance.admin.acts.common import paged
from compliance.admin.counts import default_period
from compliance.admin.scoping import policy_for
from compliance.models import ActivityReport
from compliance.queries.activity import activity
from compliance.queries.contributions import has_articles
from compliance.reports.activity_begin import first_letter, first_text
from compliance.rules.stretches import Stretch
from compliance.services.activity import ReportError, start_report


class ReportPage(WagtailAdminTemplateMixin, TemplateView):
    """What every page about activity reports looks like."""

    header_icon = "doc-full"
    steps: tuple[tuple[str, Any], ...] = ()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return access.crumbs(*self.steps, ("", self.page_title))


class ReportList(ReportPage):
    """Drafts the user may write, issued reports the user may read."""

    template_name = "compliance/admin/activity/list.html"
    page_title = gettext_lazy("Activity reports")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*access.crumbs()[:1], {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        if not policy_for(ActivityReport).user_has_any_permission(user, ["view", "change"]):
            raise PermissionDenied
        context: dict[str, Any] = super().get_context_data(**kwargs)
        rows = access.readable(user).select_related("issued_by", "made_by", "replaced_by")
        code = self.request.GET.get("authority", "")[:50]
        portals = list(authorities_for(user, ActivityReport, "view"))
        if code and code not in {portal.code for portal in portals}:
            raise Http404
        context.update(
            page=paged(self.request, rows.filter(authority__code=code) if code else rows),
            portals=portals if len(portals) > 1 else [],
            chosen=code,
            may_add=policy_for(ActivityReport).user_has_permission(user, "add"),
        )
        return context


class ReportAdd(ReportPage):
    """Begin a report: its text is drafted from the figures."""

    template_name = "compliance/admin/activity/add.html"
    page_title = gettext_lazy("New activity report")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.portals = allowed_authorities(request.user, ActivityReport, "add")
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PeriodForm(request.POST, portals=self.portals)
        code = request.POST.get("authority", "")[:50]
        if code and not self.portals.filter(code=code).exists():
            raise Http404
        if form.is_valid():
            chosen, now, today = form.cleaned_data, timezone.now(), timezone.localdate()
            unit, days = chosen["authority"], Stretch(chosen["first"], chosen["last"])
            letter = first_letter(unit)
            data = activity(unit, days, on=today, today=today)
            try:
                made = start_report(
                    unit, days, letter=letter, parts=first_text(data, letter), user=request.user, now=now
                )
            except ReportError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("The report was drafted from the figures of the period."))
                return redirect("compliance_activity_report", pk=made.pk)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        unit, today = self.portals.first(), timezone.localdate()
        first, last = _last_half(today)
        if unit is not None and not has_articles(unit, first, last):
            begin, end = default_period(unit, today)
            if has_articles(unit, begin.first, end.last):
                first, last = begin.first, end.last
        initial = {"first": first, "last": last, "authority": unit}
        context.setdefault("form", PeriodForm(initial=initial, portals=self.portals))
        return context


def _last_half(today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The half-year that is over."""
    if today.month <= 6:
        return datetime.date(today.year - 1, 7, 1), datetime.date(today.year - 1, 12, 31)
    return datetime.date(today.year, 1, 1), datetime.date(today.year, 6, 30)
