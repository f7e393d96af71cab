"""The office x month table and what stands behind each cell."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.access import allowed_authorities, authority_or_404
from compliance.admin.exports import RowExportMixin
from compliance.presentation import table_as_dict
from compliance.queries.contributions import facts_of, genres_and_signatures
from compliance.queries.counted import counted_articles
from compliance.queries.counts import contribution_table
from compliance.queries.past import carried
from compliance.rules.months import Month, local_date
from compliance.rules.stretches import Stretch
from sitepages.models import Authority, Contribution, Office

LONGEST = 24


class MonthField(forms.Field):
    """A month as ``2021-01``."""

    widget = forms.DateInput(attrs={"type": "month"}, format="%Y-%m")

    def to_python(self, value: Any) -> Month | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return Month.parse(text)
        except ValueError:
            raise forms.ValidationError(
                _("“%(text)s” is not a month. Write it as 2021-01.") % {"text": text}
            ) from None

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, Month) else value


class TableForm(forms.Form):
    """Which table to show."""

    authority = forms.ModelChoiceField(
        Authority.objects.none(), to_field_name="code", empty_label=None, label=gettext_lazy("Portal")
    )
    first = MonthField(label=gettext_lazy("From month"))
    last = MonthField(label=gettext_lazy("To month"))
    group = forms.ChoiceField(required=False, label=gettext_lazy("Group"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].queryset = allowed_authorities(user, Contribution)  # type: ignore[attr-defined]
        self.fields["group"].choices = [("", _("All groups")), *Office.Group.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last:
            if last < first:
                self.add_error("last", _("The last month comes before the first."))
            elif (last.year - first.year) * 12 + last.month - first.month >= LONGEST:
                self.add_error("last", _("At most %(count)s months at a time.") % {"count": LONGEST})
        return cleaned


def default_period(authority: Authority, today: datetime.date) -> tuple[Month, Month]:
    """The half-year of the newest article of the portal; this half-year when there is none."""
    newest = (
        authority.offices.filter(articles__first_published_at__isnull=False)
        .order_by("-articles__first_published_at")
        .values_list("articles__first_published_at", flat=True)
        .first()
    )
    day = local_date(newest) if newest else today
    half = 1 if day.month <= 6 else 7
    return Month(day.year, half), Month(day.year, half + 5)


class ContributionReport(RowExportMixin, WagtailAdminTemplateMixin, TemplateView):
    """Articles by office and month, with zero offices, totals and what was left out."""

    template_name = "compliance/admin/contributions.html"
    page_title = gettext_lazy("Articles by office and month")
    header_icon = "table"
    export_filename = "tin-bai-theo-don-vi"
    breadcrumbs_items = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy("Home")},
        {"url": "", "label": gettext_lazy("Articles by office and month")},
    ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = self._form()
        self.document: dict[str, Any] | None = None
        if self.form.is_valid():
            chosen = self.form.cleaned_data
            self.document = table_as_dict(
                contribution_table(chosen["authority"], chosen["first"], chosen["last"])
            )
            self._narrow(chosen["group"])
            if self.is_export:
                return self._export()
        return self.render_to_response(self.get_context_data(**kwargs))

    def _form(self) -> TableForm:
        user = self.request.user
        data = self.request.GET.copy()
        portals = allowed_authorities(user, Contribution)
        if not data.get("authority"):
            data["authority"] = next(iter(portals)).code
        if not (data.get("first") and data.get("last")):
            portal = portals.filter(code=data["authority"][:50]).first()
            if portal is None:
                raise Http404
            data["first"], data["last"] = map(str, default_period(portal, timezone.localdate()))
        if not portals.filter(code=data["authority"][:50]).exists():
            raise Http404
        return TableForm(data, user=user)

    def _narrow(self, group: str) -> None:
        """One group only: its rows, and totals over them."""
        if group and self.document:
            groups = [entry for entry in self.document["groups"] if entry["code"] == group]
            rows = [row for entry in groups for row in entry["rows"]]
            months = len(self.document["column_totals"])
            self.document["groups"] = groups
            self.document["column_totals"] = [
                sum(row["months"][index] for row in rows) for index in range(months)
            ]
            self.document["total"] = sum(row["total"] for row in rows)
            self.document["silent_offices"] = [row["office"] for row in rows if not row["total"]]

    def _months(self) -> list[Month]:
        first, last = self.form.cleaned_data["first"], self.form.cleaned_data["last"]
        found = [first]
        while found[-1] < last:
            found.append(found[-1].next)
        return found

    def _export(self) -> HttpResponse:
        document = self.document or {}
        self.prepare(
            [
                _("Group"),
                _("Office"),
                *[f"{month.month:02d}/{month.year}" for month in self._months()],
                _("Total"),
                _("Months from old numbers"),
            ]
        )
        rows: list[list[Any]] = [
            [group["name"], row["office"], *row["months"], row["total"], self._handed_over(row)]
            for group in document["groups"]
            for row in group["rows"]
        ]
        rows.append([_("Total"), "", *document["column_totals"], document["total"], ""])
        response: HttpResponse = self.as_spreadsheet(rows, self.request.GET.get("export"))
        return response

    def _handed_over(self, row: dict[str, Any]) -> str:
        """The months whose number was handed over from before the system."""
        found = (self.document or {})["carried"].get(row["office"], [])
        return ", ".join(f"{Month.parse(text).month:02d}/{text[:4]}" for text in found)

    def get_export_url(self, format: str) -> str:
        params = self.request.GET.copy()
        chosen = getattr(self.form, "cleaned_data", {})
        if not {"authority", "first", "last"} <= set(chosen):
            return ""
        params["authority"], params["first"], params["last"] = (
            chosen["authority"].code,
            str(chosen["first"]),
            str(chosen["last"]),
        )
        params["export"] = format
        return f"{self.request.path}?{params.urlencode()}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["form"] = self.form
        if self.document:
            months = self._months()
            context["table"] = self._cells(months)
            context["months"] = months
        return context

    def _cells(self, months: list[Month]) -> dict[str, Any]:
        """The document with an address behind every cell that counts something."""
        portal = self.form.cleaned_data["authority"]
        codes = dict(portal.offices.values_list("full_name", "code"))
        document = dict(self.document or {})
        for group in document["groups"]:
            for row in group["rows"]:
                code = codes[row["office"]]
                row["cells"] = [
                    {
                        "count": number,
                        "carried": str(month) in document["carried"].get(row["office"], []),
                        "url": reverse("compliance_cell", args=[portal.code, code, str(month)])
                        if number
                        else "",
                    }
                    for number, month in zip(row["months"], months, strict=True)
                ]
        return document


class CellView(WagtailAdminTemplateMixin, TemplateView):
    """The articles behind one cell."""

    template_name = "compliance/admin/cell.html"
    header_icon = "doc-full"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        portal = authority_or_404(self.request.user, Contribution, kwargs["authority"])
        office = Office.objects.filter(authority=portal, code=kwargs["office"]).first()
        try:
            month = Month.parse(kwargs["month"])
        except ValueError:
            raise Http404 from None
        if office is None:
            raise Http404
        half = 1 if month.month <= 6 else 7
        asked = {
            "authority": portal.code,
            "first": str(Month(month.year, half)),
            "last": str(Month(month.year, half + 5)),
        }
        back = f"{reverse('compliance_contributions')}?{urlencode(asked)}"
        self.page_title = f"{office.full_name}, {month.month:02d}/{month.year}"
        self.breadcrumbs_items = [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {
                "url": back,
                "label": _("Articles by office and month"),
            },
            {"url": "", "label": self.page_title},
        ]
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["table_url"] = back
        articles = counted_articles([portal], Stretch(month.first, month.last)).filter(office=office)
        facts = facts_of(articles.order_by("first_published_at", "pk"))
        said = genres_and_signatures(fact.id for fact in facts)
        context["articles"] = [
            {
                "pk": fact.id,
                "first_published": fact.first_published,
                "title": fact.title,
                "url": fact.url,
                "genre": said[fact.id][0],
                "signed": said[fact.id][1],
            }
            for fact in facts
        ]
        if not context["articles"]:
            context["carried"] = carried(portal, month, month).get((office.code, month), 0)
        return context
