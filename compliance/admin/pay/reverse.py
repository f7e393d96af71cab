"""Correct what a closed period paid, by lines of the opposite amount in a period still open."""

from __future__ import annotations

from abc import ABC, abstractmethod
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


class _ReversePage(WagtailAdminTemplateMixin, TemplateView, ABC):
    """A closed line is chosen, by its number, and taken back within an open period.

    ``asked`` is the field that names the line, in the form and in the address.
    """

    header_icon = "history"
    form_class: type[forms.Form]
    asked: str
    done: Any = ""

    @abstractmethod
    def closed(self) -> Any:
        """The closed lines of the portal that can be taken back."""

    @abstractmethod
    def take_back(self, form: Any) -> int | None:
        """Write the lines: how many; None when the form now tells what is wrong. PeriodError."""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        period = {"url": reverse("compliance_period", args=[self.period.pk]), "label": str(self.period)}
        return crumbs(period, {"url": "", "label": self.page_title})

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.period = period_or_404(request.user, kwargs["pk"], "change")
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form_class(request.POST)
        if form.is_valid():
            try:
                made = self.take_back(form)
            except steps.PeriodError as error:
                form.add_error(None, str(error))
            else:
                if made is not None:
                    messages.success(request, self.done % {"count": made})
                    return redirect("compliance_period", pk=self.period.pk)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        number = self.request.GET.get(self.asked, "")[:19]
        context.setdefault("form", self.form_class(initial={self.asked: number}))
        context.update(period=self.period, paid=self.closed()[:50])
        return context


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


class ReverseView(_ReversePage):
    """Take back what closed periods paid for an article, within an open period."""

    template_name = "compliance/admin/reverse.html"
    page_title = gettext_lazy("Correct a payment")
    form_class = ReverseForm
    asked = "article"
    done = gettext_lazy("%(count)s lines were taken back.")

    def closed(self) -> Any:
        return (
            RoyaltyEntry.objects.frozen()
            .filter(period__authority=self.period.authority, reverses__isnull=True, reversed_by__isnull=True)
            .select_related("office", "period")
            .order_by("-published_on", "article_id")
        )

    def take_back(self, form: Any) -> int | None:
        chosen = form.cleaned_data
        made = steps.reverse_article(
            chosen["article"],
            into=self.period,
            user=self.request.user,
            reason=chosen["reason"],
            pay_again=chosen["pay_again"],
        )
        return len(made)


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


class ReverseRemunerationView(_ReversePage):
    """Take back a remuneration that a closed period paid."""

    template_name = "compliance/admin/pay/reverse_remuneration.html"
    page_title = gettext_lazy("Correct a remuneration")
    form_class = RemunerationForm
    asked = "line"
    done = gettext_lazy("%(count)s lines were written.")

    def closed(self) -> Any:
        return (
            RemunerationEntry.objects.frozen()
            .filter(period__authority=self.period.authority, reverses__isnull=True, reversed_by__isnull=True)
            .select_related("period__authority")
            .order_by("-period", "person")
        )

    def take_back(self, form: Any) -> int | None:
        chosen = form.cleaned_data
        entry = self.closed().filter(pk=chosen["line"]).first()
        if entry is None:
            form.add_error("line", _("No closed line has this number, or it was taken back already."))
            return None
        made = reverse_remuneration(
            entry,
            into=self.period,
            user=self.request.user,
            reason=chosen["reason"],
            instead=chosen["instead"] or 0,
        )
        return len(made)
