"""What was brought in from before the system, and the imports that brought it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.models.base import AppendOnly
from sitepages.models import ArticlePage, Authority, Contributor, Office


class ImportJob(models.Model):
    """One file: uploaded, checked, written whole or not at all, and perhaps taken back whole."""

    class Kind(models.TextChoices):
        ARTICLES = "articles", _("Articles")
        TALLIES = "tallies", _("Numbers of articles by office and month")
        PAYMENTS = "payments", _("Payments")

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Columns to be chosen")
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Checked")
        WRITING = "writing", _("Being imported")
        DONE = "done", _("Imported")
        UNDOING = "undoing", _("Being taken back")
        TAKEN_BACK = "taken_back", _("Import taken back")

    #: What a worker has to do.
    ASKED = (State.CHECKING, State.WRITING, State.UNDOING)

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("portal"), related_name="import_jobs"
    )
    kind = models.CharField(_("what"), max_length=10, choices=Kind.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.UPLOADED)
    file_name = models.CharField(_("file"), max_length=255)
    digest = models.CharField(max_length=64, editable=False)
    sheet = models.CharField(_("sheet"), max_length=255, blank=True)
    mapping: Any = models.JSONField(_("columns"), default=dict)
    settled = models.BooleanField(_("paid before the system"), default=True)
    lines = models.PositiveIntegerField(_("lines"), default=0)
    faults = models.PositiveIntegerField(_("faults"), default=0)
    made = models.PositiveIntegerField(_("new"), default=0)
    present = models.PositiveIntegerField(_("there already"), default=0)
    changed = models.PositiveIntegerField(_("differing"), default=0)
    message = models.CharField(_("message"), max_length=1000, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("imported by"),
    )
    created_at = models.DateTimeField(_("uploaded at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of the past")
        verbose_name_plural = _("imports of the past")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.file_name}"

    @property
    def is_asked(self) -> bool:
        """Whether a worker has something to do."""
        return self.state in self.ASKED

    @property
    def has_faults(self) -> bool:
        """Whether the check found what has to be mended."""
        return self.state == self.State.CHECKED and self.faults > 0

    @property
    def may_write(self) -> bool:
        """Whether the checked file can be imported."""
        return self.state == self.State.CHECKED and not self.faults and self.lines > 0


class ImportedArticle(models.Model):
    """Where an imported article came from: tells it apart on the next import, and from what is payable."""

    job = models.ForeignKey(ImportJob, models.PROTECT, related_name="articles")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    article = models.OneToOneField(ArticlePage, models.CASCADE, related_name="imported")
    key = models.CharField(max_length=64)
    reference = models.CharField(_("reference"), max_length=255, blank=True)
    digest = models.CharField(max_length=64)
    settled = models.BooleanField(_("paid before the system"))

    class Meta:
        verbose_name = _("imported article")
        verbose_name_plural = _("imported articles")
        constraints = [
            models.UniqueConstraint(fields=["authority", "key"], name="article_imported_once"),
            models.UniqueConstraint(
                fields=["authority", "reference"],
                condition=~models.Q(reference=""),
                name="article_reference_once",
            ),
        ]

    def __str__(self) -> str:
        return self.reference or self.key


class ImportedTally(AppendOnly):
    """How many articles an office had in a month before the system, the articles themselves not known."""

    job = models.ForeignKey(ImportJob, models.PROTECT, related_name="tallies")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    office = models.ForeignKey(
        Office, models.PROTECT, verbose_name=_("office"), related_name="imported_tallies"
    )
    month = models.DateField(_("month"), help_text=_("Its first day."))
    pieces = models.PositiveIntegerField(_("articles"))

    class Meta:
        verbose_name = _("number of articles from before")
        verbose_name_plural = _("numbers of articles from before")
        ordering = ["month", "office"]
        constraints = [
            models.UniqueConstraint(fields=["office", "month"], name="tally_once_per_office_and_month")
        ]

    def __str__(self) -> str:
        return f"{self.office}, {self.month:%m/%Y}: {self.pieces}"


class PastPayment(AppendOnly):
    """What a person was paid before the system, in whole đồng."""

    job = models.ForeignKey(ImportJob, models.PROTECT, related_name="payments")
    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("portal"), related_name="past_payments"
    )
    person = models.CharField(_("person"), max_length=150)
    contributor = models.ForeignKey(
        Contributor,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("contributor"),
        related_name="past_payments",
    )
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("office"),
        related_name="past_payments",
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    paid_on = models.DateField(_("paid on"))
    gross = models.BigIntegerField(_("before tax (đồng)"))
    tax = models.BigIntegerField(_("tax withheld (đồng)"))
    net = models.BigIntegerField(_("paid out (đồng)"))
    reference = models.CharField(_("voucher"), max_length=255, blank=True)
    key = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("payment from before")
        verbose_name_plural = _("payments from before")
        ordering = ["-paid_on", "person", "pk"]
        indexes = [models.Index(fields=["authority", "paid_on"], name="past_payment_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["authority", "key"], name="payment_imported_once"),
            models.CheckConstraint(
                condition=models.Q(gross=models.F("tax") + models.F("net")), name="past_payment_adds_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.paid_on:%d/%m/%Y}: {self.gross}"
