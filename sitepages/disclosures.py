"""What a record of each section states, as data: read once from ``disclosures.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from sitepages.vocabulary import Word

PATH = Path(__file__).with_name("disclosures.toml")

#: The columns of a disclosure record that a section may use.
COLUMNS = (
    "kind",
    "number",
    "legal_day",
    "fiscal_year",
    "period_token",
    "month",
    "answered_on",
    "term_ends",
)
#: How a section's list may be set, and what its records may be put together by.
LAYOUTS = frozenset({"cards", "table", "people"})
GROUPS = frozenset({"", "kind", "year", "field", "office"})
#: What an officer types into the record's own form.
TYPED = frozenset({"text", "long", "date", "number", "url", "email", "phone", "choice"})
#: What a file, the text or the portal itself gives.
GIVEN = frozenset({"file", "table", "body", "system"})


@dataclass(frozen=True)
class Field(Word):
    """One thing a record says. ``by_law``: the law asks for it; ``column``: the column it is kept in.

    ``makes``: the kinds the law tells apart by the answer to a choice, by its option.
    """

    type: str = "text"
    column: str = ""
    by_law: bool = True
    kinds: frozenset[str] = frozenset()
    options: tuple[Word, ...] = ()
    makes: Mapping[str, str] = made_by(default_factory=dict)
    when_field: str = ""
    when_values: frozenset[str] = frozenset()
    help_vi: str = ""
    help_en: str = ""

    @property
    def help(self) -> str:
        return self.help_en if _reads_english() else self.help_vi

    @property
    def is_typed(self) -> bool:
        """Whether the officer types it among the record's details."""
        return not self.column and self.type in TYPED

    def is_asked(self, kind: str, values: Mapping[str, Any]) -> bool:
        """Whether a record of this kind, saying these values, is asked for it."""
        if self.kinds and kind not in self.kinds:
            return False
        return not self.when_field or values.get(self.when_field) in self.when_values

    def shown(self, value: Any) -> Any:
        """The value in words: a choice by its name, anything else as it is."""
        names = {option.code: option.name for option in self.options}
        return names.get(value, value) if self.options else value


@dataclass(frozen=True)
class ShownField:
    """A field as a reader meets it: ``type`` says how the value is written."""

    name: str
    value: Any
    type: str
    code: str = ""


@dataclass(frozen=True)
class Disclosure:
    """What the records of one section say."""

    section: str
    fields: tuple[Field, ...]
    kinds: tuple[Word, ...] = ()
    columns: tuple[str, ...] = ()
    trigger: Field | None = None
    in_tree_order: bool = False
    row: tuple[str, ...] = ()
    group: str = ""
    layout: str = "cards"
    found_by: tuple[str, ...] = ()
    field_code: str = ""
    office_code: str = ""
    leaves: bool = False
    refuses: tuple[str, ...] = ()

    @property
    def typed(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.is_typed)

    @property
    def served_by_files(self) -> tuple[Field, ...]:
        """Fields that a file may serve."""
        return tuple(
            field
            for field in self.fields
            if field.type in GIVEN and field.type != "system" and not field.column
        )

    @property
    def by_law(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.by_law)

    def field(self, code: str) -> Field | None:
        return next((field for field in self.fields if field.code == code), None)

    def of_column(self, column: str) -> Field | None:
        """The field kept in a column."""
        return next((field for field in self.fields if field.column == column), None)

    def kind(self, code: str) -> str:
        """The kind, else the first one; empty where records are of one kind."""
        codes = [each.code for each in self.kinds]
        return code if code in codes else codes[0] if codes else ""

    @property
    def legal_kinds(self) -> frozenset[str]:
        """Every kind the law may tell the records apart by."""
        made = (kind for each in self.fields for kind in each.makes.values())
        return frozenset({*(each.code for each in self.kinds), *made})

    def kind_name(self, code: str) -> str:
        made = (
            option for each in self.fields for option in each.options if each.makes.get(option.code) == code
        )
        return next((each.name for each in (*(k for k in self.kinds if k.code == code), *made)), "")


def _reads_english() -> bool:
    return (get_language() or "vi").startswith("en")


def _word(entry: dict[str, Any]) -> Word:
    return Word(entry["code"], entry["vi"], entry["en"])


