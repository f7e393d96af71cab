"""The form of a picture: nobody leaves it without saying what it shows."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm


class PortalImageForm(BaseImageForm):
    """Asks for the text that stands in for the picture, or for the word that it is decoration."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "alt_text" in self.fields and not (
            (cleaned.get("alt_text") or "").strip() or cleaned.get("is_decorative")
        ):
            self.add_error(
                "alt_text",
                ValidationError(
                    _("Say what the picture shows, or mark it as decoration only."), code="required"
                ),
            )
        return cleaned
