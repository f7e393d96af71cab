"""Pictures and video."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

UNDESCRIBED = _(
    "This picture has no text for those who cannot see it. Open it under “Images” and say what it shows, or"
    " mark it as decoration only."
)


class FigureBlock(blocks.StructBlock):
    """A picture with its caption and source."""

    image = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)
    credit = blocks.CharBlock(label=_("Credit"), required=False)

    def clean(self, value: Any) -> Any:
        """A picture in a text tells something: those who cannot see it are told as well."""
        cleaned = super().clean(value)
        picture = cleaned.get("image")
        if picture is not None and not picture.is_described:
            raise blocks.StructBlockValidationError(block_errors={"image": ValidationError(UNDESCRIBED)})
        return cleaned

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/figure.html"


class AttachmentBlock(blocks.StructBlock):
    """A file to download."""

    document = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(label=_("Shown as"), required=False)

    class Meta:
        icon = "doc-full-inverse"
        label = _("File")
        template = "blocks/attachment.html"
