"""Activity reports: drafts the board writes, issued ones nobody changes, and who gets one regularly."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.models.base import FrozenRowError
from sitepages.models import Authority
from sitepages.text import normalize_fields

LATEST_DAY = 28  # every month has it


class ReportSubscription(models.Model):
    """A draft made by itself after every month or quarter, and who is told of it."""

    class Every(models.TextChoices):
        MONTH = "month", _("Every month")
        QUARTER = "quarter", _("Every quarter")

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("authority"), related_name="report_subscriptions"
    )
    every = models.CharField(_("how often"), max_length=10, choices=Every.choices)
    day = models.PositiveSmallIntegerField(
        _("on day"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(LATEST_DAY)],
        help_text=_("The day of the month after the period, from 1 to 28."),
    )
    recipients = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recipients"),
        related_name="+",
        help_text=_("They get a letter with a link; who may not open the report here gets none."),
    )
    since = models.DateField(_("first period begins"), null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("regular report")
        verbose_name_plural = _("regular reports")
        ordering = ["authority__order", "every"]
        constraints = [models.UniqueConstraint(fields=["authority", "every"], name="one_regular_report_each")]

    def __str__(self) -> str:
        return f"{self.authority}: {self.get_every_display()}"


class ActivityReportQuerySet(models.QuerySet):
    """Reports; an issued one is out of reach of bulk writes."""

    def issued(self) -> ActivityReportQuerySet:
        """Those that were: with a digest, whatever their state says now."""
        return self.filter(models.Q(state=ActivityReport.State.ISSUED) | ~models.Q(digest=""))

    def update(self, **kwargs: Any) -> int:
        if self.issued().exists():
            raise FrozenRowError(gettext("An issued report is never changed."))
        return super().update(**kwargs)

    def bulk_update(self, objs: Any, *args: Any, **kwargs: Any) -> int:
        objs = list(objs)
        if ActivityReport.objects.issued().filter(pk__in=[each.pk for each in objs]).exists():
            raise FrozenRowError(gettext("An issued report is never changed."))
        return super().bulk_update(objs, *args, **kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        if self.issued().exists():
            raise FrozenRowError(gettext("An issued report is never removed."))
        return super().delete()


class ActivityReport(models.Model):
    """One portal's report on its work. Issuing freezes text and figures; a mend is a new edition."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ISSUED = "issued", _("Issued")

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("authority"), related_name="activity_reports"
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )

    parent_body = models.CharField(_("parent body"), max_length=200, blank=True)
    issuing_body = models.CharField(_("issuing body"), max_length=200, blank=True)
    number = models.CharField(
        _("number of the report"), max_length=50, blank=True, help_text=_("For example: 01/BC-BBT")
    )
    place = models.CharField(_("place"), max_length=100, blank=True)
    dated_on = models.DateField(_("date of the report"), null=True, blank=True)
    signing_authority = models.CharField(
        _("signing authority"),
        max_length=100,
        blank=True,
        help_text=_("For example: KT. TRƯỞNG BAN. Leave it empty when the head signs."),
    )
    signer_position = models.CharField(_("position of the signer"), max_length=100, blank=True)
    signer_name = models.CharField(_("name of the signer"), max_length=100, blank=True)
    recipients = models.TextField(_("recipients"), blank=True, help_text=_("One a line."))
    basis = models.TextField(
        _("legal basis"),
        blank=True,
        help_text=_("One a line. The next report begins with the same lines."),
    )
    own_figures = models.TextField(
        _("other figures"),
        blank=True,
        help_text=_("Figures of the text that the system does not keep, one a line: figure | source."),
    )
    text: Any = models.JSONField(_("text"), default=list)

    data: Any = models.JSONField(_("figures"), null=True, editable=False)
    versions: Any = models.JSONField(_("versions of the rules"), default=dict, editable=False)
    digest = models.CharField(_("digest"), max_length=64, blank=True, editable=False)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("replaces"),
        related_name="replaced_by",
    )
    subscription = models.ForeignKey(
        ReportSubscription,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("regular report"),
        related_name="reports",
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"), editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    issued_at = models.DateTimeField(_("issued at"), null=True, editable=False)

    objects = ActivityReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity report")
        verbose_name_plural = _("activity reports")
        ordering = ["-last_day", "-pk"]
        permissions = [("issue_activityreport", "Can issue activity report")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="report_ends_after_start"
            ),
            models.UniqueConstraint(fields=["subscription", "first_day"], name="one_regular_draft_a_period"),
        ]
        indexes = [models.Index(fields=["authority", "-last_day"], name="reports_of_unit")]

    def __str__(self) -> str:
        number = self.number or gettext("draft")
        return f"{number}, {self.first_day:%d/%m/%Y} – {self.last_day:%d/%m/%Y}"

    @property
    def is_issued(self) -> bool:
        return self.state == self.State.ISSUED

    def _guard(self) -> None:
        if self.pk and type(self).objects.issued().filter(pk=self.pk).exists():
            raise FrozenRowError(gettext("An issued report is never changed."))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._guard()
        normalize_fields(self)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.is_issued:
            raise FrozenRowError(gettext("An issued report is never removed."))
        self._guard()
        return super().delete(*args, **kwargs)
