"""Addresses that work outside the browser."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse


def absolute(path: str) -> str:
    """A path of the admin with the host in front."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def unit_link(code: str) -> str:
    """The duties of a unit."""
    return absolute(reverse("compliance_unit", args=[code]))


def page_link(page: int) -> str:
    """The editor of a page."""
    return absolute(reverse("wagtailadmin_pages:edit", args=[page]))
