"""Visits by portal, month, section and article: what was counted here, and what others reported before."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.access import allowed_authorities
from compliance.admin.exports import RowExportMixin
from compliance.admin.scoping import policy_for
from compliance.admin.tallies import TallyForm, stretch_label
from compliance.queries.visits import (
    ByMonth,
    Line,
    ReadArticle,
    VisitFigures,
    figures_of,
    most_read,
    visits_by_month,
    visits_by_section,
)
from compliance.rules.months import Month
from compliance.rules.stretches import Stretch, stretches
from sitepages.models import Authority, DailyVisits, ReportedVisits
from sitepages.vocabulary import sections

SHOWN, EXPORTED = 20, 5000
TABLES = ("portals", "months", "sections", "articles")


class VisitForm(TallyForm):
    """Where, and over which days."""

    by = None  # type: ignore[assignment]  # Django's way to leave a field out


@dataclass(frozen=True)
class Figures:
    """Everything the screen shows, each table from a query or two."""

    units: Sequence[Authority]
    by_unit: Sequence[tuple[Authority, VisitFigures]]
    by_month: ByMonth
    by_section: Sequence[tuple[str, Line]]
    articles: Sequence[ReadArticle]

    @property
    def in_period(self) -> int:
        """Of all portals shown."""
        return sum(each.in_period for _unit, each in self.by_unit)

    @property
    def in_all(self) -> int:
        """Of all portals shown."""
        return sum(each.in_all for _unit, each in self.by_unit)

    @property
    def reported(self) -> int:
        """Of all portals shown."""
        return sum(each.reported for _unit, each in self.by_unit)

    @property
    def views(self) -> int:
        """Of all portals shown."""
        return sum(each.views for _unit, each in self.by_unit)

    @property
    def as_of(self) -> datetime.date | None:
        """The last day of any portal."""
        return max((each.as_of for _unit, each in self.by_unit if each.as_of), default=None)

    @property
    def bars(self) -> list[tuple[str, int]]:
        """Visits by month, for the chart."""
        return [(stretch_label(stretch), line.visits) for stretch, line in self.by_month.lines]

    @property
    def has_bars(self) -> bool:
        """Whether any month has a visit of its own."""
        return any(number for _label, number in self.bars)


class VisitReport(RowExportMixin, WagtailAdminTemplateMixin, TemplateView):
    """One screen; each of its tables is exported for itself."""

    template_name = "compliance/admin/visits/report.html"
    page_title = gettext_lazy("Visits")
    header_icon = "view"
    export_filename = "luot-truy-cap"
    breadcrumbs_items = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy("Home")},
        {"url": "", "label": gettext_lazy("Visits")},
    ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.portals = allowed_authorities(request.user, DailyVisits)
        self.form = VisitForm(self._data(), portals=self.portals)
        self.figures: Figures | None = None
        if self.form.is_valid():
            self.figures = self._figures(EXPORTED if self.is_export else SHOWN)
            if self.is_export:
                return self._export(self.figures)
        return self.render_to_response(self.get_context_data(**kwargs))

    def _data(self) -> Any:
        data = self.request.GET.copy()
        portals = list(self.portals[:2])
        if len(portals) == 1 and not data:
            data["authority"] = portals[0].code
        if not (data.get("first") and data.get("last")):
            first, last = half_year(self.portals, timezone.localdate())
            data["first"], data["last"] = first.isoformat(), last.isoformat()
        data.setdefault("start_day", "1")
        return data

    def _figures(self, articles: int) -> Figures:
        chosen = self.form.cleaned_data
        units = [chosen["authority"]] if chosen["authority"] else list(self.portals)
        days = Stretch(chosen["first"], chosen["last"])
        found = figures_of(units, days)
        return Figures(
            units=units,
            by_unit=[(unit, found[unit.pk]) for unit in units],
            by_month=visits_by_month(units, stretches(days.first, days.last, chosen["start_day"])),
            by_section=[(section_name(line.key), line) for line in visits_by_section(units, days)],
            articles=most_read(units, days, articles),
        )

    def _export(self, figures: Figures) -> HttpResponse:
        table = self.request.GET.get("table", "")
        rows = _ROWS.get(table, _portal_rows)(figures)
        self.prepare(rows[0])
        response: HttpResponse = self.as_spreadsheet(rows[1:], self.request.GET.get("export"))
        return response

    def get_export_url(self, format: str, table: str = TABLES[0]) -> str:
        params: Any = self.form.data.copy()  # type: ignore[attr-defined]
        params["export"], params["table"] = format, table
        return f"{self.request.path}?{params.urlencode()}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["form"] = self.form
        context["keeps_reported"] = policy_for(ReportedVisits).user_has_any_permission(
            self.request.user, ["add", "change"]
        )
        if self.figures is not None:
            context["figures"] = self.figures
            context["months"] = [
                (stretch_label(stretch), line) for stretch, line in self.figures.by_month.lines
            ]
            context["articles"] = [
                (row, row.page.get_full_url(self.request)) for row in self.figures.articles
            ]
            context["partial"] = [
                (unit, each) for unit, found in self.figures.by_unit for each in found.partial
            ]
            context["downloads"] = {
                table: [(name.upper(), self.get_export_url(name, table)) for name in ("xlsx", "csv")]
                for table in TABLES
            }
        return context


def half_year(portals: Any, today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The half-year of the newest figure of these portals; this half-year when there is none."""
    newest = [
        DailyVisits.objects.filter(authority__in=portals).aggregate(day=Max("day"))["day"],
        ReportedVisits.objects.filter(authority__in=portals).aggregate(day=Max("last"))["day"],
    ]
    day = max((each for each in newest if each), default=today)
    half = 1 if day.month <= 6 else 7
    return Month(day.year, half).first, Month(day.year, half + 5).last


def section_name(code: str) -> str:
    """A section's name; of what stands in none, what that is."""
    section = sections().get(code)
    return section.name if section else code or _("Front page and pages outside the sections")


def _portal_rows(figures: Figures) -> list[list[Any]]:
    head = [
        _("Portal"),
        _("Visits in the period"),
        _("of these reported"),
        _("Visits in all"),
        _("As of"),
        _("Views"),
    ]
    rows = [
        [unit.display_name, each.in_period, each.reported, each.in_all, each.as_of or "", each.views]
        for unit, each in figures.by_unit
    ]
    total = [
        _("Total"),
        figures.in_period,
        figures.reported,
        figures.in_all,
        figures.as_of or "",
        figures.views,
    ]
    return [head, *rows, total]


def _month_rows(figures: Figures) -> list[list[Any]]:
    months = figures.by_month
    rows: list[list[Any]] = [
        [stretch_label(stretch), *((line.visits, line.views) if line.known else ("", ""))]
        for stretch, line in months.lines
    ]
    if months.longer:
        rows.append([_("Reported for longer than a month"), months.longer, ""])
    return [[_("Month"), _("Visits"), _("Views")], *rows, [_("Total"), months.visits, months.views]]


def _section_rows(figures: Figures) -> list[list[Any]]:
    rows = [[name, line.views, line.visits] for name, line in figures.by_section]
    return [[_("Section"), _("Views"), _("Visits begun here")], *rows]


def _article_rows(figures: Figures) -> list[list[Any]]:
    rows = [
        [row.page.title, row.authority.display_name, str(row.page.office or ""), row.views, row.visits]
        for row in figures.articles
    ]
    return [[_("Article"), _("Portal"), _("Office"), _("Views"), _("Visits begun here")], *rows]


_ROWS = {
    "portals": _portal_rows,
    "months": _month_rows,
    "sections": _section_rows,
    "articles": _article_rows,
}
