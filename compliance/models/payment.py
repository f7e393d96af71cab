"""What was paid out: written once, numbered without a gap, taken back only by a payment of the opposite."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.models.base import AppendOnly, FrozenRowError
from compliance.models.remuneration import RemunerationEntry
from compliance.models.royalty import RoyaltyEntry
from sitepages.models import Authority, Contributor


class PaymentCounter(models.Model):
    """The last payment number of a year; its row is held while a payment is written, so none is skipped."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="payment_counters")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "year"], name="one_payment_counter_per_year")
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.year}: {self.last}"


class Payment(AppendOnly):
    """One sum paid to one person, in whole đồng.

    ``gross`` is what the lines add up to, ``net = gross - tax - set_off``. An advance has no line: its
    ``net`` is the sum handed out and ``set_off`` the same sum negative, so that the advances still to be set
    off are always minus the sum of ``set_off``. ``contributor`` is null for a name without a record.
    """

    class Kind(models.TextChoices):
        SETTLEMENT = "settlement", _("Payment")
        ADVANCE = "advance", _("Advance")

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("portal"), related_name="payments"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    contributor = models.ForeignKey(
        Contributor,
        models.PROTECT,
        null=True,
        verbose_name=_("contributor"),
        related_name="payments",
    )
    name = models.CharField(_("paid to"), max_length=255)
    unit = models.CharField(_("unit"), max_length=255, blank=True)
    paid_on = models.DateField(_("paid on"))
    gross = models.BigIntegerField(_("amount (đồng)"))
    tax = models.BigIntegerField(_("tax withheld (đồng)"))
    set_off = models.BigIntegerField(_("advance set off (đồng)"))
    net = models.BigIntegerField(_("paid out (đồng)"))
    lines = models.PositiveIntegerField(_("lines"))
    tax_reason = models.CharField(_("why taxed or not"), max_length=10, blank=True)
    rule = models.CharField(_("rule"), max_length=255, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, verbose_name=_("takes back"), related_name="reversed_by"
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("made by"), related_name="+"
    )
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-year", "-number", "authority__order"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "year", "number"], name="one_payment_per_number"),
            models.CheckConstraint(
                condition=Q(net=F("gross") - F("tax") - F("set_off")), name="payment_adds_up"
            ),
        ]

    def __str__(self) -> str:
        return gettext("No. %(number)s of %(year)s: %(name)s") % {
            "number": self.number,
            "year": self.year,
            "name": self.name,
        }

    @property
    def code(self) -> str:
        """``07/2021``."""
        return f"{self.number:02d}/{self.year}"

    @property
    def is_cancelled(self) -> bool:
        return getattr(self, "reversed_by", None) is not None


class PaymentLineQuerySet(models.QuerySet):
    """Lines paid; nothing of them is changed or removed from here."""

    def update(self, **kwargs: Any) -> int:
        raise FrozenRowError(gettext("Rows that were recorded are never changed."))

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise FrozenRowError(gettext("Rows that were recorded are never changed."))

    def delete(self) -> tuple[int, dict[str, int]]:
        raise FrozenRowError(gettext("Rows that were recorded are never removed."))

    def release(self) -> int:
        """Free the lines of payments taken back, to be paid again; the database refuses any others."""
        return super().update(live=None)


class PaymentLine(models.Model):
    """One line of pay within one payment.

    ``live`` is true, or null once the payment was taken back: the database then lets the line be paid again,
    and not before.
    """

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="paid_lines")
    royalty = models.ForeignKey(RoyaltyEntry, models.PROTECT, null=True, related_name="payment_lines")
    remuneration = models.ForeignKey(
        RemunerationEntry, models.PROTECT, null=True, related_name="payment_lines"
    )
    amount = models.BigIntegerField(_("amount (đồng)"))
    live = models.BooleanField(null=True, default=True)

    objects = PaymentLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a payment")
        verbose_name_plural = _("lines of payments")
        ordering = ["payment", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["royalty", "live"], name="each_royalty_is_paid_once"),
            models.UniqueConstraint(fields=["remuneration", "live"], name="each_remuneration_is_paid_once"),
            models.CheckConstraint(
                condition=Q(royalty__isnull=True) ^ Q(remuneration__isnull=True),
                name="payment_line_pays_one_entry",
            ),
            models.CheckConstraint(
                condition=Q(live__isnull=True) | Q(live=True), name="payment_line_is_live_or_released"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment}: {self.amount:,} đ".replace(",", ".")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise FrozenRowError(gettext("Rows that were recorded are never changed."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise FrozenRowError(gettext("Rows that were recorded are never removed."))
