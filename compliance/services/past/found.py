"""What an imported page says and refers to."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from html import escape

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from sitepages.models import ArticlePage, Contributor, Office


def references(pages: Iterable[ArticlePage]) -> list[ReferenceIndex]:
    """What Wagtail notes of the pages' office and contributors; their texts hold no link."""
    of_article = ContentType.objects.get_for_model(ArticlePage)
    of_page = ContentType.objects.get_for_model(Page)
    to_office = ContentType.objects.get_for_model(Office)
    to_person = ContentType.objects.get_for_model(Contributor)

    def note(page: ArticlePage, to: ContentType, key: int, model_path: str, path: str) -> ReferenceIndex:
        return ReferenceIndex(
            content_type=of_article,
            base_content_type=of_page,
            object_id=str(page.pk),
            to_content_type=to,
            to_object_id=str(key),
            model_path=model_path,
            content_path=path,
            content_path_hash=ReferenceIndex._get_content_path_hash(path),
        )

    found = []
    for page in pages:
        found.append(note(page, to_office, page.office_id, "office", "office"))
        for part in page.contributions.all():
            if part.contributor_id is not None:
                path = f"contributions.{part.pk}.contributor"
                found.append(
                    note(page, to_person, part.contributor_id, "contributions.item.contributor", path)
                )
    return found


def paragraphs(text: str) -> list[str]:
    """The parts of a text that an empty line parts."""
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def body_json(text: str) -> str:
    """A text as the blocks of an article: a paragraph each part, markup taken as text."""
    blocks = [
        {"type": "paragraph", "value": _paragraph(part), "id": str(uuid.uuid4())} for part in paragraphs(text)
    ]
    return json.dumps(blocks, ensure_ascii=False)


def _paragraph(text: str) -> str:
    return "<p>" + escape(text, quote=False).replace("\n", "<br/>") + "</p>"
