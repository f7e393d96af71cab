"""“My articles”: what a contributor with an account sees of their own, and of nobody else's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.credits.charts import standing
from compliance.queries.own import OwnMonth, own_months, own_years, records_of


class OwnArticles(WagtailAdminTemplateMixin, TemplateView):
    """A year of one's own articles, month by month."""

    template_name = "compliance/admin/credits/own.html"
    page_title = gettext_lazy("My articles")
    header_icon = "doc-full"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = list(records_of(self.request.user))
        if not people:
            raise PermissionDenied
        context: dict[str, Any] = super().get_context_data(**kwargs)
        years = own_years(people)
        asked = self.request.GET.get("year", "")
        newest = years[0] if years else timezone.localdate().year
        year = int(asked) if asked.isascii() and asked.isdigit() and int(asked) in years else newest
        found = own_months(people, year)
        context.update(people=people, years=years, year=year, months=found, **_sums(found))
        by_month = {each.month.month: each.articles for each in found}
        context["chart"] = standing(
            "own",
            _("My articles by month, %(year)s") % {"year": year},
            _("%(number)s articles in %(year)s.") % {"number": context["articles"], "year": year},
            [(f"{month:02d}", by_month.get(month, 0), "") for month in range(1, 13)],
        )
        return context


def _sums(found: list[OwnMonth]) -> dict[str, int]:
    return {
        "articles": sum(each.articles for each in found),
        "amount": sum(each.amount for each in found),
    }


class OwnMenuItem(MenuItem):
    """For those who are somebody's contributor."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(records_of(request.user).exists())


class OwnPanel(Component):
    """One's newest months on the dashboard, in a few lines."""

    name = "own_articles"
    template_name = "compliance/admin/credits/own_panel.html"
    order = 240

    def __init__(self, request: HttpRequest) -> None:
        self.people = list(records_of(request.user))

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        years = own_years(self.people)
        found = own_months(self.people, years[0]) if years else []
        return {"months": found[:-4:-1], "year": years[0] if years else None, **_sums(found)}


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Hook body: the panel, for those who are somebody's contributor."""
    if records_of(request.user).exists():
        panels.append(OwnPanel(request))
