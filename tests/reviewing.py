"""Reviews for tests: ten plain sections in place of the catalogue's, files of marks, and helpers."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from compliance.models import Review, ReviewMark
from compliance.rules.months import Month
from compliance.rules.review import STATES, SectionInfo
from compliance.services.reviews import Change, add_units, open_review, set_marks
from sitepages.models import Authority
from tests.builders import authority

NOW = datetime.datetime(2019, 7, 15, 2, tzinfo=datetime.UTC)
CODES = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa")
SECTIONS = [
    SectionInfo(code, f"Mục {code}", f"Section {code}", "G1" if index < 5 else "G2", 1 + index % 3)
    for index, code in enumerate(CODES)
]
HEAD = "unit,section,state,note"


@pytest.fixture
def ten_sections(monkeypatch: pytest.MonkeyPatch) -> list[SectionInfo]:
    """The catalogue has these ten sections; a test may change the list."""
    sections = list(SECTIONS)
    monkeypatch.setattr("compliance.queries.sections.all_sections", lambda on=None: list(sections))
    return sections


def write(folder: Path, *lines: str, head: str = HEAD, encoding: str = "utf-8") -> str:
    """A file of marks."""
    path = folder / "marks.csv"
    path.write_bytes("\n".join([head, *lines, ""]).encode(encoding))
    return str(path)


def random_marks(
    units: Sequence[str], codes: Sequence[str] = CODES, seed: int = 5
) -> dict[str, dict[str, str]]:
    """States by unit and section: random, but the same every time; the first unit meets everything."""
    chance = random.Random(seed)
    marks = {unit: {code: chance.choices(STATES, (6, 2, 2, 1))[0] for code in codes} for unit in units}
    marks[units[0]] = dict.fromkeys(codes, "met")
    return marks


def make_review(
    code: str = "r1", units: Iterable[str] = ("dak-doa", "glar", "trang"), **fields: Any
) -> Review:
    """An open review of the first half of 2019."""
    review = open_review(code, Month(2019, 1), Month(2019, 6))
    for name, value in fields.items():
        setattr(review, name, value)
    review.save()
    add_units(review, [authority(unit) for unit in units])
    return review


def mark(review: Review, unit: str, **states: str) -> None:
    """The verifier's marks of one unit, by section."""
    pk = Authority.objects.get(code=unit).pk
    set_marks(
        review, {(pk, section): Change(state=state) for section, state in states.items()}, now=timezone.now()
    )


def the_mark(review: Review, unit: str, section: str) -> ReviewMark:
    found: ReviewMark = ReviewMark.objects.get(review=review, authority__code=unit, section=section)
    return found
