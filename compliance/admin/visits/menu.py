"""Where visits stand in the admin."""

from __future__ import annotations

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from compliance.admin.menu import RightMenuItem
from compliance.admin.visits import reported, screen
from sitepages.models import DailyVisits

VIEWSETS = [reported.ReportedVisitsViewSet(reported.NAME)]


def urls() -> list[Any]:
    """Addresses under ``/admin/``."""
    return [path("visits/", screen.VisitReport.as_view(), name="compliance_visits")]


def item() -> MenuItem:
    """The menu entry; the list of reported numbers is reached from the screen."""
    return RightMenuItem(
        _("Visits"), reverse("compliance_visits"), DailyVisits, name="visits", icon_name="view", order=50
    )
