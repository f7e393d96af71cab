"""One activity report: its editor with the figures beside it, its files, issuing and replacing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from compliance.admin.activity import access
from compliance.admin.activity.forms import ReportForm
from compliance.admin.activity.lists import ReportPage
from compliance.admin.activity.shown import changed_figures, figure_list, preview_of, told
from compliance.models import ActivityReport
from compliance.queries.activity_stored import data_of, fresh_data, is_intact
from compliance.reports.activity_files import (
    RefusedError,
    check_stored,
    stored_file,
    written_of,
)
from compliance.reports.files import KINDS
from compliance.services.activity import (
    ReportError,
    ReportRefusedError,
    as_text,
    issue_report,
    new_edition,
    remove_draft,
    write_report,
)

#: How people call the files; other kinds go by their ending.
KIND_NAMES = {
    "docx": "Word (DOCX)",
    "md": gettext_lazy("Plain text (Markdown)"),
    "json": gettext_lazy("Data for machines (JSON)"),
}


class ReportDetail(ReportPage):
    """The editor of a draft for the board; an issued report as it went out for everybody who may read it."""

    template_name = "compliance/admin/activity/report.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.report = access.report_or_404(request.user, kwargs["pk"])
        self.page_title = str(self.report)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        report = access.draft_or_404(request.user, self.report.pk)
        form = ReportForm(request.POST, instance=report)
        problems: list[dict[str, str]] = []
        if form.is_valid():
            try:
                report = write_report(report, form.letter(), form.parts(), user=request.user)
                if "issue" in request.POST:
                    self._issue(report)
                    messages.success(request, _("The report was issued; its figures are frozen."))
                else:
                    messages.success(request, _("The report was saved."))
            except ReportRefusedError as refused:
                problems = told(refused.problems, form)
                form.add_error(None, str(refused))
            except ReportError as error:
                form.add_error(None, str(error))
            else:
                return redirect("compliance_activity_report", pk=report.pk)
        return self.render_to_response(self.get_context_data(form=form, refused=problems))

    def _issue(self, report: ActivityReport) -> None:
        if not access.may(self.request.user, "issue", report):
            raise Http404
        issue_report(
            report,
            check=check_stored,
            user=self.request.user,
            now=timezone.now(),
            today=timezone.localdate(),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        user, today = self.request.user, timezone.localdate()
        report = self.report
        data = data_of(report, today=today)
        may_write = access.may(user, "change", report) and not report.is_issued
        if may_write:
            context.setdefault("form", ReportForm(instance=report))
            context["figures"] = figure_list(data)
        context.update(
            report=report,
            preview=preview_of(written_of(report, data)),
            problems=told(check_stored(report, data), ReportForm(instance=report)) if may_write else [],
            kinds=[(kind, KIND_NAMES.get(kind, kind.upper())) for kind in KINDS],
            may_write=may_write,
            may_issue=may_write and access.may(user, "issue", report),
            replaced_by=access.readable(user).filter(replaces=report).first(),
        )
        context["intact"] = is_intact(report)
        if report.is_issued:
            context.update(
                changes=changed_figures(data, fresh_data(report, today=today)),
                may_replace=access.may(user, "add", report)
                and not ActivityReport.objects.filter(replaces=report).exists(),
            )
        return context


class ReportPreview(View):
    """How a draft would look as it is being typed: nothing is kept."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        report = access.draft_or_404(request.user, pk)
        form = ReportForm(request.POST, instance=report)
        if report.is_issued or not form.is_valid():
            return HttpResponse(status=409)
        try:
            report.text = as_text(form.parts())
        except ReportError:
            return HttpResponse(status=409)
        data = fresh_data(report, today=timezone.localdate())
        context = {
            "preview": preview_of(written_of(report, data)),
            "problems": told(check_stored(report, data), form),
        }
        return render(request, "compliance/admin/activity/preview.html", context)


class ReportFile(View):
    """The report as a file; one that does not hold together is not written."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        report = access.report_or_404(request.user, pk)
        if kind not in KINDS:
            raise Http404
        try:
            content = stored_file(report, kind, today=timezone.localdate())
        except RefusedError as refused:
            text = _("The report was not written: %(number)s things are wrong.")
            messages.error(request, text % {"number": len(refused.problems)})
            return redirect("compliance_activity_report", pk=pk)
        name = f"bao-cao-{report.authority.code}-{report.first_day}-{report.last_day}"
        response = HttpResponse(content, content_type=KINDS[kind])
        response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
        return response


class ReportReplace(View):
    """Begin a new edition of an issued report, by POST alone."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        report = access.report_or_404(request.user, pk)
        if not access.may(request.user, "add", report):
            raise Http404
        try:
            made = new_edition(report, user=request.user, now=timezone.now())
        except ReportError as error:
            messages.error(request, str(error))
            return redirect("compliance_activity_report", pk=pk)
        messages.success(request, _("A new edition was begun; it names the report it replaces."))
        return redirect("compliance_activity_report", pk=made.pk)


class ReportRemove(View):
    """Throw a draft away, by POST alone."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        report = access.draft_or_404(request.user, pk)
        try:
            remove_draft(report, user=request.user)
        except ReportError as error:
            messages.error(request, str(error))
            return redirect("compliance_activity_report", pk=pk)
        messages.success(request, _("The draft was removed."))
        return redirect("compliance_activity")
