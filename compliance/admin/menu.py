"""The menu entries, shown to those who may open what they lead to."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, register_converter, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from compliance.admin import (
    calendar_links,
    counts,
    history,
    letters,
    matrix,
    periods,
    section,
    tallies,
    unit,
)
from compliance.admin.ledger import RoyaltyLedger
from compliance.admin.probe import ProbeTargetViewSet
from compliance.admin.rates import RoyaltyBudgetViewSet, RoyaltyRateViewSet
from compliance.admin.scoping import policy_for
from compliance.admin.viewsets import BaseSalaryViewSet, OfficeViewSet
from compliance.models import Declaration, FindingRecord, OutgoingMail, PayPeriod
from sitepages.models import Contribution

VIEWSETS = [
    RoyaltyRateViewSet("royalty_rates"),
    BaseSalaryViewSet("base_salaries"),
    RoyaltyBudgetViewSet("royalty_budgets"),
    OfficeViewSet("offices"),
    ProbeTargetViewSet("probe_targets"),
]


class DutyCode:
    """A duty in an address, of this catalogue or an older one: what is no code is not looked up."""

    regex = "[A-Za-z0-9_.-]{1,60}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(DutyCode, "duty")


class RightMenuItem(MenuItem):
    """An entry for those who hold a right on some authority's rows of a model."""

    def __init__(self, label: Any, url: str, model: type[Model], action: str = "view", **kwargs: Any) -> None:
        super().__init__(label, url, **kwargs)
        self.model, self.action = model, action

    def is_shown(self, request: HttpRequest) -> bool:
        """Asked of the rights the user's groups hold, read once a request."""
        return policy_for(self.model).user_has_permission(request.user, self.action)


def urls() -> list[Any]:
    """Addresses under ``/admin/``."""
    return [
        path("duties/", matrix.ComplianceMatrix.as_view(), name="compliance_matrix"),
        path("duties/<slug:authority>/", unit.UnitDuties.as_view(), name="compliance_unit"),
        path(
            "duty-history/<slug:authority>/<duty:duty>/",
            history.DutyHistory.as_view(),
            name="compliance_history",
        ),
        path("duty-sections/<duty:duty>/", section.SectionDuty.as_view(), name="compliance_section"),
        path("reminders/", letters.LetterList.as_view(), name="compliance_letters"),
        path("reminders/<int:pk>/retry/", letters.RetryLetter.as_view(), name="compliance_letter_retry"),
        path("calendar-links/", calendar_links.CalendarLinks.as_view(), name="compliance_calendar_links"),
        path(
            "calendar-links/<int:pk>/revoke/",
            calendar_links.RevokeLink.as_view(),
            name="compliance_calendar_revoke",
        ),
        path("contributions/", counts.ContributionReport.as_view(), name="compliance_contributions"),
        path("contributions/counted/", tallies.TallyReport.as_view(), name="compliance_tallies"),
        path(
            "contributions/<slug:authority>/<slug:office>/<str:month>/",
            counts.CellView.as_view(),
            name="compliance_cell",
        ),
        path("pay-periods/", periods.PeriodList.as_view(), name="compliance_periods"),
        path("pay-periods/<int:pk>/", periods.PeriodDetail.as_view(), name="compliance_period"),
        # what is done with a period beyond its steps: compliance.admin.pay.menu, registered before these
        path(
            "pay-periods/<int:pk>/<slug:step>/", periods.PeriodStep.as_view(), name="compliance_period_step"
        ),
    ]


def style() -> str:
    """Our own style sheets, on every admin page."""
    sheets = (static("compliance/admin.css"), static("compliance/desk.css"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((sheet,) for sheet in sheets))


def duties_item() -> MenuItem:
    return RightMenuItem(
        _("Publication duties"),
        reverse("compliance_matrix"),
        FindingRecord,
        name="duties",
        icon_name="tasks",
        order=150,
    )


def calendar_item() -> MenuItem:
    return RightMenuItem(
        _("Calendar of due days"),
        reverse("compliance_calendar_links"),
        Declaration,
        name="due-days",
        icon_name="calendar-alt",
        order=152,
    )


def letters_item() -> MenuItem:
    return RightMenuItem(
        _("Reminder letters"),
        reverse("compliance_letters"),
        OutgoingMail,
        name="reminders",
        icon_name="mail",
        order=154,
    )


def articles_item() -> MenuItem:
    """What is counted of articles, in a menu of its own; its entries are registered beside their screens."""
    return SubmenuMenuItem(
        _("Figures of articles"),
        Menu(register_hook_name="register_articles_menu_item"),
        name="articles-counted",
        icon_name="table",
        order=158,
    )


def tallies_item() -> MenuItem:
    return RightMenuItem(
        _("Articles counted"),
        reverse("compliance_tallies"),
        Contribution,
        name="tallies",
        icon_name="order",
        order=20,
    )


def counts_item() -> MenuItem:
    return RightMenuItem(
        _("Articles by office"),
        reverse("compliance_contributions"),
        Contribution,
        name="counts",
        icon_name="table",
        order=15,
    )


def royalties_item() -> MenuItem:
    items = [
        RightMenuItem(
            _("Pay periods"), reverse("compliance_periods"), PayPeriod, icon_name="calendar-check", order=20
        ),
        RoyaltyLedger().get_menu_item(order=30),
        *(viewset.get_menu_item(order=40 + index) for index, viewset in enumerate(VIEWSETS[:3])),
    ]
    return SubmenuMenuItem(
        _("Royalties"),
        Menu(items=items, register_hook_name="register_royalties_menu_item"),
        name="royalties",
        icon_name="tag",
        order=170,
    )
