"""Events and announcements."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from sitepages.blocks.body import BODY
from sitepages.fields import BodyField
from sitepages.models.base import BasePage
from sitepages.models.section import RecordPage


class EventPage(RecordPage):
    """Something that will happen, or something people must be told."""

    class Kind(models.TextChoices):
        EVENT = "event", _("Event")
        ANNOUNCEMENT = "announcement", _("Announcement")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.ANNOUNCEMENT)
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=255, blank=True)
    body = BodyField(BODY, blank=True, verbose_name=_("text"))

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("kind"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("place"),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = ["sitepages.SectionPage"]

    class Meta:
        verbose_name = _("event or announcement")
        verbose_name_plural = _("events and announcements")

    def clean(self) -> None:
        super().clean()
        if self.kind == self.Kind.EVENT and not self.starts_at:
            raise ValidationError({"starts_at": _("An event needs the time it begins.")})
        if self.ends_at and not self.starts_at:
            raise ValidationError({"starts_at": _("Give the beginning as well as the end.")})
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("The end must not come before the beginning.")})
