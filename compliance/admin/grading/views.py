"""The month's list of grades: the secretary proposes, the board approves."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.access import allowed_authorities
from compliance.admin.counts import default_period
from compliance.admin.grading.rows import legend, read_row, shown_row
from compliance.admin.grading.words import summary
from compliance.admin.scoping import policy_for
from compliance.models import ArticleGrade
from compliance.queries.grade_list import GradeList, GradeRow, gradable, grade_list
from compliance.rules.months import Month
from compliance.services.grading import GradeError, Grading, approve_grades
from sitepages.models import ArticlePage, Authority

SHOWN: dict[str, Any] = {
    "": gettext_lazy("All"),
    "none": gettext_lazy("Not graded"),
    "proposed": gettext_lazy("Proposed"),
    "approved": gettext_lazy("Approved"),
    "hints": gettext_lazy("With hints"),
}


class GradingView(WagtailAdminTemplateMixin, TemplateView):
    """Articles of a month, each with its grade, its hints and what it earns."""

    template_name = "compliance/admin/grading/list.html"
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
        self.office = params.get("office", "")[:50]
        self.show = params.get("show", "") if params.get("show", "") in SHOWN else ""
        return portal, month

    def _approves(self, portal: Authority) -> bool:
        mine = policy_for(ArticleGrade).authorities(self.request.user, ["approve"])
        return bool(mine.filter(pk=portal.pk).exists())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        portal, month = self._chosen()
        articles = [page for page in gradable(portal, month) if f"grade-{page.pk}" in request.POST]
        approves = self._approves(portal)
        with transaction.atomic():
            saved, faults = self._save(portal, articles, approves)
        approved = 0
        action = request.POST.get("action", "")
        if approves and action in ("approve", "approve_all"):
            ticked = [
                page for page in articles if action == "approve_all" or f"approve-{page.pk}" in request.POST
            ]
            approved = self._approve(portal, ticked, saved, faults)
        if saved:
            messages.success(request, _("%(count)s grades were saved.") % {"count": len(saved)})
        if approved:
            messages.success(request, _("%(count)s grades were approved.") % {"count": approved})
        if faults:
            messages.error(
                request, _("%(count)s grades were not saved; see the lines below.") % {"count": len(faults)}
            )
            return self.render_to_response(self.get_context_data(faults=faults))
        chosen = {"authority": portal.code, "month": str(month), "office": self.office, "show": self.show}
        query = urlencode({name: value for name, value in chosen.items() if value})
        return redirect(f"{reverse('compliance_grading')}?{query}")

    def _save(
        self, portal: Authority, articles: list[ArticlePage], approves: bool
    ) -> tuple[set[int], dict[int, str]]:
        user, posted = self.request.user, self.request.POST
        work = Grading(portal, articles, user=user, now=timezone.now(), reclassifies=approves)
        saved: set[int] = set()
        faults: dict[int, str] = {}
        for article in articles:
            try:
                seen = posted.get(f"seen-{article.pk}")
                if work.propose(article, read_row(posted, article), seen):
                    saved.add(article.pk)
            except GradeError as error:
                faults[article.pk] = str(error)
        return saved, faults

    def _approve(
        self, portal: Authority, articles: list[ArticlePage], saved: set[int], faults: dict[int, str]
    ) -> int:
        """Approve what stands on the list as it was seen; what this very form changed waits for another."""
        posted = self.request.POST
        left = [page for page in articles if page.pk not in saved and page.pk not in faults]
        seen = {page.pk: posted.get(f"seen-{page.pk}", "") for page in left}
        done, refused = approve_grades(portal, left, user=self.request.user, now=timezone.now(), seen=seen)
        faults.update(refused)
        return len(done)

    def _wanted(self, row: GradeRow) -> bool:
        if self.office and row.office.code != self.office:
            return False
        if self.show == "hints":
            return bool(row.hints)
        if self.show == "none":
            return row.grade is None
        approved = row.grade is not None and row.grade.holds_for(row.article.genre)
        if self.show == "proposed":
            return row.grade is not None and not approved
        return self.show != "approved" or approved

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        faults: dict[int, str] = kwargs.pop("faults", {})
        context: dict[str, Any] = super().get_context_data(**kwargs)
        portal, month = self._chosen()
        listed: GradeList = grade_list(portal, month)
        titles = {row.article.pk: row.article.title for row in listed.rows}
        posted = self.request.POST if faults else None
        rows = [
            shown_row(row, listed, titles, posted, faults.get(row.article.pk, ""))
            for row in listed.rows
            if self._wanted(row) or row.article.pk in faults
        ]
        offices = {row.office.code: row.office.short_name for row in listed.rows}
        context.update(
            rows=rows,
            portal=portal,
            portals=allowed_authorities(self.request.user, ArticleGrade, "change"),
            month=month,
            offices=sorted(offices.items(), key=lambda each: each[1]),
            office=self.office,
            show=self.show,
            shown=SHOWN.items(),
            approves=self._approves(portal),
            editable=any(not row.row.paid for row in rows),
            waiting=sum(row.state == "proposed" for row in rows),
            ungraded=sum(row.grade is None for row in listed.rows),
            total=sum(row.amount or 0 for row in listed.rows),
            pieces=len(listed.rows),
            summary=summary(listed),
            legend=legend(rows),
            any_grades=any(row.grades for row in rows),
            table=self._table(listed),
        )
        return context

    @staticmethod
    def _table(listed: GradeList) -> dict[str, list[dict[str, str]]]:
        """The grades of each genre on the list's days, for the script that fills them in."""
        found: dict[str, list[dict[str, str]]] = {}
        days = {row.on for row in listed.rows}
        for genre in {row.article.genre for row in listed.rows}:
            for day in days:
                for rate in listed.book.grades(genre, day):
                    one = {"code": rate.grade, "coefficient": str(rate.coefficient or "")}
                    if one not in found.setdefault(genre, []):
                        found[genre].append(one)
        return found
