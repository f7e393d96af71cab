"""Who did what for an article. What it is worth is another package's matter."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from sitepages.models.authority import Office
from sitepages.models.contributor import Contributor
from sitepages.models.credit_forms import ContributorSelect
from sitepages.vocabulary import role_choices, words


class Contribution(Orderable):
    """One person's part in one article, as a share of the whole (percent)."""

    article = ParentalKey("sitepages.ArticlePage", on_delete=models.CASCADE, related_name="contributions")
    name = models.CharField(pgettext_lazy("person", "full name"), max_length=150)
    pen_name = models.CharField(_("pen name"), max_length=150, blank=True)
    contributor = models.ForeignKey(
        Contributor,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("contributor"),
        related_name="contributions",
    )
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("unit of credit"),
        related_name="contributions",
        help_text=_("Where the person worked at that time. Empty: the office credited for the article."),
    )
    role = models.CharField(_("role"), max_length=20, choices=role_choices, default="author")
    share = models.DecimalField(
        _("share (%)"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(100),
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(Decimal(100))],
    )

    panels = [
        FieldRowPanel(
            [
                FieldPanel(
                    "contributor",
                    widget=ContributorSelect,
                    help_text=_("Fills in name and office. For a person without a record, write the name."),
                ),
                FieldPanel("office"),
            ]
        ),
        FieldRowPanel([FieldPanel("name"), FieldPanel("pen_name")]),
        FieldRowPanel([FieldPanel("role"), FieldPanel("share")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")

    def __str__(self) -> str:
        return f"{self.shown_name} ({self.role_name})"

    @property
    def shown_name(self) -> str:
        return self.pen_name or self.name

    @property
    def role_name(self) -> str:
        word = words("roles").get(self.role)
        return word.name if word else self.role
