"""The coefficient the board gives an article."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from sitepages.models import ArticlePage


class ArticleGrade(models.Model):
    """One article's grade: what the money is computed from, once somebody else has approved it.

    ``graded_by`` proposed it as it stands, for the article as a piece of ``graded_genre``. ``modifiers``
    holds [code, percent] pairs; where the table gives the grade an amount in đồng, the coefficient is 1.
    Without ``approved_at`` nothing is paid, nor when the article's genre is no longer ``approved_genre``: it
    was approved as another kind of piece.
    """

    article = models.OneToOneField(
        ArticlePage, models.CASCADE, verbose_name=_("article"), related_name="royalty_grade"
    )
    grade = models.CharField(_("grade"), max_length=20, blank=True)
    coefficient = models.DecimalField(
        _("coefficient"), max_digits=5, decimal_places=2, validators=[MinValueValidator(0)]
    )
    modifiers: Any = models.JSONField(_("percentages"), default=list, blank=True)
    note = models.CharField(_("note"), max_length=255, blank=True)
    graded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("graded by"),
        related_name="+",
    )
    graded_at = models.DateTimeField(_("graded at"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("approved by"),
        related_name="+",
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    approved_genre = models.CharField(_("genre when approved"), max_length=20, blank=True)
    graded_genre = models.CharField(_("genre when graded"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("grade")
        verbose_name_plural = _("grades")
        permissions = [("approve_articlegrade", "Can approve grade")]

    def __str__(self) -> str:
        return f"{self.article}: {self.coefficient}"

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None

    def changed_since(self, genre: str) -> datetime.datetime | None:
        """When it was last proposed or approved, where that was for another genre than this one."""
        known, when = self.graded_genre, self.graded_at
        if self.approved_at is not None:
            known, when = self.approved_genre, self.approved_at
        return when if known and known != genre else None

    def holds_for(self, genre: str) -> bool:
        """Whether the approval covers the article as it is classified now."""
        return self.is_approved and self.approved_genre == genre
