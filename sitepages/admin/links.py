"""Links to pages within texts."""

from __future__ import annotations

from typing import Any

from django.utils.html import escape
from wagtail.rich_text.pages import PageLinkHandler

from sitepages import tongues


class PageLinks(PageLinkHandler):
    """Wagtail's links, which would ask for the language and the translation of every page linked to.

    Within another language a link leads to the page there, and that leads on to its translation.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        return [
            f'<a href="{escape(tongues.twin(page.url or "", tongues.active()))}">' if page else "<a>"
            for page in cls.get_many(attrs_list)
        ]


def register(features: Any) -> None:
    """Hook body: in the place of Wagtail's."""
    features.register_link_type(PageLinks)
