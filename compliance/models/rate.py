"""What a coefficient is worth, by date."""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sitepages.models import Authority
from sitepages.models.authority import Dated, InForceQuerySet
from sitepages.vocabulary import genre_choices, words


class BaseSalary(models.Model):
    """The state's base salary (đồng a month) from a day on."""

    valid_from = models.DateField(_("valid from"), unique=True)
    amount = models.BigIntegerField(_("amount (đồng a month)"), validators=[MinValueValidator(1)])
    decree = models.CharField(_("decree"), max_length=150)
    status = models.CharField(_("verification"), max_length=5, default="D")

    class Meta:
        verbose_name = _("base salary")
        verbose_name_plural = _("base salaries")
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.valid_from:%d/%m/%Y}: {self.amount:,} đ".replace(",", ".")


class RoyaltyRate(Dated):
    """The highest coefficient of a genre under one decision, while it is in force."""

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("authority"), related_name="royalty_rates"
    )
    decision_number = models.CharField(_("decision number"), max_length=100)
    decision_date = models.DateField(_("decision date"))
    genre = models.CharField(_("genre"), max_length=20, choices=genre_choices)
    max_coefficient = models.DecimalField(
        _("highest coefficient"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    valid_from = models.DateField(_("valid from"))

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = _("royalty rate")
        verbose_name_plural = _("royalty rates")
        ordering = ["authority__order", "genre", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "genre", "valid_from"], name="one_rate_per_genre_and_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.genre_name} ≤ {self.max_coefficient} ({self.decision_number})"

    @property
    def genre_name(self) -> str:
        word = words("genres").get(self.genre)
        return word.name if word else self.genre

    def clean(self) -> None:
        super().clean()
        if not (self.authority_id and self.genre and self.valid_from):
            return
        others = RoyaltyRate.objects.filter(authority=self.authority_id, genre=self.genre).exclude(pk=self.pk)
        overlapping = others.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=self.valid_from))
        if self.valid_to:
            overlapping = overlapping.filter(valid_from__lte=self.valid_to)
        other = overlapping.first()
        if other:
            raise ValidationError(
                {
                    "valid_from": _("Overlaps the rate of decision %(number)s. End that one the day before.")
                    % {"number": other.decision_number}
                }
            )


class RoyaltyBudget(models.Model):
    """The money of one year for one portal, in đồng."""

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("authority"), related_name="royalty_budgets"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    amount = models.BigIntegerField(_("budget (đồng)"), validators=[MinValueValidator(0)])
    other_spending = models.BigIntegerField(
        _("spent on other things (đồng)"),
        default=0,
        validators=[MinValueValidator(0)],
        help_text=_("Stationery and the like, paid from the same money."),
    )
    decision_number = models.CharField(_("decision number"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("yearly budget")
        verbose_name_plural = _("yearly budgets")
        ordering = ["-year", "authority__order"]
        constraints = [models.UniqueConstraint(fields=["authority", "year"], name="one_budget_per_year")]

    def __str__(self) -> str:
        return f"{self.authority.display_name} {self.year}"
