"""Pictures in the sizes and formats a reader's device takes; a lost one leaves no hole."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

logger = logging.getLogger(__name__)

#: The smallest first; the last is for browsers that know no other.
FORMATS = ("avif", "webp", "jpeg")


@dataclass(frozen=True)
class Kind:
    """One place pictures stand in: the sizes they are cut to, and how wide the place is."""

    cuts: tuple[str, ...]
    sizes: str

    @property
    def specs(self) -> list[str]:
        """Every cut in every format."""
        return [f"{cut}|format-{name}" for name in FORMATS for cut in self.cuts]


KINDS = {
    "card": Kind(("fill-400x250", "fill-800x500"), "(min-width: 48rem) 24rem, 100vw"),
    "lead": Kind(("fill-480x300", "fill-960x600"), "(min-width: 48rem) 42rem, 100vw"),
    "story": Kind(("width-480", "width-800", "width-1200"), "(min-width: 62rem) 47rem, 100vw"),
    "banner": Kind(("fill-640x200", "fill-1280x400"), "(min-width: 80rem) 76rem, 100vw"),
}


def picture(
    image: Any, kind: str, *, first: bool = False, alt: str | None = None, style: str = ""
) -> SafeString:
    """The markup of a picture; nothing where its file is gone.

    ``first``: it stands in the first view and is fetched before others, which wait until they are near.
    """
    place = KINDS[kind]
    try:
        made = image.get_renditions(*place.specs)
    except Exception:  # whatever a lost or broken file makes an image library say
        logger.warning("Picture %s cannot be shown.", getattr(image, "pk", "?"))
        return SafeString("")
    sources = [
        (f"image/{name}", _srcset(made[f"{cut}|format-{name}"] for cut in place.cuts), place.sizes)
        for name in FORMATS[:-1]
    ]
    plain = [made[f"{cut}|format-{FORMATS[-1]}"] for cut in place.cuts]
    return format_html(
        '<picture>{}<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{}{}></picture>',
        format_html_join("", '<source type="{}" srcset="{}" sizes="{}">', sources),
        plain[0].url,
        _srcset(plain),
        place.sizes,
        plain[-1].width,
        plain[-1].height,
        image.default_alt_text if alt is None else alt,
        format_html(' class="{}"', style) if style else "",
        SafeString(' fetchpriority="high"' if first else ' loading="lazy" decoding="async"'),
    )


def _srcset(renditions: Iterable[Any]) -> str:
    return ", ".join(f"{each.url} {each.width}w" for each in renditions)


def fetch_ahead(images: Iterable[Any]) -> None:
    """What was made of these pictures, read for all of them at once."""
    there = [image for image in images if image is not None]
    if there:
        prefetch_related_objects(there, "renditions")