def _field(entry: dict[str, Any]) -> Field:
    when = entry.get("when", {})
    return Field(
        code=entry.get("code", ""),
        name_vi=entry["vi"],
        name_en=entry["en"],
        type=entry.get("type", "text"),
        column=entry.get("column", ""),
        by_law=entry.get("law", True),
        kinds=frozenset(entry.get("kinds", ())),
        options=tuple(_word(option) for option in entry.get("options", ())),
        makes=entry.get("makes", {}),
        when_field=when.get("field", ""),
        when_values=frozenset(when.get("values", ())),
        help_vi=entry.get("help_vi", ""),
        help_en=entry.get("help_en", ""),
    )


def _listed(entry: dict[str, Any]) -> dict[str, Any]:
    """How the section's list looks, and by what its records are found."""
    return {
        "row": tuple(entry.get("row", ())),
        "group": entry.get("group", ""),
        "layout": entry.get("layout", "cards"),
        "found_by": tuple(entry.get("found_by", ())),
        "field_code": entry.get("field", ""),
        "office_code": entry.get("office", ""),
        "leaves": entry.get("leaves", False),
        "refuses": tuple(entry.get("refuses", ())),
    }


@cache
def disclosures() -> dict[str, Disclosure]:
    """All sections' records, by the codes of the legal catalogue."""
    raw = tomllib.loads(PATH.read_text(encoding="utf-8"))
    return {
        section: Disclosure(
            section=section,
            fields=tuple(_field(field) for field in entry["fields"]),
            kinds=tuple(_word(kind) for kind in entry.get("kinds", ())),
            columns=tuple(entry.get("columns", ())),
            trigger=_field(entry["trigger"]) if "trigger" in entry else None,
            in_tree_order=entry.get("order") == "tree",
            **_listed(entry.get("list", {})),
        )
        for section, entry in raw.items()
    }


def disclosure(section: str) -> Disclosure | None:
    """What the records of a section say; None for a section that states nothing of law."""
    return disclosures().get(section)


def field_name(duty: str, code: str) -> str:
    """A field's name in the reader's language; the code itself when nobody named it."""
    found = disclosures().get(duty)
    field = found.field(code) if found else None
    return field.name if field else code


def problems() -> list[str]:
    """What the file says that cannot be, one line each."""
    wrong = []
    for section, entry in disclosures().items():
        kinds = {kind.code for kind in entry.kinds}
        codes = [field.code for field in entry.fields]
        if len(codes) != len(set(codes)):
            wrong.append(f"{section}: a field is named twice")
        if set(entry.columns) - set(COLUMNS):
            wrong.append(f"{section}: unknown column {sorted(set(entry.columns) - set(COLUMNS))}")
        if "legal_day" in entry.columns and entry.trigger is None:
            wrong.append(f"{section}: legal_day without trigger")
        if ("kind" in entry.columns) != bool(kinds):
            wrong.append(f"{section}: kinds without their column, or the column without kinds")
        named = {*entry.row, *entry.found_by, entry.field_code, entry.office_code} - {""}
        if named - set(codes):
            wrong.append(f"{section}: its list names {sorted(named - set(codes))}, which is no field")
        if entry.layout not in LAYOUTS or entry.group not in GROUPS:
            wrong.append(f"{section}: unknown layout {entry.layout} or group {entry.group}")
        if entry.leaves and "term_ends" not in entry.columns:
            wrong.append(f"{section}: its records leave after a term, and it has no term_ends")
        for field in entry.fields:
            if field.type not in TYPED | GIVEN:
                wrong.append(f"{section}.{field.code}: unknown type {field.type}")
            if field.column and field.column not in entry.columns:
                wrong.append(f"{section}.{field.code}: column {field.column} is not used by the section")
            if field.kinds - kinds:
                wrong.append(f"{section}.{field.code}: unknown kind {sorted(field.kinds - kinds)}")
            if bool(field.options) != (field.type == "choice"):
                wrong.append(f"{section}.{field.code}: a choice needs options, and only a choice has them")
            if field.when_field and field.when_field not in codes:
                wrong.append(f"{section}.{field.code}: depends on {field.when_field}, which is no field")
    return wrong
