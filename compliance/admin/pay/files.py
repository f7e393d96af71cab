"""Files of payments: what was paid of a period, and the year's tax certificates."""

from __future__ import annotations

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
from compliance.admin.pay.common import PayPage, as_file, chosen_unit, chosen_year, may
from compliance.admin.pay.payees import unreadable
from compliance.admin.periods import period_or_404
from compliance.models import Payee, PayeeReading, Payment
from compliance.queries.payments import tax_year
from compliance.queries.runs import bases_of, runs_of_period, shares_of_period
from compliance.reports.layout import docx_bytes
from compliance.reports.payment_lists import period_statement
from compliance.reports.pdf import pdf_bytes
from compliance.reports.sheet import csv_bytes, xlsx_bytes
from compliance.services.payees import has_values, read_payees
from compliance.services.sealing import SealError

Occasion = PayeeReading.Occasion


class PaymentListFile(View):
    """What was paid of one period, before tax, and by which vouchers. Lists to be signed and the treasury's
    files go by payment run, because the tax and the sum paid out are of the whole payment."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        period = period_or_404(request.user, pk)
        if kind not in ("docx", "pdf") or not may(request.user, period.authority, Payment, "view"):
            raise Http404
        shares = shares_of_period(period)
        if not shares:
            raise Http404
        with translation.override("vi"):
            document = period_statement(period, shares, runs_of_period(period), bases_of([period]))
            write = pdf_bytes if kind == "pdf" else docx_bytes
            content = write(document, made_at=timezone.now())
        return as_file(content, f"bang-ke-ky-{period.first_day:%Y-%m}", kind)


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
        content = table_file(kind, _("Tax certificates"), head, rows, money={4, 5})
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


def table_file(kind: str, title: str, head: list[str], rows: list[list[Any]], *, money: set[int]) -> bytes:
    """A table as a spreadsheet with totals, or as CSV."""
    if kind == "xlsx":
        return xlsx_bytes(title, head, rows, money=money, total=_("Total"))
    return csv_bytes(head, [[guarded(value) for value in row] for row in rows])
