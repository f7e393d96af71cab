"""The page of heads of office: portals side by side, charts, one portal's offices, a way into each cell."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.access import allowed_authorities, authority_or_404
from compliance.admin.counts import TableForm, default_period
from compliance.admin.credits.charts import Chart, lying, standing
from compliance.models import DigestStop
from compliance.queries.heads import is_head
from compliance.queries.overview import OfficeLine, Overview, UnitLine, overview
from compliance.rules.months import Month
from compliance.services.summaries import want_summaries
from sitepages.models import Authority, Contribution


class OverviewForm(TableForm):
    """Which months, and whose offices are shown in full."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["group"]
        self.fields["authority"] = forms.ModelChoiceField(
            self.fields["authority"].queryset,  # type: ignore[attr-defined]
            to_field_name="code",
            empty_label=None,
            label=gettext_lazy("Offices of"),
        )


class OverviewPage(WagtailAdminTemplateMixin, TemplateView):
    """Read-only: nothing here changes an article, a grade or a quota."""

    template_name = "compliance/admin/credits/overview.html"
    page_title = gettext_lazy("Overview of articles")
    header_icon = "table"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        units = list(allowed_authorities(self.request.user, Contribution))
        form = OverviewForm(self._asked(units), user=self.request.user)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["form"] = form
        if form.is_valid():
            chosen = form.cleaned_data
            found = overview(units, chosen["first"], chosen["last"])
            line = next(each for each in found.units if each.unit == chosen["authority"])
            context.update(found=found, line=line, shown=[self._row(each, found) for each in line.offices])
            context["units"] = [(each, self._address(each.unit, found)) for each in found.units]
            context["charts"] = _charts(found, line)
            context["has_quotas"] = any(each.owed for each in line.offices)
            context.update(self._letter(line.unit))
        return context

    def _asked(self, units: list[Authority]) -> Any:
        data = self.request.GET.copy()
        code = data.get("authority", "")[:50]
        unit = next((each for each in units if each.code == code), None) if code else units[0]
        if unit is None:
            raise Http404
        data["authority"] = unit.code
        if not (data.get("first") and data.get("last")):
            data["first"], data["last"] = map(str, default_period(unit, timezone.localdate()))
        return data

    @staticmethod
    def _address(unit: Authority, found: Overview) -> str:
        asked = {"authority": unit.code, "first": str(found.months[0]), "last": str(found.months[-1])}
        return f"{reverse('compliance_overview')}?{urlencode(asked)}#offices"

    @staticmethod
    def _row(line: OfficeLine, found: Overview) -> dict[str, Any]:
        unit, office = line.office.authority.code, line.office.code
        cells = [
            (number, reverse("compliance_cell", args=[unit, office, str(month)]) if number else "")
            for number, month in zip(line.counts, found.months, strict=True)
        ]
        return {"line": line, "cells": cells}

    def _letter(self, unit: Authority) -> dict[str, Any]:
        user: Any = self.request.user
        if not is_head(user, unit):
            return {"is_head": False}
        stopped = DigestStop.objects.filter(authority=unit, user=user).exists()
        return {"is_head": True, "wants_letter": not stopped}


class DigestChoice(View):
    """A head of office turns the monthly letter on or off."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, authority: str) -> HttpResponse:
        unit = authority_or_404(request.user, Contribution, authority)
        if not is_head(request.user, unit):
            raise PermissionDenied
        wanted = request.POST.get("wanted") == "yes"
        want_summaries(unit, user=request.user, wanted=wanted, now=timezone.now())
        text = _("The monthly letter is on.") if wanted else _("The monthly letter is off.")
        messages.success(request, text)
        return redirect(f"{reverse('compliance_overview')}?{urlencode({'authority': unit.code})}")


def _charts(found: Overview, line: UnitLine) -> list[tuple[str, Chart]]:
    name, period = str(line.unit), f"{_label(found.months[0])} – {_label(found.months[-1])}"
    sums = {"unit": name, "period": period, "number": line.total}
    by_month = standing(
        "months",
        _("Articles by month, %(unit)s, %(period)s") % sums,
        _("%(number)s articles in all; the figures stand in the table below.") % sums,
        [
            (_label(month), number, "")
            for month, number in zip(found.months, line.counts or [0] * len(found.months), strict=True)
        ],
    )
    offices = sorted((each for each in line.offices if each.total), key=lambda each: -each.total)
    by_office = lying(
        "offices-chart",
        _("Articles by office, %(unit)s, %(period)s") % sums,
        _("%(number)s articles in all; the figures stand in the table below.") % sums,
        [(each.office.short_name, each.total, "") for each in offices],
    )
    return [("standing", by_month), *([("lying", by_office)] if offices else [])]


def _label(month: Month) -> str:
    return f"{month.month:02d}/{month.year}"
