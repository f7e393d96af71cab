"""How questions are handled, read from the catalogue: terms, hours, pauses, retention, samples."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from compliance.catalogue.reading import CatalogueError, read_toml
from compliance.rules.questions import CALENDAR, WORKING, Term
from compliance.rules.types import LegalBasis, Verification

PATH = Path(__file__).parent / "questions.toml"


@dataclass(frozen=True)
class Dated:
    """A row in force from a day on, and what it rests on."""

    valid_from: datetime.date
    basis: LegalBasis


@dataclass(frozen=True)
class AnswerTerm(Dated):
    """The time for an answer where nobody else sets one."""

    term: Term


@dataclass(frozen=True)
class Hours(Dated):
    """When offices close."""

    closes: datetime.time


@dataclass(frozen=True)
class PauseRule(Dated):
    """Whether waiting for the asker stops the clock."""

    stops: bool


@dataclass(frozen=True)
class Retention(Dated):
    """Days after the end of a question for which contact data, and its own words, are kept."""

    contact: int
    text: int


@dataclass(frozen=True)
class Samples(Dated):
    """Answers needed to be ranked, ratings needed to show an average."""

    answered: int
    ratings: int


@dataclass(frozen=True)
class FormLimits:
    """What the public form takes, and how often."""

    fastest_seconds: int
    slowest_hours: int
    a_minute: int
    a_day: int
    looks_a_minute: int
    looks_a_day: int
    duplicate_days: int
    files: int
    megabytes: int
    name: int
    topic: int
    text: int


@dataclass(frozen=True)
class Subject:
    """A field of life."""

    code: str
    name_vi: str
    name_en: str


Row = TypeVar("Row", bound=Dated)


@dataclass(frozen=True)
class Handling:
    """Everything the desk of questions goes by."""

    answers: tuple[AnswerTerm, ...]
    hours: tuple[Hours, ...]
    pauses: tuple[PauseRule, ...]
    retentions: tuple[Retention, ...]
    samples: tuple[Samples, ...]
    form: FormLimits
    subjects: tuple[Subject, ...]
    address_words: tuple[str, ...]

    @staticmethod
    def on(rows: tuple[Row, ...], day: datetime.date) -> Row:
        """The row in force that day; the oldest before any began."""
        held = [row for row in rows if row.valid_from <= day]
        return max(held, key=lambda row: row.valid_from) if held else rows[0]

    def subject(self, code: str) -> Subject | None:
        """A field of life by its code."""
        return next((each for each in self.subjects if each.code == code), None)


@cache
def load_handling(path: Path = PATH) -> Handling:
    """The rules of the desk; CatalogueError naming what is wrong."""
    raw = read_toml(path)
    try:
        found = _read(raw)
    except KeyError as error:
        raise CatalogueError(path, "", f"lacks {error}") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise CatalogueError(path, "", str(error)) from error
    for each in (found.answers, found.hours, found.pauses, found.retentions, found.samples, found.subjects):
        if not each:
            raise CatalogueError(path, "", "an empty table")
    if any(row.term.days < 1 or row.term.unit not in (WORKING, CALENDAR) for row in found.answers):
        raise CatalogueError(path, "answer", 'days from 1 on, in "wd" or "cd"')
    return found


def _read(raw: dict[str, Any]) -> Handling:
    return Handling(
        answers=tuple(
            AnswerTerm(row["from"], _basis(row), Term(row["days"], row["unit"])) for row in raw["answer"]
        ),
        hours=tuple(
            Hours(row["from"], _basis(row), datetime.time.fromisoformat(row["closes"]))
            for row in raw["hours"]
        ),
        pauses=tuple(PauseRule(row["from"], _basis(row), row["stops"]) for row in raw["pause"]),
        retentions=tuple(
            Retention(row["from"], _basis(row), row["contact"], row["text"]) for row in raw["retention"]
        ),
        samples=tuple(
            Samples(row["from"], _basis(row), row["answered"], row["ratings"]) for row in raw["samples"]
        ),
        form=FormLimits(**raw["form"]),
        subjects=tuple(Subject(row["code"], row["vi"], row["en"]) for row in raw["fields"]),
        address_words=tuple(raw["redaction"]["address_words"]),
    )


def _basis(row: dict[str, Any]) -> LegalBasis:
    return LegalBasis(
        row.get("document", ""),
        row.get("article", ""),
        Verification(row.get("status", "D")),
        row.get("note", ""),
    )
