"""What stands around questions: ratings of answers, the privacy notice, the guard of the form."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.models.question import Question
from sitepages.models import Authority
from sitepages.text import normalize_fields


class QuestionRating(models.Model):
    """How satisfied the asker is; given once. The comment is for the unit alone."""

    question = models.OneToOneField(Question, models.PROTECT, related_name="rating")
    stars = models.PositiveSmallIntegerField(
        _("stars"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    comment = models.TextField(_("comment"), blank=True, max_length=1000)
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("rating of an answer")
        verbose_name_plural = _("ratings of answers")
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.stars}"


class QuestionNotice(models.Model):
    """The privacy notice of one portal's form, from a day on; without one the shipped text holds."""

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("authority"), related_name="question_notices"
    )
    valid_from = models.DateField(_("valid from"))
    text = models.TextField(
        _("text"),
        max_length=20_000,
        help_text=_("Purpose, what is kept and how long, who reads it, rights, whom to turn to."),
    )

    class Meta:
        verbose_name = _("privacy notice")
        verbose_name_plural = _("privacy notices")
        ordering = ["-valid_from"]
        constraints = [models.UniqueConstraint(fields=["authority", "valid_from"], name="one_notice_a_day")]

    def __str__(self) -> str:
        return f"{self.authority}: {self.valid_from:%d/%m/%Y}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        normalize_fields(self)
        super().save(*args, **kwargs)


class DeskTrace(models.Model):
    """How often one address came today: a keyed digest that changes with the day, never the address."""

    day = models.DateField(db_index=True)
    window = models.CharField(max_length=16)
    what = models.CharField(max_length=8)
    digest = models.CharField(max_length=64)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("trace of the question form")
        verbose_name_plural = _("traces of the question form")
        constraints = [models.UniqueConstraint(fields=["digest", "what", "window"], name="one_desk_trace")]

    def __str__(self) -> str:
        return f"{self.window}/{self.what}"
