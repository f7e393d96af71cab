"""What everybody is told at the top of every page, and the mark under which such things are kept."""

from __future__ import annotations

import datetime
import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sitepages.models.authority import Authority

#: An address on this portal or a full one; nothing a browser would run.
_LINK = RegexValidator(
    re.compile(r"^(?:/(?![/\\])|https?://)\S*\Z"), _("Give an address beginning with https:// or with /.")
)


class Notice(models.Model):
    """A dated word to everybody: storm, power cut, office closed. Vanishes by itself after its last day."""

    class Level(models.TextChoices):
        INFO = "info", _("Announcement")
        WARNING = "warning", _("Warning")
        DANGER = "danger", _("Urgent")

    authority = models.ForeignKey(
        Authority, models.CASCADE, verbose_name=_("authority"), related_name="notices"
    )
    text = models.CharField(_("text"), max_length=300)
    link = models.CharField(
        _("address for more"), max_length=500, blank=True, validators=[_LINK], help_text=_("May stay empty.")
    )
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, default=Level.INFO)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    on_subportals = models.BooleanField(
        _("also on the portals below"),
        default=False,
        help_text=_("Every commune's portal then shows it as well."),
    )

    class Meta:
        verbose_name = _("notice to everybody")
        verbose_name_plural = _("notices to everybody")
        ordering = ["-last_day", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=models.F("first_day")), name="notice_ends_last")
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The end must not come before the beginning.")})

    def is_shown(self, on: datetime.date) -> bool:
        """Whether the day lies within its days."""
        return self.first_day <= on <= self.last_day


class FrameVersion(models.Model):
    """One row: a mark drawn anew whenever a menu, a setting or a notice changes on any portal."""

    token = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("version of the frame")
        verbose_name_plural = _("versions of the frame")

    def __str__(self) -> str:
        return self.token
