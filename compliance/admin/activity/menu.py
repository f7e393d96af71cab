"""Where activity reports stand in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column

from compliance.admin.activity import detail, lists
from compliance.admin.activity.forms import SubscriptionForm
from compliance.admin.menu import RightMenuItem
from compliance.admin.scoping import ScopedModelViewSet
from compliance.models import ActivityReport, ReportSubscription
from sitepages.panels import date_panel


def _told(subscription: ReportSubscription) -> str:
    """In words, not in the machine's yes and no."""
    return str(_("In use") if subscription.is_active else _("Stopped"))


class SubscriptionViewSet(ScopedModelViewSet):
    """Who gets which report regularly."""

    model = ReportSubscription
    icon = "mail"
    menu_label = _("Regular reports")
    empty_text = _("No regular report yet: a draft made by itself after each month or quarter.")
    list_display = ["authority", "every", "day", Column("is_active", label=_("State"), accessor=_told)]
    inspect_view_fields = ["authority", "every", "day", "since", "recipients", "is_active"]
    edit_handler = ObjectList(
        [
            FieldPanel("authority"),
            FieldRowPanel([FieldPanel("every"), FieldPanel("day")]),
            date_panel("since"),
            FieldPanel("recipients", widget=forms.CheckboxSelectMultiple),
            FieldPanel("is_active"),
        ],
        base_form_class=SubscriptionForm,
    )


VIEWSETS = [SubscriptionViewSet("report_subscriptions")]


def urls() -> list[Any]:
    """Addresses under ``/admin/``."""
    return [
        path("activity/", lists.ReportList.as_view(), name="compliance_activity"),
        path("activity/add/", lists.ReportAdd.as_view(), name="compliance_activity_add"),
        path("activity/<int:pk>/", detail.ReportDetail.as_view(), name="compliance_activity_report"),
        path(
            "activity/<int:pk>/preview/", detail.ReportPreview.as_view(), name="compliance_activity_preview"
        ),
        path(
            "activity/<int:pk>/replace/", detail.ReportReplace.as_view(), name="compliance_activity_replace"
        ),
        path("activity/<int:pk>/remove/", detail.ReportRemove.as_view(), name="compliance_activity_remove"),
        path("activity/<int:pk>/<slug:kind>/", detail.ReportFile.as_view(), name="compliance_activity_file"),
    ]


def style() -> str:
    """The style sheet of these screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("compliance/activity.css"))


def item() -> MenuItem:
    """The menu entry with everything below it."""
    items = [
        RightMenuItem(
            _("Activity reports"),
            reverse("compliance_activity"),
            ActivityReport,
            icon_name="doc-full",
            order=10,
        ),
        VIEWSETS[0].get_menu_item(order=20),
    ]
    return SubmenuMenuItem(
        _("Activity reports"),
        Menu(items=items, register_hook_name="register_activity_menu_item"),
        name="activity",
        icon_name="doc-full",
        order=165,
    )
