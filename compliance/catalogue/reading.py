"""Reading a TOML file strictly, and the error that names its entry."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

Entry = TypeVar("Entry", bound=BaseModel)


class CatalogueError(ValueError):
    """A catalogue that cannot be used; `file` and `entry` say where ("" for the file as a whole)."""

    def __init__(self, file: Path, entry: str, problem: str) -> None:
        self.file, self.entry, self.problem = file.name, entry, problem
        super().__init__(": ".join(part for part in (file.name, entry, problem) if part))


def read_toml(path: Path) -> dict[str, Any]:
    """The file's content; CatalogueError when it is missing or not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, ValueError) as error:
        raise CatalogueError(path, "", f"cannot be read: {error}") from error


def read_entry(model: type[Entry], raw: object, path: Path, name: str) -> Entry:
    """One entry checked; CatalogueError names it and everything wrong with it."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, each['loc']))} {each['msg']}".strip() for each in error.errors()]
        raise CatalogueError(path, name, "; ".join(problems)) from error


def read_day(path: Path, entry: str, text: str) -> date:
    """A date written 2019-02-04; CatalogueError otherwise, for other ways of ISO 8601 as well."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise CatalogueError(path, entry, f"not a date: {text!r}") from error
    if day.isoformat() != text:
        raise CatalogueError(path, entry, f"write the date as {day.isoformat()}, not {text!r}")
    return day


def digest(raw: Mapping[str, Any]) -> str:
    """SHA-256 (hex) over content, whatever the order of its keys."""
    text = json.dumps(raw, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
