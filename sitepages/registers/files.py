"""Pages whose matter stands in files alone, or in files that hold no text."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from sitepages.blocks.body import has_words

#: The model that keeps the text of files, where it is installed.
TEXTS: str = "DocumentText"
#: An abstract shorter than this says no more than the title.
SHORTEST = 80


def in_files_alone(page: Any) -> bool:
    """Whether a page has files and next to no text of its own; unknown types have none."""
    name = page._meta.model_name
    if name == "legaldocumentpage":
        silent = page.files.exists() and not _speaks(page)
        return silent and len(page.abstract) < SHORTEST
    if name == "disclosurepage":
        typed = [
            value for value in page.details.values() if isinstance(value, str) and len(value) >= SHORTEST
        ]
        return page.files.exists() and not has_words(page.body) and not typed and not _speaks(page)
    if name == "budgetdisclosurepage":
        blocks = [block.block_type for block in page.tables]
        return bool(blocks) and "figures" not in blocks and len(page.explanation) < SHORTEST
    return False


def _speaks(page: Any) -> bool:
    """Whether any of the page's files is known to hold text; where nobody reads files, none is."""
    try:
        texts = apps.get_model("sitepages", TEXTS)
    except LookupError:
        return False
    ids = list(page.files.values_list("document_id", flat=True))
    return bool(texts.objects.filter(document_id__in=ids, pages__gt=0).exclude(text="").exists())
