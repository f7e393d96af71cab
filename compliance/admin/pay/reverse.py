"""Correct what a closed period paid, by lines of the opposite amount in a period still open.

The line is found by title or person among all closed ones, and chosen by the button of its row.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.access import authorities_for
from compliance.admin.periods import crumbs, period_or_404
from compliance.models import PayPeriod, RemunerationEntry, RoyaltyEntry
from compliance.models.remuneration import HIGHEST_MONTHLY
from compliance.services import periods as steps
from compliance.services.remuneration import reverse_remuneration
from sitepages.text import nfc

PER_PAGE = 50


def _is_number(text: str) -> bool:
    return len(text) < 20 and text.isascii() and text.isdigit() and int(text) < 2**63


class TakeBack(View):
    """From a closed line to the page that takes it back, in the earliest period still open."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponse:
        mine = authorities_for(request.user, PayPeriod, "change")
        entry: Any = None
        for asked, model, key in (("article", RoyaltyEntry, "article_id"), ("line", RemunerationEntry, "pk")):
            number = request.GET.get(asked, "")
            if _is_number(number):
                rows = model.objects.frozen().filter(period__authority__in=mine, **{key: number})
                entry = rows.select_related("period").first()
                break
        if entry is None:
            raise Http404
        still_open = PayPeriod.objects.filter(
            authority=entry.period.authority_id, status__in=PayPeriod.MOVING
        )
        period = still_open.order_by("first_day").first()
        if period is None:
            messages.error(request, _("Open a pay period first: what is taken back is written there."))
            return redirect("compliance_periods")
        name = "compliance_reverse" if asked == "article" else "compliance_reverse_remuneration"
        return redirect(f"{reverse(name, args=[period.pk])}?{urlencode({asked: number})}")


class _ReversePage(WagtailAdminTemplateMixin, TemplateView, ABC):
    """A closed line is chosen, by its number, and taken back within an open period.

    ``asked`` is the field that names the line, in the form and in the address; ``key`` its column, and
    ``sought`` the columns that are searched. ``model`` is the kind of line, read with ``beside``, in
    ``order``.
    """

    header_icon = "history"
    form_class: type[forms.Form]
    asked: str
    key: str
    sought: tuple[str, ...]
    model: Any
    beside: tuple[str, ...]
    order: tuple[str, ...]
    done: Any = ""

    def closed(self) -> Any:
        """The closed lines of the portal that can be taken back."""
        rows = self.model.objects.frozen().filter(
            period__authority=self.period.authority, reverses__isnull=True, reversed_by__isnull=True
        )
        return rows.select_related(*self.beside).order_by(*self.order)

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
        number = (self.request.POST or self.request.GET).get(self.asked, "")[:19]
        context.setdefault("form", self.form_class(initial={self.asked: number}))
        rows, words = self.closed(), nfc(self.request.GET.get("q", "")).strip()[:200]
        chosen = list(rows.filter(**{self.key: number})[:10]) if _is_number(number) else []
        for word in words.split():
            rows = rows.filter(reduce(or_, (Q(**{f"{name}__icontains": word}) for name in self.sought)))
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("p"))
        context.update(
            period=self.period,
            words=words,
            page=page,
            paid=page.object_list,
            asked=urlencode({"q": words}),
            chosen=chosen,
            gone=bool(number) and not chosen,
        )
        if chosen:
            context["form"].fields[self.asked].widget = forms.HiddenInput()
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
    asked, key = "article", "article_id"
    model, beside = RoyaltyEntry, ("office", "period")
    order = ("-published_on", "article_id", "pk")
    sought = ("title", "person", "contributor__name")
    done = gettext_lazy("%(count)s lines were taken back.")

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
    asked, key = "line", "pk"
    model, beside = RemunerationEntry, ("period__authority",)
    order = ("-period__first_day", "person", "pk")
    sought = ("person", "position", "contributor__name")
    done = gettext_lazy("%(count)s lines were written.")

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
