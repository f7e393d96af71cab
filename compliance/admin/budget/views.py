"""The year's money by line: given, spent, left, forecast; and the spendings behind it."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput

from compliance.admin.access import allowed_authorities, authorities_for
from compliance.admin.budget.lines import shown_lines, warnings
from compliance.admin.exports import RowExportMixin
from compliance.admin.scoping import policy_for
from compliance.models import BudgetKind, RoyaltyBudget, Spending
from compliance.queries.budget import budget_forecast, budget_standing, years_known
from compliance.rules.fees import MOST_DONG
from compliance.rules.months import FIRST_YEAR, LAST_YEAR
from compliance.services.spending import SpendingError, reverse_spending, spend
from sitepages.models import Authority


def _crumbs(*last: dict[str, Any]) -> list[dict[str, Any]]:
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    return [home, {"url": reverse("compliance_budget"), "label": _("The year's money")}, *last]


class ChosenYear:
    """The portal and year asked for; 404 for another's or for no year."""

    request: HttpRequest
    portal: Authority
    year: int

    def choose(self, model: Any) -> None:
        self.portals = allowed_authorities(self.request.user, model)
        code = self.request.GET.get("authority", "")[:50]
        portal = self.portals.filter(code=code).first() if code else self.portals.first()
        if portal is None:
            raise Http404
        self.portal = portal
        self.years = sorted({*years_known(portal), timezone.localdate().year}, reverse=True)
        asked = self.request.GET.get("year", "")
        if not asked:
            known = [year for year in self.years if budget_standing(portal, year).amount]
            self.year = known[0] if known else self.years[0]
        elif len(asked) == 4 and asked.isascii() and asked.isdecimal():
            self.year = int(asked)
        else:
            raise Http404
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise Http404

    def chosen(self) -> dict[str, Any]:
        query = f"authority={self.portal.code}&year={self.year}"
        years = sorted({*self.years, self.year}, reverse=True)
        return {
            "portal": self.portal,
            "portals": self.portals,
            "year": self.year,
            "years": years,
            "query": query,
        }


