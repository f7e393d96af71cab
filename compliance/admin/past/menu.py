"""Where the import of the past stands in the admin."""

from __future__ import annotations

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from compliance.admin.menu import RightMenuItem
from compliance.admin.past import paid, views
from compliance.models import ImportJob, PastPayment


def urls() -> list[Any]:
    """Addresses under ``/admin/``."""
    return [
        path("past-imports/", views.ImportList.as_view(), name="compliance_imports"),
        path("past-payments/", paid.PastPaymentList.as_view(), name="compliance_past_payments"),
        path("past-imports/<int:pk>/", views.OneImport.as_view(), name="compliance_import"),
        path("past-imports/<int:pk>/told/", views.ImportTold.as_view(), name="compliance_import_told"),
        path(
            "past-imports/<int:pk>/<slug:step_name>/",
            views.ImportStep.as_view(),
            name="compliance_import_step",
        ),
    ]


def item() -> RightMenuItem:
    """The menu entry."""
    return RightMenuItem(
        _("Import of old data"),
        reverse("compliance_imports"),
        ImportJob,
        "add",
        name="past-imports",
        icon_name="upload",
        order=175,
    )


def paid_item() -> RightMenuItem:
    """The menu entry of the payments that were imported."""
    return RightMenuItem(
        _("Payments from before"),
        reverse("compliance_past_payments"),
        PastPayment,
        "view",
        name="past-payments",
        icon_name="history",
        order=176,
    )
