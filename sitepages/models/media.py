"""Pictures and files, ours from the first migration."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class PortalImage(AbstractImage):
    """A picture with the text that stands in for it and its source."""

    alt_text = models.CharField(
        _("alternative text"),
        max_length=255,
        blank=True,
        help_text=_("What the picture shows, for those who cannot see it."),
    )
    is_decorative = models.BooleanField(
        _("decoration only"),
        default=False,
        help_text=_("The picture tells nothing that the text beside it does not tell."),
    )
    credit = models.CharField(_("credit"), max_length=255, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "alt_text", "is_decorative", "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_portalimage", "Can choose image")]

    @property
    def default_alt_text(self) -> str:
        return "" if self.is_decorative else self.alt_text or self.description or self.title

    @property
    def is_described(self) -> bool:
        """Whether those who cannot see it are told what it shows, or that they miss nothing."""
        return bool(self.is_decorative or self.alt_text.strip())


class PortalRendition(AbstractRendition):
    """A picture at one size."""

    image = models.ForeignKey(PortalImage, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            )
        ]


class PortalDocument(AbstractDocument):
    """A file to download."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document file")
        verbose_name_plural = _("document files")
        permissions = [("choose_portaldocument", "Can choose document")]
