"""What was seen of a page, each time it changed: who published what, when, and what it stated."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.models.base import AppendOnly, AppendOnlyQuerySet
from sitepages.models import Authority


class ObservationQuerySet(AppendOnlyQuerySet):
    """Notes; which of a page's stand last."""

    def newest(self) -> ObservationQuerySet:
        """Those that no later note of the same page replaced, whatever unit or state that one names."""
        later = Observation.objects.filter(page_id=models.OuterRef("page_id"), pk__gt=models.OuterRef("pk"))
        return self.exclude(models.Exists(later))


class Observation(AppendOnly):
    """One page as it stood from a moment on, until the page's next observation.

    `at` is when it became so, `recorded_at` when it was noted: an assessment taken again asks for what was
    known then. `filled` lists the required fields that hold something, None when the page does not tell.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLIC = "public", _("Public")
        WITHDRAWN = "withdrawn", _("Taken down")
        GONE = "gone", _("Deleted draft")

    page_id = models.BigIntegerField(_("page"))
    authority = models.ForeignKey(Authority, models.PROTECT, verbose_name=_("authority"), related_name="+")
    duty = models.CharField(_("duty"), max_length=60)
    at = models.DateTimeField(_("since"))
    recorded_at = models.DateTimeField(_("recorded at"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    title = models.CharField(_("title"), max_length=500)
    url = models.CharField(_("address"), max_length=1000, blank=True)
    kind = models.CharField(_("kind"), max_length=40, blank=True)
    trigger = models.DateField(_("counted from"), null=True, blank=True)
    period = models.CharField(_("period"), max_length=20, blank=True)
    week = models.DateField(_("week"), null=True, blank=True)
    published = models.DateField(_("first public on"), null=True, blank=True)
    changed = models.DateField(_("changed by a person on"), null=True, blank=True)
    confirmed = models.DateField(_("confirmed on"), null=True, blank=True)
    answered = models.DateField(_("answered on"), null=True, blank=True)
    term_ends = models.DateField(_("may leave from"), null=True, blank=True)
    filled: Any = models.JSONField(null=True, blank=True)

    objects = ObservationQuerySet.as_manager()  # type: ignore[misc]  # of the same family as the base

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["authority", "page_id", "-at", "-id"], name="observation_as_of"),
            models.Index(fields=["page_id", "-at", "-id"], name="observation_of_page"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.state})"
