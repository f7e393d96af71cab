"""The board's table of coefficients, a month at a time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.access import allowed_authorities
from compliance.admin.counts import default_period
from compliance.models import ArticleGrade
from compliance.queries.contributions import as_fact
from compliance.queries.exclusions import with_exclusions
from compliance.queries.rates import NoTermsError, royalty_terms
from compliance.rules.counting import exclusion
from compliance.rules.months import Month, local_date
from compliance.services.grading import GradeError, grade_article
from sitepages.models import ArticlePage, Authority


class GradingView(WagtailAdminTemplateMixin, TemplateView):
    """Articles of a month, each with its coefficient and the cap of its genre."""

    template_name = "compliance/admin/grading.html"
    page_title = gettext_lazy("Grading of articles")
    header_icon = "pick"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": self.page_title},
        ]

    def _chosen(self) -> tuple[Authority, Month]:
        params = self.request.POST if self.request.method == "POST" else self.request.GET
        portals = allowed_authorities(self.request.user, ArticleGrade, "change")
        code = params.get("authority", "")[:50]
        portal = portals.filter(code=code).first() if code else portals.first()
        if portal is None:
            raise Http404
        try:
            text = params.get("month", "")
            month = Month.parse(text) if text else default_period(portal, timezone.localdate())[1]
        except ValueError:
            raise Http404 from None
        return portal, month

    @staticmethod
    def _articles(portal: Authority, month: Month) -> list[ArticlePage]:
        found = (
            with_exclusions(ArticlePage.objects.all())
            .filter(
                office__authority=portal,
                first_published_at__gte=month.start,
                first_published_at__lt=month.end,
            )
            .select_related("office__authority__parent", "royalty_grade")
            .prefetch_related("contributions")
            .order_by("first_published_at", "pk")
        )
        return [page for page in found if exclusion(as_fact(page), {page.office.code}) is None]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        portal, month = self._chosen()
        faults: dict[int, str] = {}
        changed = 0
        for article in self._articles(portal, month):
            text = request.POST.get(f"grade-{article.pk}")
            if text is None:
                continue
            before = getattr(article, "royalty_grade", None)
            try:
                after = grade_article(article, text, user=request.user, now=timezone.now())
            except GradeError as error:
                faults[article.pk] = str(error)
            else:
                changed += (before.coefficient if before else None) != (after.coefficient if after else None)
        if changed:
            messages.success(request, _("%(count)s grades were saved.") % {"count": changed})
        if faults:
            messages.error(
                request, _("%(count)s grades were not saved; see the lines below.") % {"count": len(faults)}
            )
            return self.render_to_response(self.get_context_data(faults=faults, posted=request.POST))
        return redirect(f"{reverse('compliance_grading')}?authority={portal.code}&month={month}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        faults, posted = kwargs.pop("faults", {}), kwargs.pop("posted", None)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        portal, month = self._chosen()
        rows = []
        for article in self._articles(portal, month):
            try:
                cap = royalty_terms(portal, article.genre, local_date(article.first_published_at)).cap
            except NoTermsError:
                cap = None
            grade = getattr(article, "royalty_grade", None)
            given = localize(grade.coefficient) if grade else ""
            text = posted.get(f"grade-{article.pk}", "") if posted else given
            rows.append({"article": article, "cap": cap, "text": text, "fault": faults.get(article.pk, "")})
        context.update(
            rows=rows,
            portal=portal,
            portals=allowed_authorities(self.request.user, ArticleGrade, "change"),
            month=month,
        )
        return context
