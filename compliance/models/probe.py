"""Portals hosted elsewhere: where to look, and what was found there, never rewritten."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from compliance.models.base import AppendOnly
from compliance.probe.guard import LONGEST_URL, RefusedError, check_url
from compliance.probe_wording import probe_error_label
from sitepages.models import Authority


def validate_web_address(text: str) -> None:
    """What the probe would refuse is refused when it is typed."""
    try:
        check_url(text, allow_private=settings.PORTAL_PROBE_ALLOW_PRIVATE)
    except RefusedError as refused:
        raise ValidationError(probe_error_label(refused.code), code=refused.code) from None


class ProbeTarget(ClusterableModel):
    """The portal of an authority that is hosted elsewhere, and whether it is looked at."""

    authority = models.OneToOneField(
        Authority, models.PROTECT, verbose_name=_("authority"), related_name="probe_target"
    )
    base_url = models.CharField(
        _("address of the portal"),
        max_length=LONGEST_URL,
        validators=[validate_web_address],
        help_text=_("For example: https://glar.gialai.gov.vn/"),
    )
    active = models.BooleanField(
        _("in use"), default=True, help_text=_("Only portals in use are read at night.")
    )

    class Meta:
        verbose_name = _("portal hosted elsewhere")
        verbose_name_plural = _("portals hosted elsewhere")
        ordering = ["authority__order", "pk"]

    def __str__(self) -> str:
        return str(self.authority)


class ProbeLink(models.Model):
    """Where one section of such a portal is, and how old its newest item may be."""

    target = ParentalKey(
        ProbeTarget, on_delete=models.CASCADE, verbose_name=_("portal"), related_name="links"
    )
    section = models.CharField(
        _("section code"),
        max_length=60,
        validators=[
            RegexValidator(r"\A[a-z][a-z0-9_]*\Z", _("Use the code of a section, for example: news."))
        ],
    )
    url = models.CharField(
        _("address of the section"), max_length=LONGEST_URL, validators=[validate_web_address]
    )
    max_age_days = models.PositiveSmallIntegerField(
        _("newest item at most … days old"),
        null=True,
        blank=True,
        help_text=_("Leave empty when the section only has to be there."),
    )

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["target", "section"], name="one_probe_link_per_section")
        ]

    def __str__(self) -> str:
        return f"{self.section}: {self.url}"


class ProbeClaim(models.Model):
    """Held while a portal is being read: one run for each target, and one for each host, at a time."""

    target = models.OneToOneField(ProbeTarget, models.CASCADE, related_name="claim")
    host = models.CharField(max_length=255, unique=True)
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("probe under way")
        verbose_name_plural = _("probes under way")

    def __str__(self) -> str:
        return self.host


class ProbeRun(AppendOnly):
    """One reading of one portal. ``ok``: at least one section could be read."""

    target = models.ForeignKey(ProbeTarget, models.PROTECT, verbose_name=_("portal"), related_name="runs")
    date = models.DateField(_("as of"))
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"))
    ok = models.BooleanField(_("read"))
    error = models.CharField(_("error"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("probe of a portal")
        verbose_name_plural = _("probes of portals")
        ordering = ["-started_at", "-pk"]
        get_latest_by = ["started_at", "pk"]

    def __str__(self) -> str:
        return f"{self.target} {self.date:%d/%m/%Y}"


class ProbeFinding(AppendOnly):
    """What one run found of one section: the mark proposed, and the evidence for it."""

    class State(models.TextChoices):
        MET = "met", _("Met")
        LATE = "late", _("Late")
        MISSING = "missing", _("Missing")
        NONE = "", _("No proposal")

    run = models.ForeignKey(ProbeRun, models.PROTECT, verbose_name=_("probe"), related_name="findings")
    section = models.CharField(_("section code"), max_length=60)
    state = models.CharField(_("proposed mark"), max_length=10, choices=State.choices, blank=True)
    error = models.CharField(_("error"), max_length=30, blank=True)
    newest_title = models.CharField(_("newest item"), max_length=300, blank=True)
    newest_url = models.CharField(_("address of the newest item"), max_length=LONGEST_URL, blank=True)
    newest_date = models.DateField(_("date of the newest item"), null=True, blank=True)
    source = models.CharField(_("where the date stood"), max_length=20, blank=True)
    page_url = models.CharField(_("page address"), max_length=LONGEST_URL)
    snapshot = models.CharField(_("SHA-256 of the page"), max_length=64, blank=True)
    excerpt = models.CharField(_("excerpt"), max_length=300, blank=True)
    checked: Any = models.JSONField(_("addresses read"), default=list)

    class Meta:
        verbose_name = _("finding of a probe")
        verbose_name_plural = _("findings of probes")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "section"], name="one_probe_finding_per_section")
        ]

    def __str__(self) -> str:
        return f"{self.section}: {self.state or self.error}"


class TechnicalCheck(AppendOnly):
    """Which functions of a portal were found from outside, which were not, and which could not be told."""

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("authority"), related_name="technical_checks"
    )
    date = models.DateField(_("as of"))
    url = models.CharField(_("address of the portal"), max_length=LONGEST_URL)
    passed: Any = models.JSONField(_("present"), default=list)
    failed: Any = models.JSONField(_("absent"), default=list)
    untold: Any = models.JSONField(_("could not be told"), default=list)
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now, editable=False)
    error = models.CharField(_("error"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("technical check")
        verbose_name_plural = _("technical checks")
        ordering = ["-date", "-pk"]
        get_latest_by = ["date", "pk"]

    def __str__(self) -> str:
        return f"{self.authority} {self.date:%d/%m/%Y}"
