"""Lines of pay, written once; corrected by a line that takes the amount back."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.models.base import FrozenRowError
from compliance.models.period import PayPeriod
from sitepages.models import Contributor, Office
from sitepages.vocabulary import genre_choices, role_choices, words


class FrozenWithPeriodQuerySet(models.QuerySet):
    """Lines; those of a closed period are out of reach of bulk writes."""

    def frozen(self) -> FrozenWithPeriodQuerySet:
        return self.filter(period__status__in=PayPeriod.FROZEN)

    def _refuse_frozen(self) -> None:
        if self.frozen().exists():
            raise FrozenRowError(
                gettext("Lines of a closed period are never changed. Correct them by a reversing line.")
            )

    def update(self, **kwargs: Any) -> int:
        self._refuse_frozen()
        return super().update(**kwargs)

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        if self.filter(pk__in=[row.pk for row in objs]).frozen().exists():
            raise FrozenRowError(
                gettext("Lines of a closed period are never changed. Correct them by a reversing line.")
            )
        return super().bulk_update(objs, fields, batch_size)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_frozen()
        return super().delete()


class FrozenWithPeriod(models.Model):
    """A line that can be written as long as its ``period`` is not closed."""

    class Meta:
        abstract = True

    def _refuse_frozen(self) -> None:
        periods = {self.period_id}  # type: ignore[attr-defined]
        if self.pk is not None:
            own = type(self)._default_manager.filter(pk=self.pk)
            periods |= {row.period_id for row in own}  # type: ignore[attr-defined]
        if PayPeriod.objects.filter(pk__in=periods, status__in=PayPeriod.FROZEN).exists():
            raise FrozenRowError(
                gettext("Lines of a closed period are never changed. Correct them by a reversing line.")
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_frozen()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse_frozen()
        return super().delete(*args, **kwargs)


class RoyaltyEntry(FrozenWithPeriod):
    """One person's pay for one article, in whole đồng, with everything it was computed from.

    ``article_id`` is kept without a foreign key: the line outlives the page. ``round`` counts how often the
    article was paid anew after a reversal, so that one round pays each part once.
    """

    period = models.ForeignKey(PayPeriod, models.PROTECT, verbose_name=_("period"), related_name="entries")
    article_id = models.BigIntegerField(_("article"), db_index=True)
    title = models.CharField(_("title"), max_length=255)
    url = models.CharField(_("address"), max_length=1000, blank=True)
    published_on = models.DateField(_("published on"))
    genre = models.CharField(_("genre"), max_length=20, choices=genre_choices)
    office = models.ForeignKey(
        Office, models.PROTECT, verbose_name=_("office"), related_name="royalty_entries"
    )
    person = models.CharField(_("person"), max_length=255)
    contributor = models.ForeignKey(
        Contributor,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("contributor"),
        related_name="royalty_entries",
    )
    role = models.CharField(_("role"), max_length=20, choices=role_choices)
    share = models.DecimalField(_("share (%)"), max_digits=5, decimal_places=2)
    coefficient = models.DecimalField(_("coefficient"), max_digits=5, decimal_places=2)
    unit_value = models.BigIntegerField(_("unit value (đồng)"))
    amount = models.BigIntegerField(_("amount (đồng)"))
    rule = models.CharField(_("rule"), max_length=255)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("reverses"), related_name="reversed_by"
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    pay_again = models.BooleanField(_("to be paid anew"), default=False)

    objects = FrozenWithPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("royalty entry")
        verbose_name_plural = _("royalty entries")
        ordering = ["period", "published_on", "article_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article_id", "contributor", "role", "round"],
                condition=models.Q(reverses__isnull=True, contributor__isnull=False),
                name="each_part_is_paid_once",
            ),
            models.UniqueConstraint(
                fields=["article_id", "person", "role", "round"],
                condition=models.Q(reverses__isnull=True, contributor__isnull=True),
                name="each_named_part_is_paid_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.amount:,} đ".replace(",", ".")

    @property
    def genre_name(self) -> str:
        word = words("genres").get(self.genre)
        return word.name if word else self.genre

    @property
    def role_name(self) -> str:
        word = words("roles").get(self.role)
        return word.name if word else self.role
