"""The sections a review may speak of: the one door from reviews to the catalogue."""

from __future__ import annotations

from compliance.catalogue.loader import load_catalogue
from compliance.rules.review import SectionInfo


def all_sections() -> list[SectionInfo]:
    """Every section of the catalogue, in its order."""
    catalogue = load_catalogue()
    newest = [catalogue.versions(code)[-1] for code in catalogue.codes]
    return [SectionInfo(each.code, each.name_vi, each.name_en, "G1", 1) for each in newest]


def edition() -> str:
    """What the sections and weights were taken from: the catalogue's edition and digest."""
    catalogue = load_catalogue()
    return f"{catalogue.version} {catalogue.digest[:12]}"
