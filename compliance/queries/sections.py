"""The sections a review may speak of: the one door from reviews to the catalogue."""

from __future__ import annotations

import datetime

from compliance.queries.rulebook import current_rulebook
from compliance.rules.review import SectionInfo


def all_sections(on: datetime.date | None = None) -> list[SectionInfo]:
    """Every section of the catalogue, in its order; weights as in force on the day, if one is given."""
    book = current_rulebook()
    groups = book.catalogue.groups
    return [
        SectionInfo(
            code=each.code,
            name_vi=each.name_vi,
            name_en=each.name_en,
            group=each.group,
            weight=book.weight(each, "", on) if on else each.weight,
            group_vi=groups[each.group].name_vi,
            group_en=groups[each.group].name_en,
        )
        for each in book.catalogue.requirements
    ]


def edition() -> str:
    """What the sections and weights were taken from: the catalogue's edition and digest."""
    catalogue = current_rulebook().catalogue
    return f"{catalogue.version} {catalogue.digest[:12]}"
