"""How units answer, in figures: counts alone, nothing of a single question."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.admin.access import allowed_authorities
from compliance.admin.exports import RowExportMixin
from compliance.admin.questions.common import DeskPage
from compliance.catalogue.questions import load_handling
from compliance.models import FindingRecord
from compliance.queries.questions import figures_of


class QuestionFigures(RowExportMixin, DeskPage):
    """The units whose duties one may see, over a year; CSV and XLSX."""

    template_name = "compliance/admin/questions/figures.html"
    page_title: Any = gettext_lazy("Answers in figures")
    export_filename = "hoi-dap"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        today = timezone.localdate()
        text = request.GET.get("year", "")
        good = len(text) == 4 and text.isascii() and text.isdigit() and 2000 <= int(text) <= today.year
        self.year = int(text) if good else today.year
        self.is_export = request.GET.get("export") in ("csv", "xlsx")
        units = list(allowed_authorities(request.user, FindingRecord).order_by("order", "code"))
        first, last = datetime.date(self.year, 1, 1), datetime.date(self.year, 12, 31)
        found = figures_of(units, first, last, today)
        self.rows = [(unit, found[unit.code]) for unit in units]
        if self.is_export:
            self.prepare(
                [_("Unit"), _("Received"), _("Answered"), _("Answered in time"), _("Answered late"),
                 _("Median working days"), _("Waiting"), _("Overdue"), _("Ratings"), _("Rank")]
            )  # fmt: skip
            return self.as_spreadsheet(
                [
                    [unit.display_name, each.received, each.answered, each.on_time, each.late,
                     each.median_days, each.waiting, each.overdue, each.ratings, each.rank]
                    for unit, each in self.rows
                ],
                request.GET["export"],
            )  # fmt: skip
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        handling = load_handling()
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.update(
            year=self.year,
            years=range(today.year, today.year - 5, -1),
            rows=self.rows,
            samples=handling.on(handling.samples, today),
        )
        return context
