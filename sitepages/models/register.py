"""What the lists are read from, and what was changed after publication."""

from __future__ import annotations

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from sitepages.registers.force import Standing, State


class RegisterEntry(models.Model):
    """One record as its list reads it: narrow, indexed, made anew whenever the page is saved.

    Never a source: what a page says, it says itself, and only live pages are shown whatever stands here.
    """

    page = models.OneToOneField(
        Page, models.CASCADE, primary_key=True, related_name="register_entry", verbose_name=_("page")
    )
    parent = models.ForeignKey(
        Page, models.CASCADE, related_name="+", verbose_name=_("section"), db_index=False
    )
    live = models.BooleanField(_("public"))
    sort_key = models.BigIntegerField(_("order"))
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    kind = models.CharField(_("kind"), max_length=50, blank=True)
    field = models.CharField(_("field"), max_length=150, blank=True)
    issuer = models.CharField(_("issuing body"), max_length=255, blank=True)
    status = models.CharField(_("status"), max_length=20, blank=True)
    period = models.CharField(_("period"), max_length=2, blank=True)
    valid_from = models.DateField(_("in force from"), null=True)
    partly_from = models.DateField(_("partly out of force from"), null=True)
    valid_to = models.DateField(_("out of force from"), null=True)
    replaced = models.BooleanField(_("replaced"), default=False)
    leaves_on = models.DateField(_("leaves public view on"), null=True)
    folded = models.CharField(_("words"), max_length=1500, blank=True)

    class Meta:
        verbose_name = _("entry of a register")
        verbose_name_plural = _("entries of registers")
        indexes = [
            models.Index(fields=["parent", "-sort_key", "-page", "live"], name="register_order"),
            models.Index(fields=["parent", "issuer", "live"], name="register_issuer"),
            models.Index(fields=["parent", "year", "live"], name="register_year"),
        ]

    def __str__(self) -> str:
        return self.folded[:80]

    def state_on(self, today: datetime.date) -> State:
        """Whether the document is in force that day."""
        return Standing(self.valid_from, self.partly_from, self.valid_to, self.replaced).on(today)


class ChangeNote(models.Model):
    """That a published page was changed, when, and why in a sentence; never by whom."""

    page = models.ForeignKey(
        Page, models.CASCADE, related_name="change_notes", verbose_name=_("page"), db_index=False
    )
    at = models.DateTimeField(_("changed at"))
    note = models.CharField(_("why"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("note of a change")
        verbose_name_plural = _("notes of changes")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["page", "-at"], name="change_notes_order")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.note}".strip()
