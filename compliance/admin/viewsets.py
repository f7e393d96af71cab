"""Salaries and offices: the tables people keep."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column

from compliance.admin.rates import money
from compliance.admin.scoping import ScopedForm, ScopedModelViewSet
from compliance.models import BaseSalary
from sitepages.models import Office
from sitepages.panels import date_panel

_CODE_HELP = _("Letters a–z, digits and hyphens, for example: tram-y-te. It never changes.")


class BaseSalaryViewSet(ScopedModelViewSet):
    """The state's base salary by date."""

    model = BaseSalary
    icon = "calendar-alt"
    menu_label = _("Base salaries")
    empty_text = _("The state's base salary from each day on appears here. Pay is counted from it.")
    list_display = [
        "valid_from",
        Column("amount", label=_("Amount (đồng)"), accessor=money("amount")),
        "decree",
    ]
    list_export = ["valid_from", "amount", "decree", "status"]
    edit_handler = ObjectList(
        [date_panel("valid_from"), FieldPanel("amount"), FieldPanel("decree"), FieldPanel("status")],
        base_form_class=ScopedForm,
    )


class OfficeViewSet(ScopedModelViewSet):
    """Units that supply articles."""

    model = Office
    icon = "group"
    add_to_settings_menu = True
    menu_label = _("Offices")
    empty_text = _("The offices that supply articles appear here. Articles are counted by office.")
    list_display = ["full_name", "authority", "group", "order", "valid_from", "valid_to"]
    list_filter = ["authority", "group"]
    list_export = ["authority", "code", "short_name", "full_name", "group", "order", "valid_from", "valid_to"]
    search_fields = ["full_name", "short_name", "code"]
    edit_handler = ObjectList(
        [
            FieldPanel("authority"),
            FieldRowPanel(
                [
                    FieldPanel(
                        "code",
                        widget=forms.TextInput,
                        help_text=_(
                            "Letters a–z, digits and hyphens, for example: tram-y-te. It never changes."
                        ),
                    ),
                    FieldPanel("order"),
                ]
            ),
            FieldPanel("full_name"),
            FieldRowPanel([FieldPanel("short_name"), FieldPanel("group")]),
            FieldRowPanel([date_panel("valid_from"), date_panel("valid_to")]),
        ],
        base_form_class=ScopedForm,
    )
