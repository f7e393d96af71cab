"""What a portal sent down to the portals below it: which page, where to, and who may change it there."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from sitepages.models.authority import Authority


class SentPage(models.Model):
    """One page of one portal as it stands on one portal below. Withdrawn ones are kept as a record.

    ``page`` is empty once a locked copy was withdrawn: it is deleted, as nothing of it is the unit's.
    """

    class Kind(models.TextChoices):
        LOCKED = "locked", _("locked")
        EDITABLE = "editable", _("editable")

    source = models.ForeignKey(
        Page, models.PROTECT, verbose_name=_("page sent down"), related_name="sent_down"
    )
    sender = models.ForeignKey(Authority, models.PROTECT, verbose_name=_("sent by"), related_name="+")
    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("sent to"), related_name="received_pages"
    )
    page = models.OneToOneField(
        Page,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("page there"),
        related_name="sent_from",
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    sent_at = models.DateTimeField(_("sent at"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    source_digest = models.CharField(max_length=64, blank=True, editable=False)
    page_digest = models.CharField(max_length=64, blank=True, editable=False)
    source_changed_at = models.DateTimeField(_("source changed at"), null=True, blank=True)
    changed_at = models.DateTimeField(_("changed there at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("page sent down")
        verbose_name_plural = _("pages sent down")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "authority"],
                condition=Q(withdrawn_at__isnull=True),
                name="sent_once_to_a_unit",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.authority_id}"

    @property
    def is_locked(self) -> bool:
        """Whether the page there follows its source and nobody there may change it."""
        return self.kind == self.Kind.LOCKED

    @property
    def is_own_by_now(self) -> bool:
        """Whether the unit has changed what was sent: the words are then its own."""
        return not self.is_locked and self.changed_at is not None


def sent_row(page: Any) -> SentPage | None:
    """The row by which a page was sent down, withdrawn or not; read once a page."""
    if page.pk is None:
        return None
    found: SentPage | None = getattr(page, "sent_from", None)
    return found
