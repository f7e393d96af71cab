"""Where the page of interface components stands in the admin: for everybody signed in."""

from __future__ import annotations

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from theme import components


def urls() -> list[Any]:
    """Addresses under ``/admin/``; Wagtail lets nobody in who is not signed in."""
    return [
        path("interface/", components.components, name="interface_components"),
        path("interface/dark.css", components.sheet, name="interface_components_sheet"),
    ]


def item() -> MenuItem:
    """An entry of the help menu."""
    return MenuItem(_("Interface components"), reverse("interface_components"), icon_name="view", order=900)
