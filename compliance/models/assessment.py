"""Taken assessments: what was found on a day, never rewritten, with the rules it was judged by."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compliance.models.base import AppendOnly
from sitepages.models import Authority


class RuleEdition(AppendOnly):
    """The rules as they stood: the shipped law, the calendar and what was set locally, kept whole."""

    digest = models.CharField(_("digest"), max_length=64, unique=True)
    version = models.CharField(_("edition"), max_length=50)
    law: Any = models.JSONField(_("law"))
    calendar: Any = models.JSONField(_("calendar"))
    local: Any = models.JSONField(_("local rules"))
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("edition of the rules")
        verbose_name_plural = _("editions of the rules")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.version} {self.digest[:12]}"


class Assessment(AppendOnly):
    """One run over every unit and duty, as of one day."""

    date = models.DateField(_("as of"), db_index=True)
    taken_at = models.DateTimeField(_("taken at"), default=timezone.now)
    catalogue = models.CharField(_("catalogue version"), max_length=100)
    rules = models.ForeignKey(
        RuleEdition,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("edition of the rules"),
        related_name="assessments",
    )

    units: Any = models.JSONField(_("units judged"), default=list)

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
        NOTHING_AROSE = "NOTHING_AROSE", _("Nothing arose")
        WAIVED = "WAIVED", _("Waived")
        MET_LATE = "MET_LATE", _("Met late")
        NOT_DUE = "NOT_DUE", _("Not due")
        DUE_SOON = "DUE_SOON", _("Due soon")
        INCOMPLETE = "INCOMPLETE", _("Incomplete")
        OVERDUE = "OVERDUE", _("Overdue")
        MISSING = "MISSING", _("Missing")

    assessment = models.ForeignKey(
        Assessment, models.PROTECT, verbose_name=_("assessment"), related_name="findings"
    )
    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("authority"), related_name="findings"
    )
    duty = models.CharField(_("duty"), max_length=60)
    section = models.CharField(_("section"), max_length=50)
    group = models.CharField(_("group"), max_length=10, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State.choices)
    judged = models.CharField(_("state of what was due"), max_length=20, choices=State.choices, blank=True)
    level = models.CharField(_("obligation"), max_length=20)
    channel = models.CharField(_("channel"), max_length=10, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=0)
    has_public = models.BooleanField(_("something is public"), default=False)
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
    lacking: Any = models.JSONField(_("missing fields"), default=list)
    open_items: Any = models.JSONField(_("open items"), default=list)
    counts: Any = models.JSONField(_("counts by state"), default=dict)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["authority__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "authority", "duty"], name="one_finding_per_duty")
        ]
        indexes = [
            models.Index(fields=["assessment", "state"]),
            models.Index(fields=["authority", "duty", "assessment"], name="finding_history"),
        ]

    def __str__(self) -> str:
        return f"{self.authority.code}/{self.duty}: {self.state}"

    @property
    def is_late(self) -> bool:
        """Public, but after its day."""
        return self.state == self.State.MET_LATE or self.reason == "met_late"


class ScoreRecord(AppendOnly):
    """One unit's score in one assessment, frozen with it. Points are exact fractions written "7/2"."""

    assessment = models.ForeignKey(
        Assessment, models.PROTECT, verbose_name=_("assessment"), related_name="scores"
    )
    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("authority"), related_name="scores"
    )
    points = models.CharField(_("points"), max_length=40)
    possible = models.PositiveIntegerField(_("points that were due"))
    percent = models.DecimalField(_("score (%)"), max_digits=5, decimal_places=1, null=True)
    duties = models.PositiveSmallIntegerField(_("duties that were due"))
    passed = models.PositiveSmallIntegerField(_("duties met"))
    reaches_threshold = models.BooleanField(_("reaches 80 % and 50 % of each group"))
    groups: Any = models.JSONField(_("groups"), default=dict)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["authority__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "authority"], name="one_score_per_assessment")
        ]

    def __str__(self) -> str:
        return f"{self.authority.code}: {self.percent}"
