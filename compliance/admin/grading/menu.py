"""Where grading and the percentages stand in the admin."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from compliance.admin.grading.views import GradingView
from compliance.admin.menu import RightMenuItem
from compliance.admin.rates import RateModifierViewSet
from compliance.models import ArticleGrade

VIEWSETS = [RateModifierViewSet("rate_modifiers")]


def urls() -> list[Any]:
    """Addresses under ``/admin/``."""
    return [path("grading/", GradingView.as_view(), name="compliance_grading")]


def style() -> str:
    """The style sheet of these screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("compliance/money.css"))


def item() -> MenuItem:
    """The list, in the menu of royalties."""
    label = _("Grading of articles")
    return RightMenuItem(
        label, reverse("compliance_grading"), ArticleGrade, "change", icon_name="pick", order=10
    )


def percentages_item() -> MenuItem:
    """The percentages, below the rates."""
    found: MenuItem = VIEWSETS[0].get_menu_item(order=41)
    return found
