"""Where contributors, quotas, own figures and the heads' page stand in the admin."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from compliance.admin.credits import names, overview, own
from compliance.admin.credits.contributors import ContributorViewSet
from compliance.admin.credits.quotas import QuotaViewSet
from compliance.admin.menu import RightMenuItem
from sitepages.models import Contribution, Contributor

VIEWSETS = [ContributorViewSet("contributors"), QuotaViewSet("quotas")]


def urls() -> list[Any]:
    """Addresses under ``/admin/``."""
    return [
        path("credit-names/", names.CreditNames.as_view(), name="compliance_credit_names"),
        path("my-articles/", own.OwnArticles.as_view(), name="compliance_own"),
        path("overview/", overview.OverviewPage.as_view(), name="compliance_overview"),
        path(
            "overview/<slug:authority>/letter/",
            overview.DigestChoice.as_view(),
            name="compliance_digest_choice",
        ),
    ]


def style() -> str:
    """The style sheet of these screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("compliance/credits.css"))


def overview_item() -> MenuItem:
    """The heads' page, for those who may read the counts."""
    return RightMenuItem(
        _("Overview of articles"),
        reverse("compliance_overview"),
        Contribution,
        name="overview",
        icon_name="view",
        order=10,
    )


def own_item() -> MenuItem:
    """One's own articles."""
    return own.OwnMenuItem(
        _("My articles"), reverse("compliance_own"), name="own-articles", icon_name="doc-full", order=156
    )


def item() -> MenuItem:
    """What the board keeps: contributors, names without a record, quotas."""
    items = [
        VIEWSETS[0].get_menu_item(order=10),
        RightMenuItem(
            _("Names without a record"),
            reverse("compliance_credit_names"),
            Contributor,
            "change",
            icon_name="link",
            order=20,
        ),
        VIEWSETS[1].get_menu_item(order=30),
    ]
    return SubmenuMenuItem(
        _("Contributors and quotas"),
        Menu(items=items, register_hook_name="register_credits_menu_item"),
        name="credits",
        icon_name="group",
        order=162,
    )
