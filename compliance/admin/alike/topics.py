"""Which topics were written about, which hardly and which not at all."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.access import allowed_authorities
from compliance.admin.acts.common import paged
from compliance.admin.alike.access import crumbs
from compliance.admin.counts import default_period
from compliance.admin.exports import RowExportMixin
from compliance.admin.tallies import TallyForm
from compliance.queries.topics import FEW, Coverage, articles_on, topic_coverage
from sitepages.models import Authority, Contribution, Topic


class TopicForm(TallyForm):
    """Where, and over which days."""

    by = None  # type: ignore[assignment]  # how a form drops an inherited field
    start_day = None  # type: ignore[assignment]


class _Topics(WagtailAdminTemplateMixin, TemplateView):
    """What both screens ask for."""

    header_icon = "tag"

    def _asked(self) -> TopicForm:
        self.portals = allowed_authorities(self.request.user, Contribution)
        data = self.request.GET.copy()
        code = data.get("authority", "")[:50]
        if code and not self.portals.filter(code=code).exists():
            raise Http404
        portals = list(self.portals[:2])
        if not data and len(portals) == 1:
            data["authority"] = portals[0].code
        if not (data.get("first") and data.get("last")):
            first, last = default_period(portals[0], timezone.localdate())
            data["first"], data["last"] = first.first.isoformat(), last.last.isoformat()
        return TopicForm(data, portals=self.portals)

    def _units(self, form: TopicForm) -> list[Authority]:
        chosen = form.cleaned_data["authority"]
        return [chosen] if chosen else list(self.portals)


class TopicReport(RowExportMixin, _Topics):
    """Articles by topic beside the year before; what had none is named first."""

    template_name = "compliance/admin/alike/topics.html"
    page_title = gettext_lazy("Topics covered")
    export_filename = "linh-vuc-tin-bai"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs(
            (reverse("compliance_contributions"), _("Articles by office")),
            ("", self.page_title),
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = self._asked()
        self.coverage: Coverage | None = None
        if self.form.is_valid():
            chosen = self.form.cleaned_data
            self.units = self._units(self.form)
            self.coverage = topic_coverage(self.units, chosen["first"], chosen["last"])
            if self.is_export:
                return self._export(self.coverage)
        return self.render_to_response(self.get_context_data(**kwargs))

    def _export(self, coverage: Coverage) -> HttpResponse:
        self.prepare([_("Topic"), _("Articles"), _("The year before"), _("Portals without any")])
        rows = [[row.name, row.articles, row.before, "; ".join(row.silent_units)] for row in coverage.rows]
        rows.append([_("(no topic)"), coverage.untold, coverage.untold_before, ""])
        response: HttpResponse = self.as_spreadsheet(rows, self.request.GET.get("export"))
        return response

    def get_export_url(self, format: str) -> str:
        params = self.request.GET.copy()
        params["export"] = format
        return f"{self.request.path}?{params.urlencode()}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.update(form=self.form, coverage=self.coverage, few=FEW)
        if self.coverage is not None:
            chosen = self.form.cleaned_data
            asked = {"first": chosen["first"], "last": chosen["last"]}
            if chosen["authority"]:
                asked["authority"] = chosen["authority"].code
            context.update(query=urlencode(asked), units=len(self.units))
        return context


class TopicArticles(_Topics):
    """The articles behind a number of that table."""

    template_name = "compliance/admin/alike/topic_articles.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs(
            (reverse("compliance_topics"), _("Topics covered")),
            ("", self.page_title),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = self._asked()
        slug = kwargs.get("topic", "")
        topic = Topic.objects.filter(slug=slug).first() if slug else None
        if not form.is_valid() or (slug and topic is None):
            raise Http404
        chosen = form.cleaned_data
        self.page_title = topic.name if topic else _("(no topic)")
        found = articles_on(self._units(form), slug, chosen["first"], chosen["last"])
        asked = self.request.GET.copy()
        asked.pop("p", None)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        page = paged(self.request, found)
        context.update(page=page, total=len(found), asked=asked.urlencode(), **chosen)
        return context
