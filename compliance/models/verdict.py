"""What a closed review leaves behind: frozen scores, and the objections of units with their answers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.models.base import AppendOnly, FrozenRowError
from compliance.models.review import MarkState, Review, ReviewMark
from sitepages.models import Authority


class ObjectionQuerySet(models.QuerySet):
    """Objections; an answered one is out of reach of bulk writes."""

    def open(self) -> ObjectionQuerySet:
        return self.filter(answered_at__isnull=True)

    def update(self, **kwargs: Any) -> int:
        if self.filter(answered_at__isnull=False).exists():
            raise FrozenRowError(gettext("An answered objection is never changed."))
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise FrozenRowError(gettext("An objection is never removed."))


class Objection(models.Model):
    """A unit's objection to one mark. Written once, answered once."""

    mark = models.ForeignKey(
        ReviewMark, models.PROTECT, verbose_name=_("review mark"), related_name="objections"
    )
    text = models.TextField(_("objection"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    at = models.DateTimeField(_("objected at"))
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered at"), null=True)
    old_state = models.CharField(_("state objected to"), max_length=20, choices=MarkState.choices)
    new_state = models.CharField(
        _("state after the answer"), max_length=20, blank=True, choices=MarkState.choices
    )

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mark"],
                condition=models.Q(answered_at__isnull=True),
                name="one_open_objection_per_mark",
            )
        ]

    def __str__(self) -> str:
        return f"{self.mark.authority.code}/{self.mark.section}"

    @property
    def is_accepted(self) -> bool:
        """Answered, and the state was changed."""
        return self.answered_at is not None and self.new_state not in ("", self.old_state)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and Objection.objects.filter(pk=self.pk, answered_at__isnull=False).exists():
            raise FrozenRowError(gettext("An answered objection is never changed."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise FrozenRowError(gettext("An objection is never removed."))


class ReviewScore(AppendOnly):
    """One unit's score as it was frozen. A later row of the same unit replaces an earlier one."""

    review = models.ForeignKey(Review, models.PROTECT, verbose_name=_("review"), related_name="scores")
    authority = models.ForeignKey(Authority, models.PROTECT, verbose_name=_("unit"), related_name="+")
    points = models.DecimalField(_("points"), max_digits=10, decimal_places=1)
    possible = models.PositiveIntegerField(_("possible points"))
    percent = models.DecimalField(_("percent"), max_digits=4, decimal_places=1, null=True)
    duties = models.PositiveIntegerField(_("sections counted"))
    passed = models.PositiveIntegerField(_("sections met"))
    groups: Any = models.JSONField(default=dict)
    states: Any = models.JSONField(default=dict)
    threshold_reached = models.BooleanField(_("threshold reached"), null=True)
    rank = models.PositiveIntegerField(_("place in the ranking"), null=True)
    objection = models.ForeignKey(
        Objection, models.PROTECT, null=True, verbose_name=_("objection"), related_name="scores"
    )
    frozen_at = models.DateTimeField(_("frozen at"))

    class Meta:
        verbose_name = _("review score")
        verbose_name_plural = _("review scores")
        ordering = ["pk"]
        indexes = [models.Index(fields=["review", "authority"])]

    def __str__(self) -> str:
        return f"{self.review.code}/{self.authority.code}: {self.percent}"
