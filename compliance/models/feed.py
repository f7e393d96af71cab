"""The private link to a unit's calendar of due days."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sitepages.models import Authority


class FeedToken(models.Model):
    """Opens one unit's calendar for one person. Only the hash is kept; the token itself is shown once."""

    authority = models.ForeignKey(Authority, models.PROTECT, verbose_name=_("authority"), related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("user"), related_name="+"
    )
    digest = models.CharField(_("digest"), max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    last_used = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("calendar link")
        verbose_name_plural = _("calendar links")
        ordering = ["authority__order", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "user"],
                condition=models.Q(revoked_at__isnull=True),
                name="one_calendar_link_each",
            )
        ]

    def __str__(self) -> str:
        return f"{self.authority} ({self.user})"
