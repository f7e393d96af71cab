"""Texts and colours of one portal."""

from __future__ import annotations

import datetime
import re

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

from sitepages import tongues
from sitepages.blocks.tasks import TASKS
from sitepages.models.settings_form import SettingsForm, usual_sections
from sitepages.panels import date_panel

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
    crest = models.ForeignKey(
        "sitepages.PortalImage",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("crest"),
        related_name="+",
        help_text=_("Shown in the header instead of the drawn emblem."),
    )
    hotline = models.CharField(
        _("hotline"), max_length=50, blank=True, help_text=_("A telephone number that somebody answers.")
    )
    task_links = StreamField(
        TASKS,
        blank=True,
        verbose_name=_("What people look for"),
        help_text=_("Links at the top of the front page. When empty, the usual ones are shown."),
    )
    mourning_from = models.DateField(_("mourning from"), null=True, blank=True)
    mourning_to = models.DateField(_("mourning to"), null=True, blank=True)
    mourning_reason = models.CharField(
        _("reason for mourning"),
        max_length=200,
        blank=True,
        help_text=_(
            "In these days the portal and those below it are shown in grey with a black ribbon, and festive"
            " pictures are hidden."
        ),
    )
    organisation_en = models.CharField(_("organisation, in English"), max_length=255, blank=True)
    parent_organisation_en = models.CharField(
        _("parent organisation, in English"), max_length=255, blank=True
    )
    slogan_en = models.CharField(_("slogan, in English"), max_length=255, blank=True)
    owner_en = models.CharField(_("owner of the portal, in English"), max_length=255, blank=True)
    address_en = models.CharField(_("address, in English"), max_length=255, blank=True)
    show_transparency = models.BooleanField(
        _("show the transparency page"),
        default=False,
        help_text=_(
            "Everybody may then see how this unit's publication duties stand, on the page “Transparency”"
            " and as open data. What is still a draft is never shown."
        ),
    )

    drawn_shown = models.BooleanField(
        _("show news of the portals below on the front page"),
        default=True,
        help_text=_(
            "Only a portal with portals below it has such news. Nothing is copied: the links lead there."
        ),
    )
    drawn_sections = models.JSONField(_("sections"), default=usual_sections, blank=True)
    drawn_units = models.JSONField(
        _("units"), default=list, blank=True, help_text=_("None ticked: all units below, new ones as well.")
    )
    drawn_days = models.PositiveSmallIntegerField(
        _("of the last days"), default=30, validators=[MinValueValidator(1), MaxValueValidator(366)]
    )
    drawn_items = models.PositiveSmallIntegerField(
        _("items on the front page"), default=6, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    drawn_per_unit = models.PositiveSmallIntegerField(
        _("at most of one unit"), default=2, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )

    base_form_class = SettingsForm
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("organisation"),
                FieldPanel("parent_organisation"),
                FieldPanel("slogan"),
                FieldPanel("crest"),
                FieldPanel("main_colour"),
                FieldPanel("accent_colour"),
            ],
            heading=_("Header and colours"),
        ),
        FieldPanel("task_links"),
        MultiFieldPanel(
            [
                FieldRowPanel([date_panel("mourning_from"), date_panel("mourning_to")]),
                FieldPanel("mourning_reason"),
            ],
            heading=_("Days of national mourning"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("owner"),
                FieldPanel("responsible_person"),
                FieldPanel("address"),
                FieldPanel("phone"),
                FieldPanel("hotline"),
                FieldPanel("fax"),
                FieldPanel("email"),
                FieldPanel("licence"),
            ],
            heading=_("Contact lines required by law"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("drawn_shown"),
                FieldPanel("drawn_sections"),
                FieldPanel("drawn_units"),
                FieldRowPanel(
                    [FieldPanel("drawn_days"), FieldPanel("drawn_items"), FieldPanel("drawn_per_unit")]
                ),
            ],
            heading=_("News of the portals below"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("organisation_en"),
                FieldPanel("parent_organisation_en"),
                FieldPanel("slogan_en"),
                FieldPanel("owner_en"),
                FieldPanel("address_en"),
            ],
            heading=_("The same in English"),
        ),
        MultiFieldPanel([FieldPanel("show_transparency")], heading=_("Transparency and open data")),
    ]

    class Meta:
        verbose_name = _("portal texts and colours")
        verbose_name_plural = _("portal texts and colours")

    def said(self, name: str, code: str) -> tuple[str, str]:
        """A text in a language and the language it is in: the portal's own where nobody gave another."""
        own = str(getattr(self, name))
        told = str(getattr(self, f"{name}_{code}", "")) if code != tongues.default() else ""
        return (told, code) if told else (own, tongues.default())

    def is_mourning(self, on: datetime.date) -> bool:
        """Whether the day lies within the days of mourning set here; one day alone may be set."""
        first, last = self.mourning_from, self.mourning_to
        return bool(first and first <= on <= (last or first))

    def clean(self) -> None:
        super().clean()
        if self.mourning_to and not self.mourning_from:
            raise ValidationError({"mourning_from": _("Give the first day as well as the last.")})
        if self.mourning_from and self.mourning_to and self.mourning_to < self.mourning_from:
            raise ValidationError({"mourning_to": _("The end must not come before the beginning.")})
        for name in ("main_colour", "accent_colour"):
            colour = getattr(self, name)
            if _FORM.fullmatch(colour) and contrast_with_white(colour) < 4.5:
                raise ValidationError(
                    {name: _("Too light: white text on this colour cannot be read. Choose a darker one.")}
                )
