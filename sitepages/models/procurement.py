"""Projects, bidding and public procurement."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from sitepages.blocks.body import TABLES
from sitepages.facts import Facts, filled_of
from sitepages.fields import BodyField
from sitepages.models.base import BasePage
from sitepages.models.section import RecordPage
from sitepages.panels import date_panel, moment_panel
from sitepages.text import fold
from sitepages.vocabulary import procurement_field_choices, words


class ProcurementPage(RecordPage):
    """One project or package, from plan to result. Money in whole đồng."""

    class Status(models.TextChoices):
        PREPARING = "preparing", _("Preparing")
        ONGOING = "ongoing", _("Ongoing")
        COMPLETED = "completed", _("Completed")

    project = models.CharField(_("project"), max_length=500)
    goal = models.TextField(_("goal"), blank=True)
    field = models.CharField(_("field"), max_length=20, choices=procurement_field_choices, default="goods")
    project_type = models.CharField(
        _("type of project"),
        max_length=150,
        blank=True,
        help_text=_("For example: new construction, repair."),
    )
    period = models.CharField(
        _("period of implementation"), max_length=150, blank=True, help_text=_("For example: 2021 – 2022.")
    )
    funding = models.CharField(_("source of funds"), max_length=255, blank=True)
    sponsor = models.CharField(
        _("who funds it"), max_length=255, blank=True, help_text=_("The budget or the donor that pays.")
    )
    investor = models.CharField(_("investor"), max_length=255, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.PREPARING)
    plan_number = models.CharField(_("number of the plan's approval"), max_length=100, blank=True)
    approval_date = models.DateField(_("plan approved on"), db_index=True)
    notice_date = models.DateField(_("invitation issued on"), null=True, blank=True)
    closes_at = models.DateTimeField(
        _("bids close at"),
        null=True,
        blank=True,
        help_text=_("Until then bids are taken; the calendar of the section tells of it."),
    )
    result_number = models.CharField(_("number of the result's approval"), max_length=100, blank=True)
    result_date = models.DateField(_("result approved on"), null=True, blank=True)
    winner = models.CharField(_("contractor chosen"), max_length=255, blank=True)
    price = models.BigIntegerField(
        _("price (đồng)"), null=True, blank=True, validators=[MinValueValidator(0)]
    )
    egp_number = models.CharField(_("e-procurement number"), max_length=50, blank=True)
    egp_url = models.URLField(_("e-procurement address"), blank=True)
    attachments = BodyField(TABLES, blank=True, verbose_name=_("tables and files"))

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("project"),
                FieldPanel("goal"),
                FieldRowPanel([FieldPanel("field"), FieldPanel("status")]),
                FieldRowPanel([FieldPanel("project_type"), FieldPanel("period")]),
                FieldRowPanel([FieldPanel("funding"), FieldPanel("sponsor")]),
                FieldRowPanel([FieldPanel("investor"), FieldPanel("price")]),
            ],
            heading=_("Project"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("plan_number"), date_panel("approval_date")]),
                FieldRowPanel([date_panel("notice_date"), moment_panel("closes_at")]),
                FieldRowPanel([FieldPanel("result_number"), date_panel("result_date")]),
                FieldPanel("winner"),
            ],
            heading=_("Plan, invitation, result"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("egp_number"), FieldPanel("egp_url")])],
            heading=_("National e-procurement system"),
        ),
        FieldPanel("attachments"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("project"), index.FilterField("status")]
    parent_page_types = ["sitepages.SectionPage"]
    listing_order = ("-approval_date",)

    class Meta:
        verbose_name = _("procurement entry")
        verbose_name_plural = _("procurement entries")

    @property
    def legal_date(self) -> datetime.date | None:
        return self.approval_date

    def facts(self) -> Facts:
        filled = filled_of(
            name=self.project,
            goal=self.goal,
            field=self.field,
            type=self.project_type,
            period=self.period,
            budget=self.price,
            funding_type=self.funding,
            sponsor=self.sponsor,
            status=self.status,
            egp_number=self.egp_number,
            egp_url=self.egp_url,
        )
        return Facts(trigger=self.approval_date, filled=filled)

    @property
    def folded_text(self) -> str:
        return fold(f"{self.title} {self.project} {self.goal}")

    @property
    def field_name(self) -> str:
        word = words("procurement_fields").get(self.field)
        return word.name if word else self.field

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.notice_date and self.approval_date and self.notice_date < self.approval_date:
            errors["notice_date"] = _("An invitation cannot come before the plan's approval.")
        earlier = self.notice_date or self.approval_date
        closes_on = timezone.localdate(self.closes_at) if self.closes_at else None
        if closes_on and earlier and closes_on < earlier:
            errors["closes_at"] = _("Bids cannot close before the plan and the invitation.")
        if closes_on and self.result_date and self.result_date < closes_on:
            errors["result_date"] = _("A result cannot come before bids close.")
        if self.result_date and earlier and self.result_date < earlier:
            errors["result_date"] = _("A result cannot come before the plan and the invitation.")
        if self.status == self.Status.COMPLETED and not self.result_date:
            errors["result_date"] = _("A completed package needs the date of its result.")
        if errors:
            raise ValidationError(errors)
