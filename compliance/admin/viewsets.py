"""Rates, salaries, budgets and offices: the tables people keep."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column

from compliance.admin.scoping import ScopedForm, ScopedModelViewSet
from compliance.models import BaseSalary, RoyaltyBudget, RoyaltyRate
from compliance.templatetags.royalty_tags import dong
from sitepages.models import Office
from sitepages.panels import date_panel


def _money(name: str) -> Callable[[Any], str]:
    return lambda row: dong(getattr(row, name))


_CODE_HELP = _("Letters a–z, digits and hyphens, for example: tram-y-te. It never changes.")


class RoyaltyRateViewSet(ScopedModelViewSet):
    """Highest coefficients by decision and genre."""

    model = RoyaltyRate
    icon = "tag"
    menu_label = _("Royalty rates")
    empty_text = _(
        "The highest coefficients a decision allows each genre appear here. Without them no"
        " article can be paid."
    )
    list_display = ["authority", "genre", "max_coefficient", "decision_number", "valid_from", "valid_to"]
    list_filter = ["authority", "genre"]
    list_export = [
        "authority",
        "genre",
        "max_coefficient",
        "decision_number",
        "decision_date",
        "valid_from",
        "valid_to",
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("authority"),
            FieldRowPanel([FieldPanel("decision_number"), date_panel("decision_date")]),
            FieldRowPanel([FieldPanel("genre"), FieldPanel("max_coefficient")]),
            FieldRowPanel([date_panel("valid_from"), date_panel("valid_to")]),
        ],
        base_form_class=ScopedForm,
    )


class BaseSalaryViewSet(ScopedModelViewSet):
    """The state's base salary by date."""

    model = BaseSalary
    icon = "calendar-alt"
    menu_label = _("Base salaries")
    empty_text = _("The state's base salary from each day on appears here. Pay is counted from it.")
    list_display = [
        "valid_from",
        Column("amount", label=_("Amount (đồng)"), accessor=_money("amount")),
        "decree",
    ]
    list_export = ["valid_from", "amount", "decree", "status"]
    edit_handler = ObjectList(
        [date_panel("valid_from"), FieldPanel("amount"), FieldPanel("decree"), FieldPanel("status")],
        base_form_class=ScopedForm,
    )


class RoyaltyBudgetViewSet(ScopedModelViewSet):
    """The year's money."""

    model = RoyaltyBudget
    icon = "folder-open-inverse"
    menu_label = _("Yearly budgets")
    empty_text = _("The money of each year appears here. Pay is set against it.")
    list_display = [
        "authority",
        "year",
        Column("amount", label=_("Budget"), accessor=_money("amount")),
        Column("other_spending", label=_("Other spending"), accessor=_money("other_spending")),
        "decision_number",
    ]
    list_filter = ["authority", "year"]
    list_export = ["authority", "year", "amount", "other_spending", "decision_number"]
    edit_handler = ObjectList(
        [
            FieldPanel("authority"),
            FieldRowPanel([FieldPanel("year"), FieldPanel("decision_number")]),
            FieldRowPanel([FieldPanel("amount"), FieldPanel("other_spending")]),
        ],
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
