"""Where payments, payees and remuneration stand in the admin."""

from __future__ import annotations

from typing import Any

from django.urls import path

from compliance.admin.pay import reverse


def urls() -> list[Any]:
    """Addresses under ``/admin/``."""
    return [
        path("pay-periods/<int:pk>/reverse/", reverse.ReverseView.as_view(), name="compliance_reverse"),
        path(
            "pay-periods/<int:pk>/reverse-remuneration/",
            reverse.ReverseRemunerationView.as_view(),
            name="compliance_reverse_remuneration",
        ),
    ]
