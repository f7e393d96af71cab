"""Where each published article stands in the counts, kept by the database itself."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sitepages.models import ArticlePage, Office


class PlacedArticle(models.Model):
    """The office and local day of a published article, and whether it counts, in one narrow row.

    What an article is counted by stands in three tables. Triggers (``migrations/_placed.py``) keep this one
    equal to them whoever writes; only PostgreSQL has them, elsewhere the table is empty and nobody asks it.
    """

    article = models.OneToOneField(
        ArticlePage, models.DO_NOTHING, primary_key=True, related_name="+", db_constraint=False
    )
    office = models.ForeignKey(
        Office, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    day = models.DateField(_("published on"))
    counts = models.BooleanField()

    wagtail_reference_index_ignore = True  # said already by the article

    class Meta:
        verbose_name = _("place of an article in the counts")
        verbose_name_plural = _("places of articles in the counts")
        indexes = [
            models.Index(fields=["day", "office"], name="placed_counted", condition=models.Q(counts=True)),
            models.Index(fields=["day"], name="placed_uncounted", condition=models.Q(counts=False)),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}, {self.day:%d/%m/%Y}"
