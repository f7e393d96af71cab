"""How often pages were read. Numbers alone: nothing in here belongs to a person."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sitepages.models.authority import Authority

#: More than any portal had: a slip of the finger is told at once.
MOST = 2_000_000_000


class DailyVisits(models.Model):
    """One page's views and visits on one day, local time. Written by `visits.store` alone.

    A view is a page shown to somebody not signed in; a visit is a view that did not come from a page of the
    same site. The section is the one the page stood in that day.
    """

    day = models.DateField(_("day"))
    authority = models.ForeignKey(Authority, models.PROTECT, verbose_name=_("portal"), related_name="+")
    page_id = models.BigIntegerField(_("page"))
    section = models.CharField(_("section"), max_length=50, blank=True)
    views = models.PositiveIntegerField(_("views"))
    visits = models.PositiveIntegerField(_("visits"))

    class Meta:
        verbose_name = _("visits of a day")
        verbose_name_plural = _("visits by day")
        ordering = ["day", "authority", "page_id"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "day", "page_id"], name="page_once_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.page_id}"


class ReportedVisits(models.Model):
    """Visits counted elsewhere, as somebody reported them: before this software, or while it stood still.

    Such a number is known for its days together and is never divided. Without a first day it reaches back to
    the portal's beginning. On its days it stands in place of what was counted here.
    """

    authority = models.ForeignKey(Authority, models.PROTECT, verbose_name=_("portal"), related_name="+")
    first = models.DateField(
        _("first day"),
        null=True,
        blank=True,
        help_text=_("Leave it empty when the number counts from the start."),
    )
    last = models.DateField(_("last day"))
    visits = models.PositiveIntegerField(_("visits"), validators=[MaxValueValidator(MOST)])
    source = models.CharField(
        _("source"),
        max_length=255,
        help_text=_("Where the number comes from: report, date, who read it off which counter."),
    )

    class Meta:
        verbose_name = _("reported visits")
        verbose_name_plural = _("reported visits")
        ordering = ["authority__order", "last"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "last"], name="reported_once_up_to_a_day"),
            models.CheckConstraint(
                condition=Q(first__isnull=True) | Q(first__lte=models.F("last")), name="reported_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority}: {self.days_text}"

    @property
    def days_text(self) -> str:
        """The days it holds, as people write them."""
        if self.first is None:
            return str(_("until %(last)s")) % {"last": f"{self.last:%d/%m/%Y}"}
        return f"{self.first:%d/%m/%Y}–{self.last:%d/%m/%Y}"

    def clean(self) -> None:
        super().clean()
        if self.last is None:
            return
        if self.first is not None and self.last < self.first:
            raise ValidationError({"last": _("The last day comes before the first.")})
        if self.last > timezone.localdate():
            raise ValidationError({"last": _("These days are not over yet.")})
        other = self._overlapping()
        if other is not None:
            raise ValidationError(
                _("Days of this time are already reported: %(days)s, %(visits)s visits (%(source)s).")
                % {"days": other.days_text, "visits": other.visits, "source": other.source}
            )

    def _overlapping(self) -> ReportedVisits | None:
        if self.authority_id is None:
            return None
        others = ReportedVisits.objects.filter(authority=self.authority_id).exclude(pk=self.pk)
        others = others.filter(Q(first__isnull=True) | Q(first__lte=self.last))
        if self.first is not None:
            others = others.filter(last__gte=self.first)
        return others.first()
