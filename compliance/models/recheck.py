"""Confirmations drawn by lot, for somebody else to look at again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sitepages.models import Authority


class RecheckItem(models.Model):
    """One confirmation of a month, and what the person who looked again found."""

    class Outcome(models.TextChoices):
        OK = "ok", _("Still correct")
        WRONG = "wrong", _("Not correct")

    authority = models.ForeignKey(Authority, models.PROTECT, verbose_name=_("authority"), related_name="+")
    month = models.DateField(_("month"), help_text=_("Its first day."))
    page_id = models.BigIntegerField(_("page"))
    page_title = models.CharField(_("page title"), max_length=500)
    confirmed_at = models.DateTimeField(_("confirmed at"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("confirmed by"), related_name="+"
    )
    confirmation_note = models.CharField(_("note"), max_length=500, blank=True)
    chosen_on = models.DateField(_("drawn on"))
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("checked by"),
        related_name="+",
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    note = models.CharField(_("what was found"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("confirmation to check again")
        verbose_name_plural = _("confirmations to check again")
        ordering = ["-month", "authority__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "month", "page_id"], name="one_recheck_a_month")
        ]

    def __str__(self) -> str:
        return f"{self.page_title} ({self.month:%m/%Y})"

    @property
    def is_open(self) -> bool:
        """Nobody has looked yet."""
        return self.checked_at is None
