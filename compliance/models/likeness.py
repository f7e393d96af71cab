"""Which articles are alike: what finds them, what was found, and what the board decided about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.rules.likeness import Kind
from sitepages.models import ArticlePage, Authority


class Likeness(models.Model):
    """What finds a public article among any number: its text as one number, its title, its day.

    Made anew from the article at any time by ``manage.py index_likeness``.
    """

    article = models.OneToOneField(
        ArticlePage, models.CASCADE, primary_key=True, verbose_name=_("article"), related_name="likeness"
    )
    authority = models.ForeignKey(
        Authority, models.CASCADE, verbose_name=_("authority"), related_name="+", db_index=False
    )
    digest = models.BigIntegerField(_("text as a number"), db_index=True)
    title = models.CharField(_("words of the title"), max_length=500)
    day = models.DateField(_("published on"), db_index=True)
    compared = models.BooleanField(_("compared with the others"), default=False)

    wagtail_reference_index_ignore = True  # found by reading, used by nobody

    class Meta:
        verbose_name = _("trace of a text")
        verbose_name_plural = _("traces of texts")
        indexes = [
            models.Index(fields=["article"], name="likeness_waiting", condition=models.Q(compared=False))
        ]

    def __str__(self) -> str:
        return self.title


class LikenessRun(models.Model):
    """One of the runs of words an article is found by."""

    trace = models.ForeignKey(
        Likeness, models.CASCADE, verbose_name=_("trace of a text"), related_name="runs"
    )
    number = models.BigIntegerField(_("run of words as a number"))

    wagtail_reference_index_ignore = True  # found by reading, used by nobody

    class Meta:
        verbose_name = _("run of words")
        verbose_name_plural = _("runs of words")
        indexes = [models.Index(fields=["number", "trace"], name="likeness_by_run")]

    def __str__(self) -> str:
        return str(self.number)


class AlikeKind(models.TextChoices):
    """In what two articles are alike."""

    SAME = Kind.SAME.value, _("Same text")
    CHANGED = Kind.CHANGED.value, _("Lightly changed text")
    EVENT = Kind.EVENT.value, _("Same event")


class AlikePair(models.Model):
    """Two articles found alike; `later` is the one published after the other.

    The units are those the articles count for. Dismissed: the board said that it is no duplicate.
    """

    earlier = models.ForeignKey(
        ArticlePage, models.CASCADE, verbose_name=_("earlier article"), related_name="alike_later"
    )
    later = models.ForeignKey(
        ArticlePage, models.CASCADE, verbose_name=_("later article"), related_name="alike_earlier"
    )
    earlier_unit = models.ForeignKey(Authority, models.CASCADE, related_name="+", editable=False)
    later_unit = models.ForeignKey(Authority, models.CASCADE, related_name="+", editable=False)
    day = models.DateField(_("later one published on"), db_index=True)
    kind = models.CharField(_("kind"), max_length=10, choices=AlikeKind.choices)
    percent = models.PositiveSmallIntegerField(_("likeness (%)"))
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("said to be no duplicate by"),
    )
    dismissed_at = models.DateTimeField(_("said to be no duplicate at"), null=True, editable=False)
    dismissed_why = models.CharField(_("reason"), max_length=500, blank=True)

    wagtail_reference_index_ignore = True  # found by reading, used by nobody

    class Meta:
        verbose_name = _("pair of articles alike")
        verbose_name_plural = _("pairs of articles alike")
        ordering = ["-day", "-pk"]
        constraints = [models.UniqueConstraint(fields=["earlier", "later"], name="a_pair_is_found_once")]
        indexes = [models.Index(fields=["later_unit", "day"], name="alike_of_unit")]

    def __str__(self) -> str:
        return f"{self.earlier} – {self.later}"


class CountExclusion(models.Model):
    """The board's word that an article is not counted, because another one is counted; can be taken back."""

    article = models.ForeignKey(
        ArticlePage, models.CASCADE, verbose_name=_("article"), related_name="count_exclusions"
    )
    duplicate_of = models.ForeignKey(
        ArticlePage,
        models.SET_NULL,
        null=True,
        verbose_name=_("duplicate of"),
        related_name="counted_instead",
    )
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        verbose_name=_("marked by"),
        related_name="+",
    )
    at = models.DateTimeField(_("marked at"))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        verbose_name=_("taken back by"),
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, editable=False)

    class Meta:
        verbose_name = _("article not counted")
        verbose_name_plural = _("articles not counted")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="an_article_is_left_out_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.article)
