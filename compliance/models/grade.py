"""The coefficient the board gives an article."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from sitepages.models import ArticlePage


class ArticleGrade(models.Model):
    """One article's coefficient; what the money is computed from."""

    article = models.OneToOneField(
        ArticlePage, models.CASCADE, verbose_name=_("article"), related_name="royalty_grade"
    )
    coefficient = models.DecimalField(
        _("coefficient"), max_digits=5, decimal_places=2, validators=[MinValueValidator(0)]
    )
    graded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("graded by"),
        related_name="+",
    )
    graded_at = models.DateTimeField(_("graded at"))

    class Meta:
        verbose_name = _("grade")
        verbose_name_plural = _("grades")

    def __str__(self) -> str:
        return f"{self.article}: {self.coefficient}"
