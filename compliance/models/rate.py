"""What a coefficient is worth, by date."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from compliance.rules.fees import MOST_DONG
from sitepages.models import Authority
from sitepages.models.authority import Dated, InForceQuerySet
from sitepages.text import nfc
from sitepages.vocabulary import genre_choices, words

_COEFFICIENT: dict[str, Any] = {
    "max_digits": 5,
    "decimal_places": 2,
    "validators": [MinValueValidator(Decimal("0.01"))],
}


_PERCENT: dict[str, Any] = {
    "max_digits": 5,
    "decimal_places": 2,
    "validators": [MinValueValidator(0), MaxValueValidator(100)],
}


class BaseSalary(models.Model):
    """The state's base salary (đồng a month) from a day on."""

    valid_from = models.DateField(_("valid from"), unique=True)
    amount = models.BigIntegerField(
        _("amount (đồng a month)"), validators=[MinValueValidator(1), MaxValueValidator(MOST_DONG)]
    )
    decree = models.CharField(_("decree"), max_length=150)
    status = models.CharField(_("verification"), max_length=5, default="D")

    class Meta:
        verbose_name = _("base salary")
        verbose_name_plural = _("base salaries")
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.valid_from:%d/%m/%Y}: {self.amount:,} đ".replace(",", ".")


def _amount(name: Any, **more: Any) -> models.BigIntegerField:
    """An amount in đồng that a spreadsheet can still hold to the đồng; empty: the decision sets none."""
    bounds = [MinValueValidator(1), MaxValueValidator(MOST_DONG)]
    return models.BigIntegerField(name, null=True, blank=True, validators=bounds, **more)


class RoyaltyRate(Dated):
    """One row of a decision's table: what a genre, or one grade of it, earns while it is in force.

    A row without grade sets the limits of the genre; a row with one also what the grade gives: a coefficient,
    or an amount in đồng that no base salary changes.
    """

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("authority"), related_name="royalty_rates"
    )
    decision_number = models.CharField(_("decision number"), max_length=100)
    decision_date = models.DateField(_("decision date"))
    genre = models.CharField(_("genre"), max_length=20, choices=genre_choices)
    grade = models.CharField(
        pgettext_lazy("rate table", "grade"),
        max_length=20,
        blank=True,
        help_text=_("A, B, C …; empty: the genre as a whole."),
    )
    grade_name = models.CharField(_("name of the grade"), max_length=100, blank=True)
    coefficient = models.DecimalField(_("coefficient of the grade"), null=True, blank=True, **_COEFFICIENT)
    amount = _amount(
        _("fixed amount (đồng)"), help_text=_("Instead of a coefficient; the base salary does not change it.")
    )
    minimum = models.DecimalField(_("lowest coefficient"), null=True, blank=True, **_COEFFICIENT)
    max_coefficient = models.DecimalField(_("highest coefficient"), null=True, blank=True, **_COEFFICIENT)
    min_amount = _amount(_("lowest amount (đồng)"))
    max_amount = _amount(_("highest amount (đồng)"))
    valid_from = models.DateField(_("valid from"))

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = _("royalty rate")
        verbose_name_plural = _("royalty rates")
        ordering = ["authority__order", "genre", "-valid_from", "grade"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "genre", "grade", "valid_from"], name="one_rate_per_grade_and_start"
            )
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.genre_name, self.grade, f"({self.decision_number})") if part)

    @property
    def genre_name(self) -> str:
        word = words("genres").get(self.genre)
        return word.name if word else self.genre

    def clean(self) -> None:
        super().clean()
        self.grade = nfc(self.grade).strip()
        self._check_figures()
        if self.authority_id and self.genre and self.valid_from:
            refuse_overlap(
                self,
                RoyaltyRate.objects.filter(authority=self.authority_id, genre=self.genre, grade=self.grade),
            )

    def _check_figures(self) -> None:
        if self.coefficient is not None and self.amount is not None:
            raise ValidationError({"amount": _("Give a coefficient or a fixed amount, not both.")})
        gives = self.coefficient is not None or self.amount is not None
        if gives and not self.grade:
            raise ValidationError({"grade": _("Name the grade that earns this.")})
        if self.grade and not gives:
            raise ValidationError({"coefficient": _("Say what the grade gives: a coefficient or an amount.")})
        limits = (self.minimum, self.max_coefficient, self.min_amount, self.max_amount)
        if not gives and all(limit is None for limit in limits):
            raise ValidationError({"max_coefficient": _("Give at least one limit of the genre.")})
        for low, mid, high, field in (
            (self.minimum, self.coefficient, self.max_coefficient, "max_coefficient"),
            (self.min_amount, self.amount, self.max_amount, "max_amount"),
        ):
            known = [each for each in (low, mid, high) if each is not None]
            if known != sorted(known):
                raise ValidationError({field: _("The lowest, the grade's own and the highest must rise.")})


def refuse_overlap(row: Any, others: models.QuerySet) -> None:
    """ValidationError when another dated row of the same thing is in force on a common day."""
    overlapping = others.exclude(pk=row.pk).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=row.valid_from))
    if row.valid_to:
        overlapping = overlapping.filter(valid_from__lte=row.valid_to)
    other = overlapping.first()
    if other:
        message = _("Overlaps the rate of decision %(number)s. End that one the day before.")
        raise ValidationError({"valid_from": message % {"number": other.decision_number}})


class RateModifier(Dated):
    """A percentage on the fee that a body's own decision allows; the national ones are in the catalogue."""

    class Effect(models.TextChoices):
        SHARE = "share", _("the author gets this part of the fee")
        ADDITION = "addition", _("the author gets so much more of the fee")

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("authority"), related_name="rate_modifiers"
    )
    decision_number = models.CharField(_("decision number"), max_length=100)
    code = models.CharField(
        _("code"),
        max_length=30,
        validators=[RegexValidator(r"^[a-z_]{1,30}$", _("Write the code with the letters a–z and “_”."))],
        help_text=_("A code of the national rules (translation, topic …) narrows that rule."),
    )
    name = models.CharField(_("name"), max_length=150)
    effect = models.CharField(_("effect"), max_length=10, choices=Effect.choices)
    low = models.DecimalField(_("from (%)"), **_PERCENT)
    high = models.DecimalField(_("to (%)"), **_PERCENT)
    basis = models.CharField(pgettext_lazy("of a decision", "article"), max_length=150, blank=True)
    valid_from = models.DateField(_("valid from"))

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = _("percentage on royalties")
        verbose_name_plural = _("percentages on royalties")
        ordering = ["authority__order", "code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "code", "valid_from"], name="one_percentage_per_code_and_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.decision_number})"

    def clean(self) -> None:
        super().clean()
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValidationError({"high": _("The highest percentage lies below the lowest.")})
        if self.authority_id and self.code and self.valid_from:
            refuse_overlap(self, RateModifier.objects.filter(authority=self.authority_id, code=self.code))
