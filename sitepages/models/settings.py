"""Texts and colours of one portal."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

_FORM = re.compile(r"#[0-9a-fA-F]{6}")
_COLOUR = RegexValidator(re.compile(r"^#[0-9a-fA-F]{6}\Z"), _("A colour has the form #a1b2c3."))


def contrast_with_white(colour: str) -> float:
    """Contrast ratio of a ``#rrggbb`` colour with white (WCAG 2.2, relative luminance)."""
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


@register_setting(icon="cog")
class SiteSettings(BaseSiteSetting):
    """What the header, the footer and the colours of one site say."""

    organisation = models.CharField(_("organisation"), max_length=255, blank=True)
    parent_organisation = models.CharField(_("parent organisation"), max_length=255, blank=True)
    slogan = models.CharField(_("slogan"), max_length=255, blank=True)
    main_colour = models.CharField(_("main colour"), max_length=7, default="#8f1d1d", validators=[_COLOUR])
    accent_colour = models.CharField(
        _("accent colour"), max_length=7, default="#8a5a00", validators=[_COLOUR]
    )
    owner = models.CharField(
        _("owner of the portal"),
        max_length=255,
        blank=True,
        help_text=_("The body answerable for the portal."),
    )
    responsible_person = models.CharField(_("person responsible for content"), max_length=255, blank=True)
    address = models.CharField(_("address"), max_length=255, blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    fax = models.CharField(_("fax"), max_length=50, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    licence = models.CharField(_("licence"), max_length=255, blank=True)
    show_transparency = models.BooleanField(
        _("show the transparency page"),
        default=False,
        help_text=_(
            "Everybody may then see how this unit's publication duties stand, on the page “Transparency”"
            " and as open data. What is still a draft is never shown."
        ),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("organisation"),
                FieldPanel("parent_organisation"),
                FieldPanel("slogan"),
                FieldPanel("main_colour"),
                FieldPanel("accent_colour"),
            ],
            heading=_("Header and colours"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("owner"),
                FieldPanel("responsible_person"),
                FieldPanel("address"),
                FieldPanel("phone"),
                FieldPanel("fax"),
                FieldPanel("email"),
                FieldPanel("licence"),
            ],
            heading=_("Contact lines required by law"),
        ),
        MultiFieldPanel([FieldPanel("show_transparency")], heading=_("Transparency and open data")),
    ]

    class Meta:
        verbose_name = _("portal texts and colours")
        verbose_name_plural = _("portal texts and colours")

    def clean(self) -> None:
        super().clean()
        for name in ("main_colour", "accent_colour"):
            colour = getattr(self, name)
            if _FORM.fullmatch(colour) and contrast_with_white(colour) < 4.5:
                raise ValidationError(
                    {name: _("Too light: white text on this colour cannot be read. Choose a darker one.")}
                )
