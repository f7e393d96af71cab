"""The words of the check of activity reports, read from the catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from compliance.catalogue.reading import CatalogueError, read_toml
from compliance.rules.report_words import ReportWords

WORDS = Path(__file__).parent / "report_words.toml"


def load_report_words(fold: Callable[[str], str], path: Path = WORDS) -> ReportWords:
    """The words, folded by ``fold``; CatalogueError naming what is wrong."""
    raw = read_toml(path)
    try:
        return ReportWords.of(raw, fold)
    except KeyError as error:
        raise CatalogueError(path, "", f"lacks {error}") from error
    except (ValueError, AttributeError, TypeError, re.error) as error:
        raise CatalogueError(path, "", str(error)) from error


@cache
def unchecked_notes() -> tuple[str, ...]:
    """What stands in the catalogue for an article nobody has looked up."""
    return tuple(read_toml(WORDS)["unchecked"]["notes"])
