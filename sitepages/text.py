"""Vietnamese text: one normal form in store, an unaccented twin for search and slugs."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.db import models
from django.utils.text import slugify

#: Zero-width and direction marks, invisible and used to make two names look like one; control characters,
#: and those no XML file may hold: a spreadsheet with one of them cannot be written.
_UNWANTED = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+"
)
#: The marks of Vietnamese letters, and most others.
_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")


def nfc(text: str) -> str:
    """The text in NFC, without control, zero-width and direction characters."""
    return _UNWANTED.sub("", unicodedata.normalize("NFC", text))


def fold(text: str) -> str:
    """Lower case without diacritics, đ as d: how people type when they search."""
    plain = text.replace("đ", "d").replace("Đ", "D")
    bare = _MARKS.sub("", unicodedata.normalize("NFD", plain))
    if not bare.isascii():
        bare = "".join(char for char in bare if not unicodedata.combining(char))
    return bare.lower()


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
