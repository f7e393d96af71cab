"""The list of articles alike, over every portal the user answers for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.access import allowed_authorities, authorities_for
from compliance.admin.acts.common import DayField, paged
from compliance.admin.alike.access import crumbs
from compliance.admin.counts import default_period
from compliance.admin.exports import RowExportMixin
from compliance.models import AlikePair, PayPeriod
from compliance.models.likeness import AlikeKind
from compliance.queries.duplicates import figures_of, left_out_with, pairs_in, with_decisions, with_state
from compliance.queries.exclusions import still_paid
from compliance.queries.likeness import awaiting
from compliance.rules.months import local_date
from compliance.templatetags.alike_tags import decision
from sitepages.models import Authority

_MOST_EXPORTED = 5_000
OPEN, SETTLED, DISMISSED = "open", "left_out", "dismissed"


class PairForm(forms.Form):
    """Which pairs to show."""

    authority = forms.ModelChoiceField(
        Authority.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("All portals"),
        label=gettext_lazy("Portal"),
    )
    first = DayField(label=gettext_lazy("From"))
    last = DayField(label=gettext_lazy("To"))
    kind = forms.ChoiceField(
        required=False,
        choices=[("", gettext_lazy("All kinds")), *AlikeKind.choices],
        label=gettext_lazy("Kind of likeness"),
    )
    state = forms.ChoiceField(
        required=False,
        choices=[
            ("", gettext_lazy("All but those that are no duplicates")),
            (OPEN, gettext_lazy("Not decided yet")),
            (SETTLED, gettext_lazy("One of them is not counted")),
            (DISMISSED, gettext_lazy("No duplicates, as the board said")),
        ],
        label=gettext_lazy("Decision"),
    )

    def __init__(self, *args: Any, portals: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].queryset = portals  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("first") and cleaned.get("last") and cleaned["last"] < cleaned["first"]:
            self.add_error("last", _("The last day comes before the first."))
        return cleaned


class DuplicateReport(RowExportMixin, WagtailAdminTemplateMixin, TemplateView):
    """Pairs with kind, likeness, both articles, and what was decided."""

    template_name = "compliance/admin/alike/report.html"
    page_title = gettext_lazy("Duplicate articles")
    header_icon = "copy"
    export_filename = "tin-bai-trung-lap"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs(("", self.page_title))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.portals = allowed_authorities(request.user, AlikePair)
        self.form = PairForm(self._data(), portals=self.portals)
        self.rows: Any = AlikePair.objects.none()
        if self.form.is_valid():
            self.rows = self._pairs(self.form.cleaned_data)
            if self.is_export:
                return self._export()
        return self.render_to_response(self.get_context_data(**kwargs))

    def _data(self) -> Any:
        data = self.request.GET.copy()
        code = data.get("authority", "")[:50]
        if code and not self.portals.filter(code=code).exists():
            raise Http404
        if not (data.get("first") and data.get("last")):
            first, last = default_period(next(iter(self.portals)), timezone.localdate())
            data["first"], data["last"] = first.first.isoformat(), last.last.isoformat()
        return data

    def _units(self, chosen: dict[str, Any]) -> list[Authority]:
        return [chosen["authority"]] if chosen["authority"] else list(self.portals)

    def _pairs(self, chosen: dict[str, Any]) -> Any:
        state = chosen["state"]
        found = pairs_in(self._units(chosen), chosen["first"], chosen["last"], dismissed=state == DISMISSED)
        if chosen["kind"]:
            found = found.filter(kind=chosen["kind"])
        return with_state(found, settled=state == SETTLED) if state in (OPEN, SETTLED) else found

    def _export(self) -> HttpResponse:
        self.prepare(
            [
                _("Kind of likeness"), _("Likeness (%)"), _("Later article"), _("Unit"), _("Published on"),
                _("Earlier article"), _("Unit"), _("Published on"), _("Decision"), _("Reason"),
            ]
        )  # fmt: skip
        rows = [
            [
                each.pair.get_kind_display(), each.pair.percent,
                *_side(each.pair.later, each.pair.later_unit),
                *_side(each.pair.earlier, each.pair.earlier_unit),
                decision(each), each.left_out.reason if each.left_out else each.pair.dismissed_why,
            ]
            for each in with_decisions(self.rows[:_MOST_EXPORTED])
        ]  # fmt: skip
        response: HttpResponse = self.as_spreadsheet(rows, self.request.GET.get("export"))
        return response

    def get_export_url(self, format: str) -> str:
        params = self.request.GET.copy()
        params["export"] = format
        return f"{self.request.path}?{params.urlencode()}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        page = paged(self.request, self.rows)
        asked = self.request.GET.copy()
        asked.pop("p", None)
        context.update(form=self.form, page=page, pairs=with_decisions(page), asked=asked.urlencode())
        mine = authorities_for(self.request.user, PayPeriod, "change")
        context["takes_back"] = set(mine.values_list("pk", flat=True))
        if self.form.is_valid():
            chosen = self.form.cleaned_data
            asked_of = (self._units(chosen), chosen["first"], chosen["last"])
            context["awaiting"] = awaiting(asked_of[0])
            context["figures"] = figures_of(*asked_of)
            out = list(left_out_with(*asked_of)[:200])
            paid = still_paid(row.article_id for row in out)
            context["left_out"] = [{"row": row, "paid": paid.get(row.article_id)} for row in out]
        return context


def _side(article: Any, unit: Authority) -> list[Any]:
    return [article.title, unit.display_name, local_date(article.first_published_at)]
