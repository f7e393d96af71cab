"""A month's pay: open, under review, approved, closed, paid."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.models.base import FrozenRowError
from sitepages.models import Authority


class PayPeriodQuerySet(models.QuerySet):
    """Periods; a closed one is out of reach of bulk writes."""

    def closed(self) -> PayPeriodQuerySet:
        return self.filter(status__in=PayPeriod.FROZEN)

    def update(self, **kwargs: Any) -> int:
        if self.closed().exists():
            raise FrozenRowError(gettext("A closed period is never changed."))
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        if self.closed().exists():
            raise FrozenRowError(gettext("A closed period is never removed."))
        return super().delete()


class PayPeriod(models.Model):
    """One authority's pay of one month. Totals are frozen when it closes."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        REVIEW = "review", _("Under review")
        APPROVED = "approved", _("Approved")
        CLOSED = "closed", _("Closed")
        PAID = "paid", _("Paid")

    FROZEN = (Status.CLOSED, Status.PAID)
    #: States in which lines are still computed; each change leads back to open.
    MOVING = (Status.OPEN, Status.REVIEW, Status.APPROVED)

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("authority"), related_name="pay_periods"
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.OPEN)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    total = models.BigIntegerField(_("total (đồng)"), default=0, editable=False)
    royalties = models.BigIntegerField(_("royalties (đồng)"), default=0, editable=False)
    remuneration = models.BigIntegerField(_("remuneration (đồng)"), default=0, editable=False)
    lines = models.PositiveIntegerField(_("lines"), default=0, editable=False)
    counts: Any = models.JSONField(default=dict, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("sent for review by"),
    )
    sent_at = models.DateTimeField(_("sent for review at"), null=True, editable=False)
    sent_back = models.CharField(_("why it was sent back"), max_length=500, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("approved by"),
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("closed by"),
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    paid_at = models.DateTimeField(_("paid at"), null=True, editable=False)

    objects = PayPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("pay period")
        verbose_name_plural = _("pay periods")
        ordering = ["-first_day", "authority__order"]
        permissions = [("approve_payperiod", "Can approve pay period")]
        constraints = [
            models.UniqueConstraint(fields=["authority", "first_day"], name="one_period_per_month"),
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="period_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(month)s, %(authority)s") % {
            "month": f"{self.first_day:%m/%Y}",
            "authority": self.authority.display_name,
        }

    @property
    def is_frozen(self) -> bool:
        return self.status in self.FROZEN

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.is_frozen:
            raise FrozenRowError(gettext("A closed period is never removed."))
        return super().delete(*args, **kwargs)
