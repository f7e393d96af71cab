"""Correct what a closed period paid, by lines of the opposite amount in a period still open."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.periods import crumbs, period_or_404
from compliance.models import RemunerationEntry, RoyaltyEntry
from compliance.models.remuneration import HIGHEST_MONTHLY
from compliance.services import periods as steps
from compliance.services.remuneration import reverse_remuneration


class ReverseForm(forms.Form):
    """Which payment to take back, and why."""

    article = forms.IntegerField(
        min_value=1, max_value=2**63 - 1, label=gettext_lazy("Number of the article")
    )
    reason = forms.CharField(max_length=500, label=gettext_lazy("Reason"))
    pay_again = forms.BooleanField(
        required=False,
        label=gettext_lazy("Pay it anew in this period, at its present grade and contributions"),
    )


class ReverseView(WagtailAdminTemplateMixin, TemplateView):
    """Take back what closed periods paid for an article, within an open period."""

    template_name = "compliance/admin/reverse.html"
    header_icon = "history"
    page_title = gettext_lazy("Correct a payment")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        period = {"url": reverse("compliance_period", args=[self.period.pk]), "label": str(self.period)}
        return crumbs(period, {"url": "", "label": self.page_title})

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.period = period_or_404(request.user, kwargs["pk"], "change")
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ReverseForm(request.POST)
        if form.is_valid():
            chosen = form.cleaned_data
            try:
                made = steps.reverse_article(
                    chosen["article"],
                    into=self.period,
                    user=request.user,
                    reason=chosen["reason"],
                    pay_again=chosen["pay_again"],
                )
            except steps.PeriodError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("%(count)s lines were taken back.") % {"count": len(made)})
                return redirect("compliance_period", pk=self.period.pk)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.setdefault("form", ReverseForm(initial={"article": self.request.GET.get("article", "")[:19]}))
        context["period"] = self.period
        context["paid"] = (
            RoyaltyEntry.objects.frozen()
            .filter(period__authority=self.period.authority, reverses__isnull=True, reversed_by__isnull=True)
            .select_related("office", "period")
            .order_by("-published_on", "article_id")[:50]
        )
        return context


class RemunerationForm(forms.Form):
    """Which remuneration to take back, why, and what was right."""

    line = forms.IntegerField(min_value=1, max_value=2**63 - 1, label=gettext_lazy("Number of the line"))
    reason = forms.CharField(max_length=500, label=gettext_lazy("Reason"))
    instead = forms.IntegerField(
        min_value=0,
        max_value=HIGHEST_MONTHLY,
        required=False,
        label=gettext_lazy("Pay instead (đồng); empty: nothing"),
    )


class ReverseRemunerationView(WagtailAdminTemplateMixin, TemplateView):
    """Take back a remuneration that a closed period paid."""

    template_name = "compliance/admin/pay/reverse_remuneration.html"
    header_icon = "history"
    page_title = gettext_lazy("Correct a remuneration")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        period = {"url": reverse("compliance_period", args=[self.period.pk]), "label": str(self.period)}
        return crumbs(period, {"url": "", "label": self.page_title})

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.period = period_or_404(request.user, kwargs["pk"], "change")
        return super().dispatch(request, *args, **kwargs)

    def _closed(self) -> Any:
        return RemunerationEntry.objects.frozen().filter(
            period__authority=self.period.authority, reverses__isnull=True, reversed_by__isnull=True
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = RemunerationForm(request.POST)
        if form.is_valid():
            chosen = form.cleaned_data
            entry = self._closed().filter(pk=chosen["line"]).first()
            if entry is None:
                form.add_error("line", _("No closed line has this number, or it was taken back already."))
            else:
                try:
                    made = reverse_remuneration(
                        entry,
                        into=self.period,
                        user=request.user,
                        reason=chosen["reason"],
                        instead=chosen["instead"] or 0,
                    )
                except steps.PeriodError as error:
                    form.add_error(None, str(error))
                else:
                    messages.success(request, _("%(count)s lines were written.") % {"count": len(made)})
                    return redirect("compliance_period", pk=self.period.pk)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        line = self.request.GET.get("line", "")[:19]
        context.setdefault("form", RemunerationForm(initial={"line": line}))
        context["period"] = self.period
        context["paid"] = (
            self._closed().select_related("period__authority").order_by("-period", "person")[:50]
        )
        return context
