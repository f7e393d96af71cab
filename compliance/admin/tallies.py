"""The same articles counted by unit, office, person, genre or topic, beside the year before."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.access import allowed_authorities
from compliance.admin.acts.common import DayField
from compliance.admin.counts import default_period
from compliance.admin.exports import RowExportMixin
from compliance.queries.quotas import quotas_owed
from compliance.queries.tallies import Counted, Row, counted
from compliance.rules.stretches import LATEST_START, Stretch, stretches
from compliance.rules.tallies import By
from sitepages.models import Authority, Contribution

LONGEST = datetime.timedelta(days=2 * 366)
NAMES = {
    By.UNIT: gettext_lazy("Portal"),
    By.OFFICE: gettext_lazy("Office"),
    By.PERSON: gettext_lazy("Author"),
    By.GENRE: gettext_lazy("Genre"),
    By.TOPIC: gettext_lazy("Topic"),
}
WITHOUT = {
    By.UNIT: gettext_lazy("Portals without an article in the period"),
    By.OFFICE: gettext_lazy("Offices without an article in the period"),
    By.GENRE: gettext_lazy("Genres without an article in the period"),
    By.TOPIC: gettext_lazy("Topics without an article in the period"),
}


class TallyForm(forms.Form):
    """What to count, where, and over which days."""

    by = forms.ChoiceField(
        choices=[(by.value, name) for by, name in NAMES.items()], label=gettext_lazy("Count by")
    )
    authority = forms.ModelChoiceField(
        Authority.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("All portals"),
        label=gettext_lazy("Portal"),
    )
    first = DayField(label=gettext_lazy("From"))
    last = DayField(label=gettext_lazy("To"))
    start_day = forms.IntegerField(
        min_value=1,
        max_value=LATEST_START,
        label=gettext_lazy("Months begin on day"),
        help_text=gettext_lazy("1: calendar months; 20: from the 20th to the 19th of the next month."),
    )

    def __init__(self, *args: Any, portals: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].queryset = portals  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last:
            if last < first:
                self.add_error("last", _("The last day comes before the first."))
            elif last - first > LONGEST:
                self.add_error("last", _("At most two years at a time."))
        return cleaned


class TallyReport(RowExportMixin, WagtailAdminTemplateMixin, TemplateView):
    """One table, its columns and rows with one total, and what had nothing."""

    template_name = "compliance/admin/tallies.html"
    page_title = gettext_lazy("Articles counted")
    header_icon = "table"
    export_filename = "thong-ke-tin-bai"
    breadcrumbs_items = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy("Home")},
        {"url": reverse_lazy("compliance_contributions"), "label": gettext_lazy("Articles by office")},
        {"url": "", "label": gettext_lazy("Articles counted")},
    ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.portals = allowed_authorities(request.user, Contribution)
        self.form = TallyForm(self._data(), portals=self.portals)
        self.table: Counted | None = None
        if self.form.is_valid():
            chosen = self.form.cleaned_data
            units = [chosen["authority"]] if chosen["authority"] else list(self.portals)
            columns = stretches(chosen["first"], chosen["last"], chosen["start_day"])
            self.table = counted(units, By(chosen["by"]), columns)
            self.owed = quotas_owed(units, columns) if self.table.by is By.OFFICE else {}
            if self.is_export:
                return self._export(self.table)
        return self.render_to_response(self.get_context_data(**kwargs))

    def _data(self) -> Any:
        data = self.request.GET.copy()
        portals = list(self.portals[:2])
        if not data:
            data["by"] = By.UNIT.value if len(portals) > 1 else By.PERSON.value
            data["authority"] = "" if len(portals) > 1 else portals[0].code
        if not (data.get("first") and data.get("last")):
            first, last = default_period(portals[0], timezone.localdate())
            data["first"], data["last"] = first.first.isoformat(), last.last.isoformat()
        data.setdefault("start_day", "1")
        data.setdefault("by", By.UNIT.value)
        return data

    def _export(self, table: Counted) -> HttpResponse:
        head = [str(NAMES[table.by]), *map(stretch_label, table.stretches), _("Total"), _("The year before")]
        quotas = [_("Quota"), _("Lacking")] if self.owed else []
        self.prepare([*head, *quotas])
        rows: list[list[Any]] = [
            [row.name, *map(number, row.counts), number(row.total), number(row.before), *self._owed(row)]
            for row in table.rows
        ]
        rows.append([_("Total"), *table.columns, table.total, table.before, *("" for _name in quotas)])
        response: HttpResponse = self.as_spreadsheet(rows, self.request.GET.get("export"))
        return response

    def _owed(self, row: Row) -> list[int | str]:
        """What an office owes and what lacks; nothing on tables without quotas."""
        if not self.owed:
            return []
        due = self.owed.get(int(row.key)) if row.key else None
        return [due.total, due.short(int(row.total))] if due else ["", ""]

    def get_export_url(self, format: str) -> str:
        params: Any = self.form.data.copy()  # type: ignore[attr-defined]
        params["export"] = format
        return f"{self.request.path}?{params.urlencode()}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["form"] = self.form
        if self.table is not None:
            table = self.table
            context["table"] = table
            context["rows"] = [(row, self._owed(row)) for row in table.rows]
            context["has_quotas"] = bool(self.owed)
            context["key_name"] = NAMES[table.by]
            context["heads"] = [stretch_label(each) for each in table.stretches]
            context["without_title"] = WITHOUT.get(table.by, "")
            context["divided"] = table.by in (By.PERSON, By.TOPIC)
        return context


def stretch_label(days: Stretch) -> str:
    """A stretch as a column says it: 01/2021, or 20/01–19/02/2021."""
    if days.is_month:
        return f"{days.first:%m/%Y}"
    if days.first == days.last:
        return f"{days.first:%d/%m/%Y}"
    return f"{days.first:%d/%m}–{days.last:%d/%m/%Y}"


def number(value: Fraction) -> int | float:
    """A count for a spreadsheet: whole where it is, else with two decimals."""
    return int(value) if value.denominator == 1 else round(float(value), 2)
