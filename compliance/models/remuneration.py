"""Remuneration of the board and secretariat: what a decision grants, and the lines it was paid by."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compliance.models.period import PayPeriod
from compliance.models.royalty import FrozenWithPeriod, FrozenWithPeriodQuerySet
from sitepages.models import Authority, Contributor
from sitepages.models.authority import Dated, InForceQuerySet
from sitepages.text import normalize_fields

#: More than anyone is granted a month; beyond it lies a slip of the keyboard.
HIGHEST_MONTHLY = 1_000_000_000


class RemunerationTerm(Dated):
    """What one person is granted each month: a sum, or a share of the month's royalties."""

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("portal"), related_name="remuneration_terms"
    )
    contributor = models.ForeignKey(
        Contributor, models.PROTECT, verbose_name=_("person"), related_name="remuneration_terms"
    )
    position = models.CharField(_("position"), max_length=100)
    monthly_amount = models.BigIntegerField(
        _("sum a month (đồng)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(HIGHEST_MONTHLY)],
    )
    percent = models.DecimalField(
        _("percent of the month's royalties"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(Decimal(100))],
        help_text=_("Give the sum or the percentage, not both."),
    )
    decision_number = models.CharField(_("decision number"), max_length=100)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(
        _("valid to"),
        null=True,
        blank=True,
        help_text=_("Each month is paid on whose last day the term is in force."),
    )

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = _("remuneration term")
        verbose_name_plural = _("remuneration terms")
        ordering = ["authority__order", "contributor__name", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(monthly_amount__isnull=True) ^ Q(percent__isnull=True),
                name="remuneration_is_a_sum_or_a_share",
                violation_error_message=_("Give the sum or the percentage, not both."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.contributor.name}: {self.position} ({self.decision_number})"

    def clean(self) -> None:
        super().clean()
        if self.contributor_id and self.authority_id and self.contributor.authority_id != self.authority_id:
            raise ValidationError({"contributor": _("The person belongs to another portal.")})
        if not (self.contributor_id and self.valid_from):
            return
        others = RemunerationTerm.objects.filter(
            authority=self.authority_id, contributor=self.contributor_id, position=self.position
        ).exclude(pk=self.pk)
        overlapping = others.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=self.valid_from))
        if self.valid_to:
            overlapping = overlapping.filter(valid_from__lte=self.valid_to)
        other = overlapping.first()
        if other:
            raise ValidationError(
                {
                    "valid_from": _("Overlaps the term of decision %(number)s. End that one the day before.")
                    % {"number": other.decision_number}
                }
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        normalize_fields(self)
        super().save(*args, **kwargs)


class RemunerationEntry(FrozenWithPeriod):
    """One person's remuneration in one period, in whole đồng, with what it was computed from.

    ``replaces`` is a line paid instead of one that was taken back; like the line that takes back, it is a
    person's act and stays when the ordinary lines are computed anew.
    """

    period = models.ForeignKey(
        PayPeriod, models.PROTECT, verbose_name=_("period"), related_name="remuneration_entries"
    )
    term = models.ForeignKey(
        RemunerationTerm, models.PROTECT, verbose_name=_("remuneration term"), related_name="entries"
    )
    contributor = models.ForeignKey(
        Contributor, models.PROTECT, verbose_name=_("contributor"), related_name="remuneration_entries"
    )
    person = models.CharField(_("person"), max_length=255)
    position = models.CharField(_("position"), max_length=100)
    percent = models.DecimalField(
        _("percent of the month's royalties"), max_digits=5, decimal_places=2, null=True
    )
    base_amount = models.BigIntegerField(_("royalties it is a share of (đồng)"), null=True)
    amount = models.BigIntegerField(_("amount (đồng)"))
    rule = models.CharField(_("rule"), max_length=255)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("reverses"), related_name="reversed_by"
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("replaces"), related_name="replaced_by"
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = FrozenWithPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("remuneration entry")
        verbose_name_plural = _("remuneration entries")
        ordering = ["period", "person", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "term"],
                condition=Q(reverses__isnull=True, replaces__isnull=True),
                name="each_term_is_paid_once_a_period",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.amount:,} đ".replace(",", ".")
