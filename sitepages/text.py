"""Vietnamese text: one normal form in store, an unaccented twin for search and slugs."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.db import models
from django.utils.text import slugify

#: Zero-width and direction marks: invisible, and used to make two names look like one.
_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF])
#: Control characters, and those no XML file may hold: a spreadsheet with one of them cannot be written.
_CONTROL = dict.fromkeys([*(set(range(0x20)) - {0x09, 0x0A, 0x0D}), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])


def nfc(text: str) -> str:
    """The text in NFC, without control, zero-width and direction characters."""
    return unicodedata.normalize("NFC", text).translate(_INVISIBLE).translate(_CONTROL)


def fold(text: str) -> str:
    """Lower case without diacritics, đ as d: how people type when they search."""
    plain = text.replace("đ", "d").replace("Đ", "D")
    marks_apart = unicodedata.normalize("NFD", plain)
    return "".join(char for char in marks_apart if not unicodedata.combining(char)).lower()


def vietnamese_slug(text: str, longest: int = 80) -> str:
    """An ASCII slug: ``Đường đi thị xã`` gives ``duong-di-thi-xa``."""
    return slugify(fold(text))[:longest].strip("-")


def normalize_fields(instance: models.Model) -> None:
    """Bring every text field of a model instance to NFC, in place."""
    for field in instance._meta.concrete_fields:
        if type(field) in _TEXT_FIELDS:
            value: Any = getattr(instance, field.attname)
            if isinstance(value, str) and not value.isascii():
                setattr(instance, field.attname, nfc(value))


_TEXT_FIELDS = (models.CharField, models.TextField)
