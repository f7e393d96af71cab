"""The demo's English pages."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.utils import timezone

from portal.demo.disclosures import paragraphs
from sitepages.models import Authority, PlainPage, SectionPage, SiteSettings
from sitepages.queries import section_page

LANGUAGE = "en"


def load_english(path: Path) -> int:
    """Fill the English sections and add pages to them; how many texts were written."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    units = {unit.code: unit for unit in Authority.objects.select_related("site__root_page")}
    now = timezone.now()
    for entry in content["texts"]:
        SiteSettings.objects.filter(site=units[entry["authority"]].site).update(
            address_en=entry["address_en"]
        )
    for entry in content["sections"]:
        page = _section(units, entry)
        page.body = paragraphs(entry["text"])
        page.first_published_at = page.last_published_at = now
        page.save()
    for entry in content["pages"]:
        record: Any = PlainPage(title=entry["title"], first_published_at=now, last_published_at=now)
        record.body = paragraphs(entry["text"])
        _section(units, entry).add_child(instance=record)
    return len(content["sections"]) + len(content["pages"])


def _section(units: dict[str, Authority], entry: dict[str, Any]) -> Any:
    source = section_page(units[entry["authority"]], entry["section"])
    return SectionPage.objects.get(translation_key=source.translation_key, locale__language_code=LANGUAGE)
