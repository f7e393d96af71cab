"""Where the year's money stands in the admin."""

from __future__ import annotations

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from compliance.admin.budget.views import BudgetView, SpendingList, SpendingReverse
from compliance.admin.menu import RightMenuItem
from compliance.models import RoyaltyBudget


def urls() -> list[Any]:
    """Addresses under ``/admin/``."""
    return [
        path("budget/", BudgetView.as_view(), name="compliance_budget"),
        path("budget/spendings/", SpendingList.as_view(), name="compliance_spendings"),
        path(
            "budget/spendings/<int:pk>/reverse/",
            SpendingReverse.as_view(),
            name="compliance_spending_reverse",
        ),
    ]


def item() -> MenuItem:
    """The year's money, in the menu of royalties."""
    return RightMenuItem(
        _("The year's money"), reverse("compliance_budget"), RoyaltyBudget, icon_name="list-ul", order=25
    )
