"""What was called to whose mind, and the letters that carry it: the log of reminders and the outbox."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.models.base import AppendOnly
from sitepages.models import Authority


class ReminderStep(AppendOnly):
    """One step taken, or passed over, for one thing that is open: there once, so that it is sent once.

    `item` tells the things of one duty apart: period or page, and the due day it was counted to.
    """

    class Step(models.TextChoices):
        BEFORE = "before", _("Five working days before it is due")
        DUE = "due", _("On the due day")
        AFTER_3 = "after_3", _("Three working days late")
        AFTER_10 = "after_10", _("Ten working days late")
        NOTICE = "notice", _("Nothing published, no date to count from")
        APPROVAL = "approval", _("Waiting for approval")
        NO_ACCOUNT = "no_account", _("No active account behind the unit")

    authority = models.ForeignKey(Authority, models.PROTECT, verbose_name=_("authority"), related_name="+")
    duty = models.CharField(_("duty"), max_length=60, blank=True)
    item = models.CharField(_("what is open"), max_length=100)
    due = models.DateField(_("due"), null=True, blank=True)
    step = models.CharField(_("step"), max_length=12, choices=Step.choices)
    skipped = models.BooleanField(_("passed over, a later step was sent instead"), default=False)
    recipients: Any = models.JSONField(_("recipients"), default=list)
    created_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("step of a reminder")
        verbose_name_plural = _("steps of reminders")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "duty", "item", "step"], name="one_reminder_step")
        ]
        indexes = [models.Index(fields=["authority", "-created_at"], name="reminder_of_unit")]

    def __str__(self) -> str:
        return f"{self.authority_id}/{self.duty}/{self.item}: {self.step}"


class OutgoingMail(models.Model):
    """A letter that was written and waits, or has gone. Its text never changes; only its way out does.

    ``rests_on`` holds [role, unit] pairs, or [permission, unit] with a dot in it: the reader has all of them
    when the letter is sent, or it is not sent.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        CANCELLED = "cancelled", _("Not sent: the account is no longer active")
        WITHDRAWN = "withdrawn", _("Not sent: the reader no longer has the role it was written for")

    authority = models.ForeignKey(
        Authority,
        models.PROTECT,
        verbose_name=_("authority"),
        related_name="+",
        help_text=_("The unit of the recipient."),
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("recipient"), related_name="+"
    )
    question = models.ForeignKey(
        "compliance.Question",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("question"),
        related_name="letters",
        help_text=_("Goes to whoever asked; the address is kept sealed with the question."),
    )
    name = models.CharField(_("name"), max_length=310)
    address = models.EmailField(_("address"))
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"))
    html = models.TextField(_("text as a web page"))
    rests_on: Any = models.JSONField(default=list, editable=False)
    created_at = models.DateTimeField(_("written at"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.WAITING, editable=False
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt at"))
    claimed_at = models.DateTimeField(_("taken up at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["status", "next_try_at"], name="mail_to_send")]

    def __str__(self) -> str:
        return f"{self.address}: {self.subject}"
