"""People who write, photograph, film or translate; an account is not needed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from sitepages.models.authority import Authority, Dated, InForceQuerySet, Office
from sitepages.text import normalize_fields


class Contributor(Dated, ClusterableModel):
    """A person credited on one portal. ``office`` is where they are now; a credit keeps its own."""

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("portal"), related_name="contributors"
    )
    name = models.CharField(pgettext_lazy("person", "full name"), max_length=150)
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("office"),
        related_name="contributors",
        help_text=_("Where the person works now. Articles keep the office they were credited to."),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("account"),
        related_name="contributors",
        help_text=_("With an account the person sees their own figures. Outside collaborators need none."),
    )
    note = models.CharField(_("note"), max_length=255, blank=True)

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ["authority__order", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "user"],
                condition=models.Q(user__isnull=False),
                name="one_contributor_per_account_and_portal",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.office.short_name})" if self.office else self.name

    def save(self, *args: object, **kwargs: object) -> None:
        normalize_fields(self)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class PenName(models.Model):
    """A name a contributor signs with."""

    contributor = ParentalKey(Contributor, on_delete=models.CASCADE, related_name="pen_names")
    name = models.CharField(_("pen name"), max_length=150)

    class Meta:
        verbose_name = _("pen name")
        verbose_name_plural = _("pen names")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["contributor", "name"], name="pen_name_once_per_contributor")
        ]

    def __str__(self) -> str:
        return self.name
