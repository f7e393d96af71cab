"""Budget disclosure."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from sitepages.blocks.body import TABLES, has_words
from sitepages.facts import Facts, filled_of
from sitepages.fields import BodyField
from sitepages.models.base import BasePage
from sitepages.models.section import RecordPage
from sitepages.panels import date_panel
from sitepages.periods import read_period

_PERIOD_END = {"M3": (3, 31), "M6": (6, 30), "M9": (9, 30), "Y": (12, 31)}


class BudgetDisclosurePage(RecordPage):
    """One disclosure: a draft, a decided estimate, the execution of a period, or a settlement."""

    class Kind(models.TextChoices):
        DRAFT = "draft", _("Draft estimate")
        DECIDED = "decided", _("Decided estimate")
        EXECUTION = "execution", _("Execution of the estimate")
        SETTLEMENT = "settlement", _("Settlement")

    class Period(models.TextChoices):
        MONTHS_3 = "M3", _("First quarter")
        MONTHS_6 = "M6", _("First six months")
        MONTHS_9 = "M9", _("First nine months")
        YEAR = "Y", _("Whole year")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    fiscal_year = models.PositiveSmallIntegerField(
        _("budget year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    period = models.CharField(_("period"), max_length=2, choices=Period.choices, blank=True)
    decision_number = models.CharField(_("decision number"), max_length=100, blank=True)
    decision_date = models.DateField(_("decision date"), null=True, blank=True)
    trigger_date = models.DateField(
        _("day the term counts from"),
        null=True,
        blank=True,
        help_text=_(
            "Draft: the day it was sent to the council or the session opened. Annual execution: the day it "
            "was submitted. Otherwise the decision date or the period's end is used."
        ),
    )
    explanation = models.TextField(_("explanation"), blank=True)
    tables = BodyField(TABLES, verbose_name=_("tables and files"))

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("fiscal_year"), FieldPanel("period")]),
                FieldRowPanel([FieldPanel("decision_number"), date_panel("decision_date")]),
                date_panel("trigger_date"),
            ],
            heading=_("Disclosure"),
        ),
        FieldPanel("explanation"),
        FieldPanel("tables"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("explanation"),
        index.FilterField("kind"),
        index.FilterField("fiscal_year"),
    ]
    parent_page_types = ["sitepages.SectionPage"]
    listing_order = ("-fiscal_year", "-first_published_at")

    class Meta:
        verbose_name = _("budget disclosure")
        verbose_name_plural = _("budget disclosures")

    @property
    def legal_date(self) -> datetime.date | None:
        if self.trigger_date:
            return self.trigger_date
        if self.kind == self.Kind.EXECUTION and self.period:
            month, day = _PERIOD_END[self.period]
            return datetime.date(self.fiscal_year, month, day)
        return self.decision_date

    @property
    def period_code(self) -> str:
        """``2021`` for a whole budget year's papers, ``2021-M6`` for the execution of a period."""
        if self.kind == self.Kind.EXECUTION:
            return f"{self.fiscal_year}-{self.period}"
        return str(self.fiscal_year)

    def begin(self, duty: str, period: str) -> None:
        kind, asked = duty.removeprefix("budget_"), read_period(period)
        if kind in self.Kind.values:
            self.kind = kind
        if asked:
            self.fiscal_year, self.period = asked.year, asked.token

    def facts(self) -> Facts:
        """One duty for each kind; a settlement's decision is its approval."""
        decision = "approval" if self.kind == self.Kind.SETTLEMENT else "decision"
        filled = filled_of(
            budget_year=self.fiscal_year,
            period=self.period,
            explanation=self.explanation,
            tables=has_words(self.tables),
            **{f"{decision}_number": self.decision_number, f"{decision}_date": self.decision_date},
        )
        yearly = self.kind == self.Kind.EXECUTION and self.period == self.Period.YEAR
        return Facts(
            duty=f"budget_{self.kind}",
            kind="annual" if yearly else "",
            trigger=self.legal_date,
            period=self.period_code,
            filled=filled,
        )

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.kind == self.Kind.EXECUTION and not self.period:
            errors["period"] = _("Say which period the execution covers.")
        if self.kind and self.kind != self.Kind.EXECUTION and self.period:
            errors["period"] = _("Only the execution of the estimate has a period. Leave this empty.")
        if self.kind in {self.Kind.DECIDED, self.Kind.SETTLEMENT}:
            if not self.decision_number:
                errors["decision_number"] = _("Give the number of the decision.")
            if not self.decision_date:
                errors["decision_date"] = _("Give the date of the decision.")
        if self.kind == self.Kind.DRAFT and not self.trigger_date:
            errors["trigger_date"] = _("Give the day the draft was sent to the council.")
        if self.kind == self.Kind.EXECUTION and self.period == self.Period.YEAR and not self.trigger_date:
            errors["trigger_date"] = _("Give the day the annual report was submitted.")
        if errors:
            raise ValidationError(errors)
