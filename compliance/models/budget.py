"""The money of a year: what was given, by line, and what was spent of it."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from compliance.models.base import AppendOnly
from compliance.rules.fees import MOST_DONG
from sitepages.models import Authority

_BOUNDS = [MinValueValidator(0), MaxValueValidator(MOST_DONG)]


class BudgetKind(models.TextChoices):
    """The lines a year's money is divided into."""

    ROYALTIES = "royalties", _("Royalties and remuneration")
    STATIONERY = "stationery", _("Stationery")
    OTHER = "other", _("Other")


class RoyaltyBudget(ClusterableModel):
    """The money of one year for one portal, in đồng."""

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("authority"), related_name="royalty_budgets"
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1990), MaxValueValidator(2200)]
    )
    amount = models.BigIntegerField(_("budget (đồng)"), validators=_BOUNDS)
    decision_number = models.CharField(_("decision number"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("yearly budget")
        verbose_name_plural = _("yearly budgets")
        ordering = ["-year", "authority__order"]
        constraints = [models.UniqueConstraint(fields=["authority", "year"], name="one_budget_per_year")]

    def __str__(self) -> str:
        return f"{self.authority.display_name} {self.year}"


class BudgetLine(models.Model):
    """What of a year's money is given to one line."""

    budget = ParentalKey(
        RoyaltyBudget, on_delete=models.CASCADE, verbose_name=_("yearly budget"), related_name="budget_lines"
    )
    kind = models.CharField(_("line"), max_length=20, choices=BudgetKind.choices)
    amount = models.BigIntegerField(_("amount (đồng)"), validators=_BOUNDS)

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["budget", "kind"], name="one_budget_line_per_kind")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Spending(AppendOnly):
    """Money spent outside the pay periods: written once, corrected by a row that takes it back."""

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("authority"), related_name="spendings"
    )
    day = models.DateField(_("date"))
    kind = models.CharField(_("line"), max_length=20, choices=BudgetKind.choices)
    amount = models.BigIntegerField(_("amount (đồng)"))
    document_number = models.CharField(_("document number"), max_length=100)
    note = models.CharField(_("note"), max_length=500, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("reverses"), related_name="reversed_by"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        verbose_name=_("entered by"),
        related_name="+",
    )
    entered_at = models.DateTimeField(_("entered at"))

    class Meta:
        verbose_name = _("spending")
        verbose_name_plural = _("spendings")
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["authority", "day"], name="spending_by_day")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.amount:,} đ".replace(",", ".")
