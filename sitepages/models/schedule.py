"""The leaders' work schedule, week by week."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from sitepages.facts import Facts
from sitepages.models.base import BasePage
from sitepages.models.forms import ScheduleForm
from sitepages.models.section import RecordPage
from sitepages.panels import date_panel, time_panel


class WorkSchedulePage(RecordPage):
    """One week's schedule. The week begins on a Monday."""

    week_start = models.DateField(_("Monday of the week"), db_index=True)
    note = models.TextField(_("note"), blank=True)
    announced = models.JSONField(default=list, blank=True, editable=False)
    changes = models.JSONField(default=dict, blank=True, editable=False)

    content_panels = [
        *BasePage.content_panels,
        date_panel("week_start"),
        InlinePanel("rows", heading=_("Schedule"), label=_("Item"), min_num=1),
        FieldPanel("note"),
    ]
    parent_page_types = ["sitepages.SectionPage"]
    listing_order = ("-week_start",)
    facts_need = ("rows",)
    may_be_sent = False  # a portal's week is its own: two on one front page would hide one another
    base_form_class = ScheduleForm

    class Meta:
        verbose_name = _("work schedule")
        verbose_name_plural = _("work schedules")

    @property
    def legal_date(self) -> datetime.date | None:
        return self.week_start

    @property
    def week_end(self) -> datetime.date:
        """The Sunday."""
        return self.week_start + datetime.timedelta(days=6)

    def begin(self, duty: str, period: str) -> None:
        try:
            self.week_start = datetime.date.fromisoformat(period)
        except ValueError:
            return  # no week was asked for

    def facts(self) -> Facts:
        """Leader, item and place count when every row has them."""
        rows = list(self.rows.all())
        said = {
            "leader": [row.leader for row in rows],
            "item": [row.content for row in rows],
            "place": [row.place for row in rows],
        }
        filled = {code for code, values in said.items() if rows and all(value.strip() for value in values)}
        return Facts(trigger=self.week_start, week=self.week_start, filled=frozenset({"week"} | filled))

    def with_content_json(self, content: dict[str, Any]) -> Any:
        page = super().with_content_json(content)
        page.announced, page.changes = self.announced, self.changes  # facts of the page
        return page

    def clean(self) -> None:
        super().clean()
        if self.week_start and self.week_start.weekday() != 0:
            monday = self.week_start - datetime.timedelta(days=self.week_start.weekday())
            raise ValidationError(
                {
                    "week_start": _("A week begins on a Monday. Did you mean %(monday)s?")
                    % {"monday": f"{monday:%d/%m/%Y}"}
                }
            )


class WorkScheduleRow(Orderable):
    """One item: when, who, what, where."""

    class State(models.TextChoices):
        POSTPONED = "postponed", _("Postponed")
        CANCELLED = "cancelled", _("Cancelled")

    page = ParentalKey(WorkSchedulePage, on_delete=models.CASCADE, related_name="rows")
    date = models.DateField(_("day"))
    time = models.TimeField(_("time"), null=True, blank=True)
    leader = models.CharField(_("leader"), max_length=255)
    content = models.TextField(_("content"))
    place = models.CharField(_("place"), max_length=255, blank=True)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State.choices,
        blank=True,
        help_text=_("Leave the item in the schedule when it does not take place: readers see it struck out."),
    )

    panels = [
        FieldRowPanel([date_panel("date"), time_panel("time")]),
        FieldPanel("leader"),
        FieldPanel("content"),
        FieldRowPanel([FieldPanel("place"), FieldPanel("state")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("schedule item")
        verbose_name_plural = _("schedule items")