class BudgetView(ChosenYear, RowExportMixin, WagtailAdminTemplateMixin, TemplateView):
    """The year's money by line."""

    template_name = "compliance/admin/budget/year.html"
    page_title = gettext_lazy("The year's money")
    header_icon = "list-ul"
    export_filename = "kinh-phi"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return _crumbs()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.choose(RoyaltyBudget)
        today = timezone.localdate()
        self.standing = budget_standing(self.portal, self.year)
        self.forecast = budget_forecast(self.portal, self.year, today)
        self.lines = shown_lines(self.standing, self.forecast)
        self.prepare(
            [
                _("Line"),
                _("Given (đồng)"),
                _("Spent (đồng)"),
                _("Left (đồng)"),
                _("Spent (%)"),
                _("Expected at the year's end (đồng)"),
            ],
            sums=(1, 2, 3, 5),
        )
        if self.is_export:
            rows = [
                [line.name, line.given, line.spent, line.left, line.percent, line.expected]
                for line in self.lines
            ]
            response: HttpResponse = self.as_spreadsheet(rows, request.GET.get("export"))
            return response
        return self.render_to_response(self.get_context_data(**kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        royalties = self.forecast[BudgetKind.ROYALTIES]
        context.update(
            self.chosen(),
            standing=self.standing,
            lines=self.lines,
            royalties=royalties,
            warnings=warnings(self.standing, self.lines),
            sees_spendings=authorities_for(self.request.user, Spending).filter(pk=self.portal.pk).exists(),
        )
        return context


class SpendingForm(forms.Form):
    """A spending as the accountant enters it."""

    day = forms.DateField(
        label=gettext_lazy("Date"), widget=AdminDateInput, input_formats=["%Y-%m-%d", "%d/%m/%Y"]
    )
    kind = forms.ChoiceField(label=gettext_lazy("Line"), choices=BudgetKind.choices, initial="stationery")
    amount = forms.RegexField(
        r"^\s*[0-9]{1,3}(?:\.[0-9]{3})+\s*$|^\s*[0-9]{1,16}\s*$",
        label=gettext_lazy("Amount (đồng)"),
        error_messages={"invalid": gettext_lazy("Write whole đồng, for example 8.620.000 or 8620000.")},
    )
    document_number = forms.CharField(max_length=100, label=gettext_lazy("Document number"))
    note = forms.CharField(max_length=500, required=False, label=gettext_lazy("Note"))

    def clean_amount(self) -> int:
        amount = int(self.cleaned_data["amount"].strip().replace(".", ""))
        if not 0 < amount <= MOST_DONG:
            raise forms.ValidationError(_("Write the amount in whole đồng, above 0."))
        return amount

    def clean_day(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["day"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(_("The year is out of range."))
        return day


class SpendingList(ChosenYear, RowExportMixin, WagtailAdminTemplateMixin, TemplateView):
    """The spendings of a year, and a form to enter one."""

    template_name = "compliance/admin/budget/spendings.html"
    page_title = gettext_lazy("Spendings")
    header_icon = "list-ul"
    export_filename = "khoan-chi"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return _crumbs({"url": "", "label": self.page_title})

    def _may_add(self) -> bool:
        return bool(authorities_for(self.request.user, Spending, "add").filter(pk=self.portal.pk).exists())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.choose(Spending)
        self._read()
        self.prepare(
            [
                _("Date"),
                _("Line"),
                _("Amount (đồng)"),
                _("Document number"),
                _("Note"),
                _("Takes back"),
                _("Entered by"),
            ]
        )
        if self.is_export:
            rows = [
                [
                    row.day,
                    row.get_kind_display(),
                    row.amount,
                    row.document_number,
                    row.note,
                    row.reverses_id or "",
                    _name(row.entered_by),
                ]
                for row in self.rows
            ]
            response: HttpResponse = self.as_spreadsheet(rows, request.GET.get("export"))
            return response
        return self.render_to_response(self.get_context_data(**kwargs))

    def _read(self) -> None:
        self.rows = list(
            Spending.objects.filter(authority=self.portal, day__year=self.year).select_related(
                "entered_by", "reverses", "reversed_by"
            )
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.choose(Spending)
        if not self._may_add():
            raise PermissionDenied
        form = SpendingForm(request.POST)
        if form.is_valid():
            try:
                row = spend(
                    self.portal,
                    **form.cleaned_data,
                    user=request.user,
                    now=timezone.now(),
                    today=timezone.localdate(),
                )
            except SpendingError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("The spending was entered."))
                query = f"authority={self.portal.code}&year={row.day.year}"
                return redirect(f"{reverse('compliance_spendings')}?{query}")
        self._read()
        self.prepare([])
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if "form" not in context and self._may_add():
            context["form"] = SpendingForm(initial={"day": timezone.localdate()})
        context.update(
            self.chosen(),
            rows=self.rows,
            total=sum(row.amount for row in self.rows),
            may_add=self._may_add(),
        )
        return context


class SpendingReverse(WagtailAdminTemplateMixin, TemplateView):
    """Take a spending back."""

    template_name = "compliance/admin/budget/reverse.html"
    page_title = gettext_lazy("Take the spending back")
    header_icon = "history"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        spendings = {"url": reverse("compliance_spendings"), "label": _("Spendings")}
        return _crumbs(spendings, {"url": "", "label": self.page_title})

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        rows = policy_for(Spending).instances_user_has_any_permission_for(request.user, ["add"])
        row = rows.filter(pk=kwargs["pk"]).select_related("authority").first()
        if row is None:
            raise Http404
        self.row: Spending = row
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reason = request.POST.get("reason", "")[:500]
        try:
            reverse_spending(self.row, reason=reason, user=request.user, now=timezone.now())
        except SpendingError as error:
            return self.render_to_response(self.get_context_data(fault=str(error), reason=reason))
        messages.success(request, _("The spending was taken back."))
        query = f"authority={self.row.authority.code}&year={self.row.day.year}"
        return redirect(f"{reverse('compliance_spendings')}?{query}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "row": self.row}


def _name(user: Any) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""
