"""Taken assessments: what was found on a day, never rewritten."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.models.base import AppendOnly
from sitepages.models import Authority


class Assessment(AppendOnly):
    """One run over every unit and duty, as of one day."""

    date = models.DateField(_("as of"), db_index=True)
    taken_at = models.DateTimeField(_("taken at"), auto_now_add=True)
    catalogue = models.CharField(_("catalogue version"), max_length=100)

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-date", "-pk"]
        get_latest_by = ["date", "pk"]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y}"

    @property
    def edition(self) -> str:
        """The catalogue's edition without its digest."""
        return self.catalogue.partition(" ")[0]


class FindingRecord(AppendOnly):
    """The state of one duty of one unit in one assessment, with all that explains it."""

    class State(models.TextChoices):
        MET = "MET", _("Met")
        DUE_SOON = "DUE_SOON", _("Due soon")
        OVERDUE = "OVERDUE", _("Overdue")
        MISSING = "MISSING", _("Missing")
        NOT_DUE = "NOT_DUE", _("Not due")

    assessment = models.ForeignKey(
        Assessment, models.PROTECT, verbose_name=_("assessment"), related_name="findings"
    )
    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("authority"), related_name="findings"
    )
    duty = models.CharField(_("duty"), max_length=60)
    section = models.CharField(_("section"), max_length=50)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    level = models.CharField(_("obligation"), max_length=20)
    rule = models.CharField(_("rule"), max_length=100)
    law = models.TextField(_("legal basis"), blank=True)
    verification = models.CharField(_("verification"), max_length=20, blank=True)
    trigger = models.DateField(_("counted from"), null=True, blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    published = models.DateField(_("published"), null=True, blank=True)
    period = models.CharField(_("period"), max_length=20, blank=True)
    page_id = models.BigIntegerField(_("page"), null=True, blank=True)
    page_title = models.CharField(_("page title"), max_length=500, blank=True)
    page_url = models.CharField(_("page address"), max_length=1000, blank=True)
    reason = models.CharField(_("reason"), max_length=60)
    params: Any = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["authority__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "authority", "duty"], name="one_finding_per_duty")
        ]
        indexes = [models.Index(fields=["assessment", "state"])]

    def __str__(self) -> str:
        return f"{self.authority.code}/{self.duty}: {self.state}"

    @property
    def is_late(self) -> bool:
        """Public, but after its day."""
        return self.reason == "met_late"
