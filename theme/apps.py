"""Markup and style; imports none of the other packages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThemeConfig(AppConfig):
    """The public site's look."""

    name = "theme"
    verbose_name = _("Theme")
