"""How many articles an office is to supply a month, by decision."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sitepages.models import Office
from sitepages.models.authority import Dated, InForceQuerySet

#: No office writes more in a month; a slip of the finger does.
MOST = 1000


class Quota(Dated):
    """The articles a month one decision asks of an office, while it is in force."""

    office = models.ForeignKey(Office, models.PROTECT, verbose_name=_("office"), related_name="quotas")
    per_month = models.PositiveSmallIntegerField(
        _("articles a month"), validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    valid_from = models.DateField(_("valid from"))
    decision_number = models.CharField(_("decision number"), max_length=100)

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = _("quota of articles")
        verbose_name_plural = _("quotas of articles")
        ordering = ["office__authority__order", "office__group", "office__order", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["office", "valid_from"], name="one_quota_per_office_and_start")
        ]

    def __str__(self) -> str:
        return f"{self.office}: {self.per_month}"

    def clean(self) -> None:
        super().clean()
        if not (self.office_id and self.valid_from):
            return
        others = Quota.objects.filter(office=self.office_id).exclude(pk=self.pk)
        overlapping = others.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=self.valid_from))
        if self.valid_to:
            overlapping = overlapping.filter(valid_from__lte=self.valid_to)
        other = overlapping.first()
        if other:
            text = _("Overlaps the quota of decision %(number)s. End that one the day before.")
            raise ValidationError({"valid_from": text % {"number": other.decision_number}})
