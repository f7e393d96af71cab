"""What people state about a duty: nothing arose, or a decision excuses it."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from sitepages.models import Authority


class Statement(models.Model):
    """A dated statement; it may be taken back, and stays on record."""

    authority = models.ForeignKey(Authority, models.PROTECT, verbose_name=_("authority"), related_name="+")
    duty = models.CharField(_("duty"), max_length=60)
    stated_on = models.DateField(_("stated on"))
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def is_standing(self) -> bool:
        """Not taken back."""
        return self.withdrawn_at is None


class Declaration(Statement):
    """A unit says that nothing arose for a duty between two days."""

    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("declaration that nothing arose")
        verbose_name_plural = _("declarations that nothing arose")
        ordering = ["-last", "-pk"]
        indexes = [models.Index(fields=["authority", "duty"])]

    def __str__(self) -> str:
        return f"{self.duty}: {self.first:%d/%m/%Y}–{self.last:%d/%m/%Y}"

    def clean(self) -> None:
        super().clean()
        if self.first and self.last and self.last < self.first:
            raise ValidationError({"last": _("The end must not come before the beginning.")})
        if self.last and self.stated_on and self.last > self.stated_on:
            raise ValidationError(
                {"last": _("Nothing can be declared about days to come: end the period today at the latest.")}
            )


class Waiver(Statement):
    """A decision that excuses a unit from a duty, or gives it more time."""

    decision_number = models.CharField(_("decision number"), max_length=100)
    decision_date = models.DateField(_("decision date"))
    reason = models.CharField(_("reason"), max_length=500)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ["-valid_from", "-pk"]
        indexes = [models.Index(fields=["authority", "duty"])]

    def __str__(self) -> str:
        return f"{self.duty}: {self.decision_number}"

    def clean(self) -> None:
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("The end must not come before the beginning.")})
