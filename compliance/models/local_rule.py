"""What this installation adds to the shipped law, dated and with its reason."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sitepages.models.authority import Dated, InForceQuerySet, Tier


class LocalRule(Dated):
    """A local figure for one duty: its weight, a deadline, an answer time, freshness, or a monthly quota."""

    class Kind(models.TextChoices):
        WEIGHT = "weight", _("Weight in the score (points)")
        DEADLINE = "deadline", _("Deadline after the record's day (days)")
        ANSWER = "answer", _("Time to answer a question (days)")
        FRESHNESS = "freshness", _("Longest time without anything new (days)")
        QUOTA = "quota", _("Records a month, at least")

    class Unit(models.TextChoices):
        WORKING = "wd", _("working days")
        CALENDAR = "cd", _("calendar days")

    duty = models.CharField(_("duty"), max_length=60)
    kind = models.CharField(_("what is set"), max_length=10, choices=Kind.choices)
    value = models.PositiveSmallIntegerField(
        _("figure"), validators=[MinValueValidator(1), MaxValueValidator(366)]
    )
    unit = models.CharField(
        _("counted in"),
        max_length=2,
        choices=Unit.choices,
        default=Unit.WORKING,
        help_text=_("For deadlines and answer times; freshness is always in calendar days."),
    )
    record_kind = models.CharField(
        _("kind of record"), max_length=40, blank=True, help_text=_("Leave empty for every kind.")
    )
    tier = models.ForeignKey(
        Tier, models.PROTECT, null=True, blank=True, verbose_name=_("tier"), related_name="+"
    )
    valid_from = models.DateField(_("valid from"))
    decision_number = models.CharField(_("decision number"), max_length=100)
    reason = models.CharField(_("reason"), max_length=500)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = _("local rule")
        verbose_name_plural = _("local rules")
        ordering = ["duty", "kind", "-valid_from"]

    def __str__(self) -> str:
        return f"{self.duty}: {self.get_kind_display()} {self.value}"

    def clean(self) -> None:
        super().clean()
        if not (self.duty and self.kind and self.valid_from):
            return
        others = LocalRule.objects.filter(
            duty=self.duty, kind=self.kind, record_kind=self.record_kind, tier=self.tier_id
        ).exclude(pk=self.pk)
        others = others.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=self.valid_from))
        if self.valid_to:
            others = others.filter(valid_from__lte=self.valid_to)
        other = others.first()
        if other:
            raise ValidationError(
                {
                    "valid_from": _("Overlaps the rule that begins on %(day)s; end that one first.")
                    % {"day": f"{other.valid_from:%d/%m/%Y}"}
                }
            )


class CalendarDay(models.Model):
    """A holiday or an exchanged day that the shipped calendar does not know."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("Public holiday")
        REST = "rest", _("Day off in exchange for a worked day")
        WORKED = "worked", _("Worked day (a rest day otherwise)")
        YEAR = "year", _("The year's holidays are complete (give 1 January)")

    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=150)
    decision_number = models.CharField(_("decision or notice"), max_length=150)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["day", "kind"], name="one_calendar_day_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.name}"
