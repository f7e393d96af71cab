"""A page of text."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel

from sitepages.blocks.body import BODY, has_words
from sitepages.facts import Facts
from sitepages.fields import BodyField
from sitepages.models.base import BasePage
from sitepages.models.detail_forms import CoversForm
from sitepages.models.section import RecordPage


class PlainPage(RecordPage):
    """Text that stands for itself: an introduction, a guide."""

    body = BodyField(BODY, blank=True, verbose_name=_("text"))

    covers = models.JSONField(
        _("what this page covers"),
        default=list,
        blank=True,
        help_text=_("Tick what the text really says. An empty text covers nothing."),
    )

    content_panels = [*BasePage.content_panels, FieldPanel("body"), FieldPanel("covers")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    base_form_class = CoversForm
    parent_page_types = ["sitepages.PortalHomePage", "sitepages.SubportalHomePage", "sitepages.SectionPage"]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")

    def facts(self) -> Facts:
        """What the page covers, once it says anything at all."""
        return Facts(filled=frozenset(self.covers if has_words(self.body) else ()))
