"""A page of text."""

from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel

from sitepages.blocks.body import BODY
from sitepages.fields import BodyField
from sitepages.models.base import BasePage
from sitepages.models.section import RecordPage


class PlainPage(RecordPage):
    """Text that stands for itself: an introduction, a guide."""

    body = BodyField(BODY, blank=True, verbose_name=_("text"))

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = ["sitepages.PortalHomePage", "sitepages.SubportalHomePage", "sitepages.SectionPage"]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")
