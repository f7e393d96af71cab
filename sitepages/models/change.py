"""What tells kept pages from those of today: one row for every change of a portal."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site


class PageChange(models.Model):
    """Something on a portal's public pages changed; without a site, on those of every portal.

    Rows are added in the transaction of the change and never altered, so that nobody waits for anybody and a
    page is left behind in the moment its change is seen. ``drawn`` is random: two sets never add up alike.
    """

    site = models.ForeignKey(Site, models.CASCADE, null=True, related_name="+", verbose_name=_("site"))
    drawn = models.BigIntegerField(_("drawn at random"))

    class Meta:
        verbose_name = _("change of public pages")
        verbose_name_plural = _("changes of public pages")

    def __str__(self) -> str:
        return f"{self.site_id or '*'}: {self.drawn}"
