"""Files of payments: the list to be signed, the treasury's, and the year's tax certificates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from compliance.admin.exports import guarded
from compliance.admin.pay.common import PayPage, as_file, chosen_unit, chosen_year, may, sees_payees
from compliance.admin.pay.payees import unreadable
from compliance.admin.periods import period_or_404
from compliance.models import Payee, PayeeReading, Payment, PayPeriod
from compliance.queries.payments import bases_of_period, payments_of_period, pieces, tax_year
from compliance.reports.layout import docx_bytes
from compliance.reports.payment import payment_list, voucher_of
from compliance.reports.pdf import pdf_bytes
from compliance.reports.sheet import csv_bytes, xlsx_bytes
from compliance.services.payees import has_values, read_payees
from compliance.services.sealing import SealError

Occasion = PayeeReading.Occasion


class PaymentListFile(View):
    """What a period paid: ``docx`` and ``pdf`` to be signed, ``vouchers`` of all payees in one PDF,
    ``xlsx`` and ``csv`` with accounts for the treasury."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        period = period_or_404(request.user, pk)
        kinds = ("docx", "pdf", "vouchers", "xlsx", "csv")
        if kind not in kinds or not may(request.user, period.authority, Payment, "view"):
            raise Http404
        if kind in ("xlsx", "csv") and not sees_payees(request.user, period.authority):
            raise Http404
        payments = payments_of_period(period)
        counted = pieces(payments)
        name = f"chi-tra-{period.first_day:%Y-%m}"
        if kind == "vouchers":
            if not payments:
                raise Http404
            with translation.override("vi"):
                content = pdf_bytes(*map(voucher_of, payments), made_at=payments[-1].made_at)
            return as_file(content, f"phieu-{name}", "pdf")
        if kind in ("docx", "pdf"):
            day = max((payment.paid_on for payment in payments), default=timezone.localdate())
            with translation.override("vi"):
                document = payment_list(period, payments, counted, bases=bases_of_period(period), day=day)
                write = pdf_bytes if kind == "pdf" else docx_bytes
                return as_file(write(document, made_at=timezone.now()), name, kind)
        try:
            head, rows = _treasury(request.user, period, payments, counted)
        except SealError:
            messages.error(request, unreadable())
            return redirect("compliance_period", pk=period.pk)
        return as_file(_table(kind, _("Payments"), head, rows, money={5, 6, 7, 8}), name, kind)


class TaxList(PayPage):
    """The certificates of tax withheld in a year: whose are due, and what they still lack."""

    template_name = "compliance/admin/pay/tax.html"
    page_title = gettext_lazy("Tax certificates")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.unit, self.units = chosen_unit(request, Payee)
        self.year = chosen_year(request, timezone.localdate())
        if "year" not in request.GET:
            paid = Payment.objects.filter(authority=self.unit).order_by("-year")
            self.year = paid.values_list("year", flat=True).first() or self.year
        kind = request.GET.get("export", "")
        if kind not in ("xlsx", "csv"):
            return self.render_to_response(self.get_context_data(**kwargs))
        people = tax_year(self.unit, self.year)
        payees = [each.payee for each in people if each.payee]
        try:
            values = read_payees(payees, occasion=Occasion.TAX_LIST, user=request.user, now=timezone.now())
        except SealError:
            messages.error(request, unreadable())
            asked = urlencode({"authority": self.unit.code, "year": self.year})
            return redirect(f"{reverse('compliance_tax_list')}?{asked}")
        rows: list[list[Any]] = []
        for number, each in enumerate(people, start=1):
            known = values.get(each.contributor or 0, {})
            code, citizen = known.get("tax_code", ""), known.get("citizen_number", "")
            rows.append([number, each.name, code, citizen, each.gross, each.tax, self._missing(each)])
        head = [
            _("STT"), _("Full name"), _("Tax code"), _("Citizen number"), _("Income paid (đồng)"),
            _("Tax withheld (đồng)"), _("Missing"),
        ]  # fmt: skip
        content = _table(kind, _("Tax certificates"), head, rows, money={4, 5})
        return as_file(content, f"chung-tu-khau-tru-{self.year}", kind)

    @staticmethod
    def _missing(each: Any) -> str:
        if each.contributor is None:
            return _("No contributor record: paid by name, without payee data.")
        try:
            lacks = [
                label
                for name, label in (("tax_code", _("tax code")), ("citizen_number", _("citizen number")))
                if not has_values(each.payee, name)
            ]
        except SealError:
            return unreadable()
        return ", ".join(lacks)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        people = tax_year(self.unit, self.year)
        years = Payment.objects.filter(authority=self.unit).values_list("year", flat=True).distinct()
        context.update(
            unit=self.unit,
            units=self.units,
            year=self.year,
            years=sorted({self.year, *years}, reverse=True),
            rows=[(each, self._missing(each)) for each in people],
            gross=sum(each.gross for each in people),
            tax=sum(each.tax for each in people),
        )
        return context


def _treasury(
    user: Any, period: PayPeriod, payments: Sequence[Payment], counted: dict[int, int]
) -> tuple[list[str], list[list[Any]]]:
    """Head and rows of the treasury's file; the reading of each payee's account is recorded."""
    payees = [
        payment.contributor.payee
        for payment in payments
        if payment.contributor is not None and hasattr(payment.contributor, "payee")
    ]
    values = read_payees(payees, occasion=Occasion.TREASURY, user=user, now=timezone.now())
    head = [
        _("STT"), _("Payment no."), _("Full name"), _("Unit"), _("Articles"), _("Amount (đồng)"),
        _("Tax (đồng)"), _("Advance set off (đồng)"), _("Paid out (đồng)"), _("Bank account"), _("Bank"),
        _("Tax code"), _("Day of payment"), _("Tax rule"),
    ]  # fmt: skip
    rows: list[list[Any]] = []
    for number, payment in enumerate(payments, start=1):
        known = values.get(payment.contributor_id or 0, {})
        rows.append(
            [
                number, payment.code, payment.name, payment.unit, counted.get(payment.pk, 0), payment.gross,
                payment.tax, payment.set_off, payment.net, known.get("bank_account", ""),
                known.get("bank_name", ""), known.get("tax_code", ""), f"{payment.paid_on:%d/%m/%Y}",
                payment.rule,
            ]
        )  # fmt: skip
    return head, rows


def _table(kind: str, title: str, head: list[str], rows: list[list[Any]], *, money: set[int]) -> bytes:
    if kind == "xlsx":
        return xlsx_bytes(title, head, rows, money=money, total=_("Total"))
    return csv_bytes(head, [[guarded(value) for value in row] for row in rows])
