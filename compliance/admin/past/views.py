"""From a file to articles, numbers and payments: columns chosen, checked, imported, taken back."""

from __future__ import annotations

import csv
from itertools import islice
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from compliance.admin.access import allowed_authorities, authorities_for
from compliance.admin.acts.common import ActsView, paged
from compliance.admin.past.forms import MappingForm, UploadForm
from compliance.models import ImportJob
from compliance.queries.likeness import awaiting
from compliance.rules.past import month_columns
from compliance.services.csv_files import ImportRefusedError
from compliance.services.past import jobs
from compliance.services.past.check import column_name
from compliance.services.past.tables import open_table
from sitepages.text import fold

State = ImportJob.State
STEPS = {"check": State.CHECKING, "write": State.WRITING, "undo": State.UNDOING}
SHOWN = 50


class ImportList(ActsView):
    """The imports of one's portals, and a new one."""

    template_name = "compliance/admin/past/list.html"
    page_title = gettext_lazy("Import of old data")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.portals = allowed_authorities(request.user, ImportJob)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not authorities_for(request.user, ImportJob, "add").exists():
            raise PermissionDenied
        form = UploadForm(request.POST, request.FILES, user=request.user)
        if form.is_valid():
            chosen = form.cleaned_data
            try:
                job = jobs.create_job(
                    chosen["file"],
                    kind=chosen["kind"],
                    authority=chosen["authority"],
                    settled=not chosen["payable"],
                    user=request.user,
                    now=timezone.now(),
                )
            except ImportRefusedError as refused:
                form.add_error("file", refused.first_problems(5))
            else:
                return redirect("compliance_import", pk=job.pk)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.setdefault("form", UploadForm(user=self.request.user))
        rows = ImportJob.objects.filter(authority__in=self.portals).select_related("authority", "asked_by")
        context["jobs"] = paged(self.request, rows)
        return context


class OneImport(ActsView):
    """One import, as far as it has come."""

    template_name = "compliance/admin/past/detail.html"
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.job = job_or_404(request.user, kwargs["pk"], "view")
        self.page_title = str(self.job)
        return super().dispatch(request, *args, **kwargs)

    def above(self) -> list[tuple[str, Any]]:
        return [(reverse("compliance_imports"), _("Import of old data"))]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The columns are chosen: keep them and have the file checked."""
        job = job_or_404(request.user, kwargs["pk"], "change")
        if job.state not in (State.UPLOADED, State.CHECKED):
            raise Http404
        form = self._form(request.POST)
        if form is None or not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        sheet = form.cleaned_data.get("sheet", job.sheet)
        if sheet != job.sheet and job.sheet + sheet and sheet != self.shown_sheet:
            job.mapping = jobs.mapping_of(jobs.file_of(job), job.kind, sheet)
            job.sheet, job.state = sheet, State.UPLOADED
            job.save()
            return redirect("compliance_import", pk=job.pk)
        job.mapping = form.mapping()
        job.save(update_fields=["mapping"])
        return step(request, job, State.CHECKING)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        job = self.job
        context["job"] = job
        context["may_change"] = (
            authorities_for(self.request.user, ImportJob, "change").filter(pk=job.authority_id).exists()
        )
        context["done_rows"] = jobs.rows_done(job) if job.is_asked else 0
        if job.state == State.DONE:
            context["awaiting"] = awaiting(job=job.pk) if job.kind == ImportJob.Kind.ARTICLES else 0
            context["kept"] = jobs.cannot_take_back(job) if context["may_change"] else ""
        context["told"] = self._told()
        context["more"] = max(0, job.faults + job.changed - len(context["told"]))
        if job.state in (State.UPLOADED, State.CHECKED) and context["may_change"]:
            if context.get("form") is None:
                context["form"] = self._form()
            context["preview"] = self._preview()
        return context

    def _form(self, data: Any = None) -> MappingForm | None:
        try:
            table = open_table(jobs.file_of(self.job), self.job.kind, self.job.sheet)
        except (ImportRefusedError, OSError):
            self.shown_sheet = ""
            return None
        self.shown_sheet = table.sheet
        return MappingForm(data, job=self.job, headings=list(table.headings), sheets=list(table.sheets))

    def _preview(self) -> dict[str, Any]:
        """The first rows as they are understood."""
        try:
            table = open_table(jobs.file_of(self.job), self.job.kind, self.job.sheet)
            rows = [cells for _line, cells in islice(table.rows, 10)]
        except (ImportRefusedError, OSError):
            return {}
        chosen = {column_name(self.job.kind, name): index for name, index in self.job.mapping.items()}
        if self.job.kind == ImportJob.Kind.TALLIES and "month" not in self.job.mapping:
            months = month_columns([fold(each) for each in table.headings])
            chosen |= {f"{month.first:%m/%Y}": index for index, month in months.items()}
        return {
            "heads": list(chosen),
            "rows": [
                [cells[index][:120] if index < len(cells) else "" for index in chosen.values()]
                for cells in rows
            ],
        }

    def _told(self) -> list[list[str]]:
        if self.job.state not in (State.CHECKED, State.DONE):
            return []
        try:
            with jobs.told_of(self.job).open(encoding="utf-8-sig", newline="") as file:
                return list(islice(csv.reader(file), 1, SHOWN + 1))
        except OSError:
            return []


class ImportStep(View):
    """Check again, import, or take back: by POST alone."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, step_name: str) -> HttpResponse:
        job = job_or_404(request.user, pk, "change")
        if step_name not in STEPS:
            raise Http404
        return step(request, job, STEPS[step_name])


class ImportTold(View):
    """All faults and notes as a file."""

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        job = job_or_404(request.user, pk, "view")
        path = jobs.told_of(job)
        if not path.is_file():
            raise Http404
        name = f"loi-nhap-du-lieu-{job.pk}.csv"
        return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="text/csv")


def step(request: HttpRequest, job: ImportJob, state: str) -> HttpResponse:
    """Ask for it; small files are worked on at once."""
    try:
        jobs.ask(job, state, user=request.user)
    except ImportRefusedError as refused:
        messages.error(request, " ".join(refused.first_problems(3)))
    else:
        if jobs.is_small(job):
            jobs.run_job(job)
            job.refresh_from_db()
        if job.state == State.DONE and state == State.WRITING:
            messages.success(request, _("%(count)s rows were imported.") % {"count": job.made})
        elif job.state == State.TAKEN_BACK:
            messages.success(request, _("The import was taken back."))
    return redirect("compliance_import", pk=job.pk)


def job_or_404(user: Any, pk: int, action: str) -> ImportJob:
    """An import of a portal the user has the right for; 404 otherwise."""
    rows = ImportJob.objects.filter(authority__in=authorities_for(user, ImportJob, action))
    job: ImportJob | None = rows.select_related("authority__parent", "asked_by").filter(pk=pk).first()
    if job is None:
        raise Http404
    return job
