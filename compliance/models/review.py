"""Reviews of what units publish: who is reviewed, and the marks side by side."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.models.base import FrozenRowError
from compliance.rules import review as rules
from sitepages.models import Authority
from sitepages.text import normalize_fields

AUTHORITY_LINES = ("TM.", "KT.", "TL.", "TUQ.", "Q.")


class MarkState(models.TextChoices):
    """How a unit keeps one section."""

    MET = rules.MET, _("Met")
    LATE = rules.LATE, _("Late")
    MISSING = rules.MISSING, _("Missing")
    NOT_APPLICABLE = rules.NOT_APPLICABLE, _("Not applicable")


class ReviewQuerySet(models.QuerySet):
    """Reviews; what a closed one says is out of reach of bulk writes."""

    def closed(self) -> ReviewQuerySet:
        return self.filter(closed_at__isnull=False)

    def update(self, **kwargs: Any) -> int:
        if set(kwargs) & set(Review.FROZEN) and self.closed().exists():
            raise FrozenRowError(gettext("A closed review is never changed."))
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        if self.closed().exists():
            raise FrozenRowError(gettext("A closed review is never removed."))
        return super().delete()


class Review(models.Model):
    """One review of many units over some months. Closing it freezes marks, weights and scores.

    The letterhead and the signature of its report stay open: they are filled in when the report is issued.
    """

    #: What closing freezes.
    FROZEN = (
        "code", "first_month", "last_month", "closes_on", "closed_at", "closed_by", "closed_by_id",
        "catalogue", "sections", "double_threshold", "minimum_sample",
    )  # fmt: skip

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    first_month = models.DateField(_("first month"))
    last_month = models.DateField(_("last month"))
    opened_at = models.DateTimeField(_("opened at"), auto_now_add=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    closes_on = models.DateField(
        _("closing day"),
        null=True,
        blank=True,
        help_text=_("The last day on which units may mark themselves. Leave it empty for no limit."),
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    catalogue = models.CharField(_("catalogue version"), max_length=100, blank=True, editable=False)
    sections: Any = models.JSONField(default=list, editable=False)
    double_threshold = models.BooleanField(
        _("double threshold"), default=True, help_text=_("80 % overall and 50 % of each group.")
    )
    minimum_sample = models.PositiveSmallIntegerField(
        _("minimum sample"),
        default=5,
        help_text=_("A unit with fewer sections counted is scored, but not ranked."),
    )

    parent_body = models.CharField(_("parent body"), max_length=200, blank=True)
    issuing_body = models.CharField(_("issuing body"), max_length=200, blank=True)
    number = models.CharField(
        _("number of the report"), max_length=50, blank=True, help_text=_("For example: 38/BC-STTTT")
    )
    place = models.CharField(_("place"), max_length=100, blank=True)
    report_date = models.DateField(_("date of the report"), null=True, blank=True)
    signing_authority = models.CharField(
        _("signing authority"),
        max_length=100,
        blank=True,
        help_text=_("For example: TM. ỦY BAN NHÂN DÂN, or KT. GIÁM ĐỐC. Leave it empty when the head signs."),
    )
    signer_position = models.CharField(_("position of the signer"), max_length=100, blank=True)
    signer_name = models.CharField(_("name of the signer"), max_length=100, blank=True)
    recipients = models.TextField(_("recipients"), blank=True, help_text=_("One a line."))
    introduction = models.TextField(_("introduction"), blank=True)
    proposals = models.TextField(_("further proposals"), blank=True, help_text=_("One a line."))

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-first_month", "-pk"]
        permissions = [("close_review", "Can close review")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_month__gte=models.F("first_month")), name="review_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def period(self) -> str:
        """``2019-01..2019-06``."""
        return f"{self.first_month:%Y-%m}..{self.last_month:%Y-%m}"

    def takes_self_marks(self, today: datetime.date) -> bool:
        """Whether units may still mark themselves."""
        return not self.is_closed and (self.closes_on is None or today <= self.closes_on)

    def clean(self) -> None:
        super().clean()
        if self.first_month and self.last_month and self.last_month < self.first_month:
            raise ValidationError({"last_month": _("The last month comes before the first.")})
        if self.signing_authority and not self.signing_authority.upper().startswith(AUTHORITY_LINES):
            raise ValidationError(
                {
                    "signing_authority": _("Begin with one of %(known)s")
                    % {"known": ", ".join(AUTHORITY_LINES)}
                }
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        before = Review.objects.closed().filter(pk=self.pk).first() if self.pk else None
        if before is not None and any(getattr(before, name) != getattr(self, name) for name in Review.FROZEN):
            raise FrozenRowError(gettext("A closed review is never changed."))
        normalize_fields(self)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if Review.objects.closed().filter(pk=self.pk).exists():
            raise FrozenRowError(gettext("A closed review is never removed."))
        return super().delete(*args, **kwargs)


class InReviewQuerySet(models.QuerySet):
    """Rows of reviews; those of a closed one are out of reach."""

    def _guard(self) -> None:
        if self.filter(review__closed_at__isnull=False).exists():
            raise FrozenRowError(gettext("A closed review is never changed."))

    def update(self, **kwargs: Any) -> int:
        self._guard()
        if {"review", "review_id"} & set(kwargs):
            raise FrozenRowError(gettext("A row stays with its review."))
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._guard()
        return super().delete()

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        rows = list(objs)
        if Review.objects.closed().filter(pk__in={row.review_id for row in rows}).exists():
            raise FrozenRowError(gettext("A closed review is never changed."))
        return super().bulk_create(rows, *args, **kwargs)


class InReview(models.Model):
    """A row of a review: as open as the review is."""

    objects = InReviewQuerySet.as_manager()

    class Meta:
        abstract = True

    def _guard(self) -> None:
        kind: Any = type(self)
        held = {self.review_id}  # type: ignore[attr-defined]
        if self.pk is not None:
            held |= set(kind.objects.filter(pk=self.pk).values_list("review_id", flat=True))
        if Review.objects.closed().filter(pk__in=held).exists():
            raise FrozenRowError(gettext("A closed review is never changed."))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._guard()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._guard()
        return super().delete(*args, **kwargs)


class ReviewUnit(InReview):
    """A unit under review, whether its portal is hosted here or elsewhere."""

    review = models.ForeignKey(Review, models.CASCADE, verbose_name=_("review"), related_name="units")
    authority = models.ForeignKey(Authority, models.PROTECT, verbose_name=_("unit"), related_name="+")
    order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("unit under review")
        verbose_name_plural = _("units under review")
        ordering = ["order", "authority__order", "authority__code"]
        constraints = [models.UniqueConstraint(fields=["review", "authority"], name="unit_once_per_review")]

    def __str__(self) -> str:
        return self.authority.display_name


class ReviewMark(InReview):
    """One section of one unit: the unit's own mark, the machine's and the verifier's."""

    review = models.ForeignKey(Review, models.CASCADE, verbose_name=_("review"), related_name="marks")
    authority = models.ForeignKey(Authority, models.PROTECT, verbose_name=_("unit"), related_name="+")
    section = models.CharField(_("section"), max_length=60)
    self_state = models.CharField(_("own mark"), max_length=20, blank=True, choices=MarkState.choices)
    machine_state = models.CharField(_("machine mark"), max_length=20, blank=True, choices=MarkState.choices)
    #: What the machine's mark rests on: source, day, finding; ``queries.machine`` says how it is written.
    machine_basis: Any = models.JSONField(default=dict, blank=True, editable=False)
    verifier_state = models.CharField(
        _("verifier's mark"), max_length=20, blank=True, choices=MarkState.choices
    )
    note = models.TextField(_("note"), blank=True)
    evidence_url = models.URLField(_("evidence"), max_length=1000, blank=True)
    snapshot_hash = models.CharField(_("snapshot hash"), max_length=64, blank=True)
    updated_at = models.DateTimeField(_("updated at"), null=True, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("review mark")
        verbose_name_plural = _("review marks")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "authority", "section"], name="one_mark_per_section")
        ]

    def __str__(self) -> str:
        return f"{self.authority.code}/{self.section}: {self.state}"

    @property
    def state(self) -> str:
        """The state that counts: the verifier's, else the machine's, else the unit's own."""
        return rules.effective(own=self.self_state, machine=self.machine_state, verifier=self.verifier_state)
