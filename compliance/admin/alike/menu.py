"""Where articles alike and topics covered stand in the admin."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from compliance.admin.alike import compare, report, topics
from compliance.admin.menu import RightMenuItem
from compliance.models import AlikePair
from sitepages.models import Contribution


def urls() -> list[Any]:
    """Addresses under ``/admin/``."""
    both = "duplicates/<int:one>/<int:other>/"
    return [
        path("duplicates/", report.DuplicateReport.as_view(), name="compliance_duplicates"),
        path(both, compare.CompareView.as_view(), name="compliance_compare"),
        path(f"{both}<slug:step>/", compare.Decide.as_view(), name="compliance_duplicate_decide"),
        path("topics/", topics.TopicReport.as_view(), name="compliance_topics"),
        path("topics/none/", topics.TopicArticles.as_view(), name="compliance_no_topic"),
        path(
            "topics/on/<slug:topic>/",
            topics.TopicArticles.as_view(),
            name="compliance_topic",
        ),
    ]


def style() -> str:
    """The style sheet of these screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("compliance/alike.css"))


def item() -> MenuItem:
    """The menu entry."""
    return RightMenuItem(
        _("Duplicate articles"),
        reverse("compliance_duplicates"),
        AlikePair,
        name="duplicates",
        icon_name="copy",
        order=40,
    )


def topics_item() -> MenuItem:
    """Topics, those without articles first."""
    return RightMenuItem(
        _("Topics covered"),
        reverse("compliance_topics"),
        Contribution,
        name="topics",
        icon_name="tag",
        order=30,
    )
