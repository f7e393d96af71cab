"""Payments made: the year's list, one of them with its voucher, advances, and taking back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from compliance.admin.access import authorities_for
from compliance.admin.pay.common import (
    DATE,
    PayPage,
    as_file,
    chosen_unit,
    chosen_year,
    may,
    payment_or_404,
    sees_payees,
    tax_reason_label,
)
from compliance.models import Payment
from compliance.queries.payments import standing
from compliance.queries.runs import runs_of_year
from compliance.reports.layout import docx_bytes
from compliance.reports.payment import voucher_of
from compliance.reports.pdf import pdf_bytes
from compliance.services.payments import HIGHEST_ADVANCE, PaymentError, cancel_payment, pay_advance
from sitepages.models import Contributor


class PaymentList(PayPage):
    """A year's payments of one portal, with what is still owed."""

    template_name = "compliance/admin/pay/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        unit, units = chosen_unit(self.request, Payment)
        own = Payment.objects.filter(authority=unit)
        newest = own.order_by("-year").values_list("year", flat=True).first()
        year = chosen_year(self.request, timezone.localdate())
        if "year" not in self.request.GET and newest:
            year = newest
        rows = list(own.filter(year=year).select_related("reverses", "reversed_by").order_by("-number"))
        years = sorted({year, *own.values_list("year", flat=True).distinct()}, reverse=True)
        context.update(
            unit=unit,
            units=units,
            year=year,
            years=years,
            rows=rows,
            runs=runs_of_year(unit, year),
            sums={
                name: sum(getattr(row, name) for row in rows) for name in ("gross", "tax", "set_off", "net")
            },
            standing=standing(unit),
            may_pay=may(self.request.user, unit, Payment, "add"),
            sees_payees=sees_payees(self.request.user, unit),
        )
        return context


class CancelForm(forms.Form):
    """Why a payment is taken back, and on which day."""

    reason = forms.CharField(max_length=500, label=gettext_lazy("Reason"))
    paid_on = forms.DateField(widget=DATE, label=gettext_lazy("Day it is taken back"))


class PaymentDetail(PayPage):
    """One payment with its lines; by POST it is taken back."""

    template_name = "compliance/admin/pay/payment.html"
    above = ("compliance_payments", gettext_lazy("Payments"))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.payment = payment_or_404(request.user, kwargs["pk"])
        self.page_title = _("Payment %(number)s") % {"number": self.payment.code}
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        payment = payment_or_404(request.user, self.payment.pk, "change")
        form = CancelForm(request.POST)
        if form.is_valid():
            try:
                made = cancel_payment(
                    payment,
                    reason=form.cleaned_data["reason"],
                    paid_on=form.cleaned_data["paid_on"],
                    today=timezone.localdate(),
                    user=request.user,
                    now=timezone.now(),
                )
            except PaymentError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("The payment was taken back; its lines are owed again."))
                return redirect("compliance_payment", pk=made.pk)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        payment = self.payment
        context.setdefault("form", CancelForm(initial={"paid_on": timezone.localdate()}))
        context.update(
            payment=payment,
            lines=payment.paid_lines.select_related(
                "royalty__period__authority", "remuneration__period__authority"
            ),
            why=tax_reason_label(payment.tax_reason),
            may_cancel=may(self.request.user, payment.authority, Payment, "change")
            and payment.reverses_id is None
            and not payment.is_cancelled,
        )
        return context


class PaymentVoucher(View):
    """The voucher of a payment, for Word or as PDF."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        payment = payment_or_404(request.user, pk)
        kind = "pdf" if request.GET.get("kind") == "pdf" else "docx"
        with translation.override("vi"):
            write = pdf_bytes if kind == "pdf" else docx_bytes
            content = write(voucher_of(payment), made_at=payment.made_at)
        return as_file(content, f"phieu-chi-{payment.year}-{payment.number:04d}", kind)


class AdvanceForm(forms.Form):
    """Whom to advance how much, when, and for what."""

    contributor = forms.ModelChoiceField(Contributor.objects.none(), label=gettext_lazy("Person"))
    amount = forms.IntegerField(min_value=1, max_value=HIGHEST_ADVANCE, label=gettext_lazy("Sum (đồng)"))
    paid_on = forms.DateField(widget=DATE, label=gettext_lazy("Day of payment"))
    reason = forms.CharField(max_length=500, label=gettext_lazy("What for"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = authorities_for(user, Payment, "add")
        self.fields["contributor"].queryset = (  # type: ignore[attr-defined]
            Contributor.objects.filter(authority__in=units).select_related("office", "authority")
        )


class AdvanceView(PayPage):
    """Hand out an advance."""

    template_name = "compliance/admin/pay/advance.html"
    page_title = gettext_lazy("Pay an advance")
    above = ("compliance_payments", gettext_lazy("Payments"))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not authorities_for(request.user, Payment, "add").exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = AdvanceForm(request.POST, user=request.user)
        if form.is_valid():
            chosen = form.cleaned_data
            try:
                made = pay_advance(
                    chosen["contributor"],
                    chosen["amount"],
                    paid_on=chosen["paid_on"],
                    today=timezone.localdate(),
                    reason=chosen["reason"],
                    user=request.user,
                    now=timezone.now(),
                )
            except PaymentError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("The advance was paid. It is set off against the next payment."))
                return redirect("compliance_payment", pk=made.pk)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if "form" not in context:
            context["form"] = AdvanceForm(initial={"paid_on": timezone.localdate()}, user=self.request.user)
        return context
