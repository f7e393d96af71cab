"""Where acts on duties and the rules behind them stand in the admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from compliance.admin.acts import calendar, catalogue, confirm, declarations, waivers
from compliance.admin.acts.local_rules import LocalRuleViewSet
from compliance.admin.menu import RightMenuItem
from compliance.admin.scoping import policy_for
from compliance.models import CalendarDay, Declaration, FindingRecord, RecheckItem, Waiver

VIEWSETS = [LocalRuleViewSet("local_rules")]


class CalendarMenuItem(MenuItem):
    """For those who hold any right on the calendar."""

    def is_shown(self, request: HttpRequest) -> bool:
        wanted = ["view", "add", "change", "delete"]
        return policy_for(CalendarDay).user_has_any_permission(request.user, wanted)


def urls() -> list[Any]:
    """Addresses under ``/admin/``."""
    return [
        path("confirm/<int:page_id>/", confirm.ConfirmPage.as_view(), name="compliance_confirm"),
        path("confirmations/", confirm.Rechecks.as_view(), name="compliance_rechecks"),
        path("confirmations/<int:pk>/", confirm.RecheckSettle.as_view(), name="compliance_recheck"),
        path("declarations/", declarations.Declarations.as_view(), name="compliance_declarations"),
        path(
            "declarations/<int:pk>/take-back/",
            declarations.DeclarationTakeBack.as_view(),
            name="compliance_declaration_take_back",
        ),
        path(
            "declarations/<slug:authority>/<str:duty>/",
            declarations.Declare.as_view(),
            name="compliance_declare",
        ),
        path("waivers/", waivers.Waivers.as_view(), name="compliance_waivers"),
        path("waivers/add/", waivers.WaiverAdd.as_view(), name="compliance_waiver_add"),
        path(
            "waivers/<int:pk>/take-back/",
            waivers.WaiverTakeBack.as_view(),
            name="compliance_waiver_take_back",
        ),
        path("catalogue/", catalogue.CataloguePage.as_view(), name="compliance_catalogue"),
        path("calendar/", calendar.CalendarYear.as_view(), name="compliance_calendar"),
        path("calendar/add/", calendar.CalendarAdd.as_view(), name="compliance_calendar_add"),
        path(
            "calendar/<int:pk>/remove/", calendar.CalendarRemove.as_view(), name="compliance_calendar_remove"
        ),
    ]


def style() -> str:
    """The style sheet of these screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("compliance/acts.css"))


def item() -> MenuItem:
    """The menu entry with everything below it."""
    items = [
        RightMenuItem(
            _("Confirmations"), reverse("compliance_rechecks"), RecheckItem, icon_name="check", order=10
        ),
        RightMenuItem(
            _("Nothing arose"),
            reverse("compliance_declarations"),
            Declaration,
            icon_name="clipboard-list",
            order=20,
        ),
        RightMenuItem(
            _("Excuses and more time"),
            reverse("compliance_waivers"),
            Waiver,
            icon_name="calendar-check",
            order=30,
        ),
        RightMenuItem(
            _("Catalogue of duties"),
            reverse("compliance_catalogue"),
            FindingRecord,
            icon_name="list-ul",
            order=40,
        ),
        VIEWSETS[0].get_menu_item(order=50),
        CalendarMenuItem(
            _("Holidays and exchanged days"), reverse("compliance_calendar"), icon_name="calendar", order=60
        ),
    ]
    return SubmenuMenuItem(
        _("Acts and rules"),
        Menu(items=items, register_hook_name="register_acts_menu_item"),
        name="acts",
        icon_name="tasks",
        order=152,
    )
