"""Where payments, payees and remuneration stand in the admin."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from compliance.admin.menu import RightMenuItem
from compliance.admin.pay import files, payees, payments, runs, settle
from compliance.admin.pay import reverse as corrections
from compliance.admin.pay.terms import RemunerationTermViewSet
from compliance.models import Payee, PayeeReading, Payment

VIEWSETS = [RemunerationTermViewSet("remuneration_terms")]


def urls() -> list[Any]:
    """Addresses under ``/admin/``."""
    period = "pay-periods/<int:pk>/"
    return [
        path(f"{period}reverse/", corrections.ReverseView.as_view(), name="compliance_reverse"),
        path(
            f"{period}reverse-remuneration/",
            corrections.ReverseRemunerationView.as_view(),
            name="compliance_reverse_remuneration",
        ),
        path(f"{period}pay/", settle.PayView.as_view(), name="compliance_pay"),
        path(
            f"{period}payment-list/<slug:kind>/",
            files.PaymentListFile.as_view(),
            name="compliance_payment_list",
        ),
        path("pay-periods/take-back/", corrections.TakeBack.as_view(), name="compliance_take_back"),
        path("payments/", payments.PaymentList.as_view(), name="compliance_payments"),
        path("payments/advance/", payments.AdvanceView.as_view(), name="compliance_advance"),
        path("payments/runs/<int:pk>/", runs.RunDetail.as_view(), name="compliance_run"),
        path("payments/runs/<int:pk>/<slug:kind>/", runs.RunFile.as_view(), name="compliance_run_file"),
        path("payments/tax/", files.TaxList.as_view(), name="compliance_tax_list"),
        path("payments/<int:pk>/", payments.PaymentDetail.as_view(), name="compliance_payment"),
        path("payments/<int:pk>/voucher/", payments.PaymentVoucher.as_view(), name="compliance_voucher"),
        path("payees/", payees.PayeeList.as_view(), name="compliance_payees"),
        path("payees/readings/", payees.PayeeReadings.as_view(), name="compliance_payee_readings"),
        path("payees/<int:pk>/", payees.PayeeEdit.as_view(), name="compliance_payee"),
        path("payees/<int:pk>/show/", payees.PayeeShow.as_view(), name="compliance_payee_show"),
    ]


def style() -> str:
    """Our own style sheet."""
    return format_html('<link rel="stylesheet" href="{}">', static("compliance/pay.css"))


def item() -> MenuItem:
    """The menu entry."""
    items = [
        RightMenuItem(_("Payments"), reverse("compliance_payments"), Payment, icon_name="list-ul", order=10),
        RightMenuItem(_("Payees"), reverse("compliance_payees"), Payee, icon_name="user", order=20),
        RightMenuItem(
            _("Tax certificates"), reverse("compliance_tax_list"), Payee, icon_name="doc-full", order=30
        ),
        RightMenuItem(
            _("Readings of payee data"),
            reverse("compliance_payee_readings"),
            PayeeReading,
            icon_name="view",
            order=40,
        ),
        VIEWSETS[0].get_menu_item(order=50),
    ]
    return SubmenuMenuItem(
        _("Payment and payees"), Menu(items=items), name="payments", icon_name="form", order=172
    )
