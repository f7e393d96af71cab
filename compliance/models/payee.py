"""Whom the portal pays, and what the tax and the bank need to know of them, sealed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.models.base import AppendOnly
from sitepages.models import Contributor
from sitepages.text import normalize_fields


class Payee(models.Model):
    """What paying a contributor needs.

    ``sealed`` holds tax code, bank, account and citizen number as one encrypted text: whoever reads the
    database, a copy of it or a log reads nothing. Only ``services.payees`` opens it.
    """

    contributor = models.OneToOneField(
        Contributor, models.PROTECT, verbose_name=_("person"), related_name="payee"
    )
    sealed = models.TextField(blank=True, editable=False)
    on_payroll = models.BooleanField(
        _("on the agency's payroll"),
        default=False,
        help_text=_("Taxed with the wage: nothing is withheld from a payment."),
    )
    asks_withholding = models.BooleanField(
        _("asks for tax to be withheld"),
        default=False,
        help_text=_("Counts for payments below the threshold, since decree 253/2026."),
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    changed_at = models.DateTimeField(_("changed at"), null=True, editable=False)

    class Meta:
        verbose_name = _("payee")
        verbose_name_plural = _("payees")
        ordering = ["contributor__authority__order", "contributor__name", "pk"]

    def __str__(self) -> str:
        return self.contributor.name


class TaxCommitment(models.Model):
    """A payee's signed form that the year's income stays below what is taxed."""

    payee = models.ForeignKey(Payee, models.CASCADE, verbose_name=_("payee"), related_name="commitments")
    year = models.PositiveSmallIntegerField(
        _("tax year"), validators=[MinValueValidator(2000), MaxValueValidator(2200)]
    )
    document = models.CharField(_("form, number and date"), max_length=150)

    class Meta:
        verbose_name = _("commitment form")
        verbose_name_plural = _("commitment forms")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["payee", "year"], name="one_commitment_per_payee_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.payee}: {self.year}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        normalize_fields(self)
        super().save(*args, **kwargs)


class PayeeReading(AppendOnly):
    """Somebody read a payee's sealed data: who, when, whose, on what occasion."""

    class Occasion(models.TextChoices):
        SHOWN = "shown", _("Shown on the screen")
        TREASURY = "treasury", _("Put in a file for the treasury")
        TAX_LIST = "tax_list", _("Put in the list of tax certificates")

    payee = models.ForeignKey(Payee, models.PROTECT, verbose_name=_("payee"), related_name="readings")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("reader"), related_name="+"
    )
    occasion = models.CharField(_("occasion"), max_length=10, choices=Occasion.choices)
    read_at = models.DateTimeField(_("read at"), db_index=True)

    class Meta:
        verbose_name = _("reading of payee data")
        verbose_name_plural = _("readings of payee data")
        ordering = ["-read_at", "-pk"]

    def __str__(self) -> str:
        return gettext("%(payee)s, read by %(user)s") % {"payee": self.payee, "user": self.user}
