"""The portal's vocabulary as data: read once from ``vocabulary.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

PATH = Path(__file__).with_name("vocabulary.toml")


@dataclass(frozen=True)
class Word:
    """One entry: the code that is stored and the names that are shown."""

    code: str
    name_vi: str
    name_en: str

    @property
    def name(self) -> str:
        return self.name_en if (get_language() or "vi").startswith("en") else self.name_vi


@dataclass(frozen=True)
class Section(Word):
    """A section of a portal: its address part, and what may be added under its page.

    ``kind`` is "section", "articles" for the news, or "map" for the page that lists all sections.
    """

    slug: str
    accepts: tuple[str, ...]
    kind: str = "section"
    group: str = ""
    in_menu: bool = False


@cache
def _read() -> dict[str, list[dict[str, object]]]:
    return tomllib.loads(PATH.read_text(encoding="utf-8"))


@cache
def sections() -> dict[str, Section]:
    """All sections by code; those of the main menu in its order."""
    found = {}
    for entry in _read()["sections"]:
        accepts = entry.get("accepts", [])
        found[str(entry["code"])] = Section(
            code=str(entry["code"]),
            name_vi=str(entry["name_vi"]),
            name_en=str(entry["name_en"]),
            slug=str(entry["slug"]),
            accepts=tuple(str(name) for name in accepts),  # type: ignore[attr-defined]
            kind=str(entry.get("kind", "section")),
            group=str(entry.get("group", "")),
            in_menu=bool(entry.get("menu", False)),
        )
    return found


#: Records that stand in their lists by the moment of their publication: what is news.
_NEWS = frozenset({"ArticlePage", "EventPage"})


@cache
def drawable_sections() -> tuple[Section, ...]:
    """The sections whose newest records a portal above may show among its own."""
    return tuple(
        section for section in sections().values() if section.accepts and set(section.accepts) <= _NEWS
    )


@cache
def words(table: str) -> dict[str, Word]:
    """A table (``genres``, ``document_types``, ``roles``, ``section_groups`` …) by code."""
    return {
        str(entry["code"]): Word(str(entry["code"]), str(entry["name_vi"]), str(entry["name_en"]))
        for entry in _read()[table]
    }


@dataclass(frozen=True)
class TaskLink(Word):
    """What people come for: a section by its code, or an address with a name."""

    url: str = ""


@cache
def task_links() -> tuple[TaskLink, ...]:
    """The usual links of a front page, in order."""
    return tuple(
        TaskLink(
            code=str(entry.get("section", "")),
            name_vi=str(entry.get("name_vi", "")),
            name_en=str(entry.get("name_en", "")),
            url=str(entry.get("url", "")),
        )
        for entry in _read()["task_links"]
    )


def _choices(table: str) -> list[tuple[str, str]]:
    return [(word.code, word.name) for word in words(table).values()]


# Callables, so that a new word is no migration.
def section_choices() -> list[tuple[str, str]]:
    return [(section.code, section.name) for section in sections().values() if section.kind == "section"]


def genre_choices() -> list[tuple[str, str]]:
    return _choices("genres")


def document_type_choices() -> list[tuple[str, str]]:
    return _choices("document_types")


def procurement_field_choices() -> list[tuple[str, str]]:
    return _choices("procurement_fields")


def role_choices() -> list[tuple[str, str]]:
    return _choices("roles")
