"""The monthly letter to heads of office: who got which, and who wants none."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.models.base import AppendOnly
from sitepages.models import Authority


class HeadDigest(AppendOnly):
    """One month's letter to one head about one portal: there once, so that it is written once."""

    authority = models.ForeignKey(Authority, models.PROTECT, verbose_name=_("portal"), related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("recipient"), related_name="+"
    )
    month = models.DateField(_("month"))
    created_at = models.DateTimeField(_("written at"))

    class Meta:
        verbose_name = _("monthly summary")
        verbose_name_plural = _("monthly summaries")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "user", "month"], name="one_summary_a_month")
        ]

    def __str__(self) -> str:
        return f"{self.authority_id}/{self.user_id}: {self.month:%m/%Y}"


class DigestStop(models.Model):
    """A head who wants no monthly letter about a portal."""

    authority = models.ForeignKey(Authority, models.CASCADE, verbose_name=_("portal"), related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("recipient"), related_name="+"
    )
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("refusal of monthly summaries")
        verbose_name_plural = _("refusals of monthly summaries")
        constraints = [models.UniqueConstraint(fields=["authority", "user"], name="one_refusal_of_summaries")]

    def __str__(self) -> str:
        return f"{self.authority_id}/{self.user_id}"
