"""The sections a review may speak of: the one door from reviews to the catalogue."""

from __future__ import annotations

import datetime

from compliance.catalogue.loader import load_catalogue
from compliance.queries.rulebook import local_adjustments
from compliance.rules.credits import counts
from compliance.rules.local import weight_on
from compliance.rules.lookup import binding_on
from compliance.rules.review import SectionInfo


def all_sections(on: datetime.date | None = None) -> list[SectionInfo]:
    """Every section of the catalogue, in its order; weights as in force on the day, if one is given."""
    catalogue = load_catalogue()
    adjustments = local_adjustments() if on else ()
    return [
        SectionInfo(
            code=each.code,
            name_vi=each.name_vi,
            name_en=each.name_en,
            group=each.group,
            weight=weight_on(each, adjustments, "", on) if on else each.weight,
            group_vi=catalogue.groups[each.group].name_vi,
            group_en=catalogue.groups[each.group].name_en,
        )
        for each in catalogue.requirements
    ]


def is_mandatory(code: str, tier: str, on: datetime.date) -> bool:
    """Whether the law makes a tier keep a section on its portal that day, rather than encourage it."""
    try:
        requirement = load_catalogue().requirement(code)
    except KeyError:
        return False
    binding = binding_on(requirement, tier, on)
    return binding is not None and counts(binding.level, binding.channel)


def edition() -> str:
    """What the sections and weights were taken from: the catalogue's edition and digest."""
    catalogue = load_catalogue()
    return f"{catalogue.version} {catalogue.digest[:12]}"
