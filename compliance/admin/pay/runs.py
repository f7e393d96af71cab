"""A payment run: everybody paid in one go, the list they sign, their vouchers and the treasury's file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from compliance.admin.pay.common import PayPage, as_file, payment_or_404, sees_payees
from compliance.admin.pay.files import table_file
from compliance.admin.pay.payees import unreadable
from compliance.models import PayeeReading, Payment
from compliance.queries.payments import pieces
from compliance.queries.runs import Run, bases_of, periods_of_run, run_of
from compliance.reports.layout import docx_bytes
from compliance.reports.payment import voucher_of
from compliance.reports.payment_lists import run_list
from compliance.reports.pdf import pdf_bytes
from compliance.services.payees import has_values, read_payees
from compliance.services.sealing import SealError

KINDS = ("docx", "pdf", "vouchers", "xlsx", "csv")


def run_or_404(user: Any, pk: int) -> Run:
    """A run the user may see, asked for by its first payment; 404 otherwise."""
    payment = payment_or_404(user, pk)
    run = run_of(payment) if payment.reverses_id is None else None
    if run is None or run.pk != pk:
        raise Http404
    return run


class RunDetail(PayPage):
    """Who was paid in a run, what its lists still lack, and its files."""

    template_name = "compliance/admin/pay/run.html"
    above = ("compliance_payments", gettext_lazy("Payments"))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.run = run_or_404(request.user, kwargs["pk"])
        day = f"{self.run.day:%d/%m/%Y}"
        title = _("Advance of %(day)s") if self.run.is_advance else _("Payment run of %(day)s")
        self.page_title = title % {"day": day}
        return self.render_to_response(self.get_context_data(**kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        run, knows = self.run, sees_payees(self.request.user, self.run.authority)
        counted = pieces(run.payments)
        context.update(
            run=run,
            periods=periods_of_run(run),
            rows=[(payment, counted.get(payment.pk, 0)) for payment in run.payments],
            set_off=run.sum_of("set_off"),
            sees_payees=knows,
            without_account=_without_account(run) if knows else [],
        )
        return context


class RunFile(View):
    """A run as a file: ``docx`` and ``pdf`` to be signed, ``vouchers`` of all payees in one PDF, ``xlsx`` and
    ``csv`` with accounts for the treasury. Each payment that stands is in the files of exactly one run."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        if kind not in KINDS:
            raise Http404
        run = run_or_404(request.user, pk)
        name = f"chi-tra-{run.day:%Y-%m-%d}-{run.payments[0].number:04d}"
        if kind == "vouchers":
            if not run.standing:
                raise Http404
            with translation.override("vi"):
                content = pdf_bytes(*map(voucher_of, run.standing), made_at=run.payments[-1].made_at)
            return as_file(content, f"phieu-{name}", "pdf")
        if kind in ("docx", "pdf"):
            periods = periods_of_run(run)
            with translation.override("vi"):
                document = run_list(run, periods, pieces(run.payments), bases_of(periods))
                write = pdf_bytes if kind == "pdf" else docx_bytes
                return as_file(write(document, made_at=timezone.now()), name, kind)
        if not sees_payees(request.user, run.authority):
            raise Http404
        try:
            head, rows = _treasury(request.user, run)
        except SealError:
            messages.error(request, unreadable())
            return redirect("compliance_run", pk=run.pk)
        return as_file(table_file(kind, _("Payments"), head, rows, money={5, 6, 7, 8}), name, kind)


def _without_account(run: Run) -> list[str]:
    """The people of the run for whom no account is told."""
    found = []
    for payment in run.standing:
        payee = getattr(payment.contributor, "payee", None)
        try:
            known = payee is not None and has_values(payee, "bank_account")
        except SealError:
            known = False
        if not known:
            found.append(payment.name)
    return found


def _treasury(user: Any, run: Run) -> tuple[list[str], list[list[Any]]]:
    """Head and rows of the treasury's file; the reading of each payee's account is recorded."""
    payments: tuple[Payment, ...] = run.standing
    payees = [
        payment.contributor.payee
        for payment in payments
        if payment.contributor is not None and hasattr(payment.contributor, "payee")
    ]
    counted = pieces(payments)
    occasion = PayeeReading.Occasion.TREASURY
    values = read_payees(payees, occasion=occasion, user=user, now=timezone.now())
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
