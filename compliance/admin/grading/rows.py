"""A row of the grading list: as it is shown, and as it comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from compliance.admin.grading.words import by_whom, genre_options, hint_text, state_of
from compliance.queries.grade_list import GradeList, GradeRow
from compliance.rules.fees import Modifier
from compliance.services.grading import Proposal, signature
from compliance.services.rate_faults import percent_range, plain
from sitepages.models import ArticlePage

#: A row shows the percentages it has and one free place; a form with more is not ours.
MOST_PERCENTS = 10


@dataclass
class Shown:
    """What the template needs of one row."""

    row: GradeRow
    genre: str
    grade: str
    coefficient: str
    percents: list[tuple[str, str]]
    note: str
    seen: str
    fault: str = ""
    state: str = ""
    state_name: str = ""
    people: str = ""
    hints: list[str] = field(default_factory=list)
    genres: Any = ()
    grades: list[Any] = field(default_factory=list)
    modifiers: list[Modifier] = field(default_factory=list)

    @property
    def article(self) -> ArticlePage:
        return self.row.article


def shown_row(
    row: GradeRow, listed: GradeList, titles: Mapping[int, str], posted: QueryDict | None, fault: str
) -> Shown:
    """A row with what was typed, when a fault sends it back, else with what is kept."""
    article, grade = row.article, row.grade
    percents = [(str(code), plain_text(percent)) for code, percent in grade.modifiers] if grade else []
    shown = Shown(
        row,
        article.genre,
        grade.grade if grade else "",
        plain(grade.coefficient) if grade else "",
        percents,
        grade.note if grade else "",
        signature(article.genre, grade),
        fault,
    )
    shown.state, shown.state_name = state_of(row)
    shown.people = by_whom(grade)
    shown.hints = [hint_text(hint, titles) for hint in row.hints]
    if posted is not None and fault and f"grade-{article.pk}" in posted:
        typed = read_row(posted, article)
        shown.genre = typed.genre or article.genre
        shown.grade, shown.coefficient = typed.grade, typed.coefficient
        shown.percents = list(typed.modifiers)
        shown.note = shown.note if typed.note is None else typed.note
    shown.genres = genre_options(shown.genre)
    shown.grades = listed.book.grades(article.genre, row.on)
    shown.modifiers = list(listed.book.modifiers(row.on).values())
    if shown.modifiers and not row.paid:
        shown.percents.append(("", ""))
    return shown


def read_row(posted: QueryDict, article: ArticlePage) -> Proposal:
    """What was typed in a row. What the form does not hold stays as it is."""
    key = article.pk
    present = getattr(article, "royalty_grade", None)
    coefficient = posted.get(f"grade-{key}", "")
    grade = posted.get(f"level-{key}", present.grade if present else "")
    if f"percents-{key}" in posted:
        pairs = zip(posted.getlist(f"mod-{key}"), posted.getlist(f"percent-{key}"), strict=False)
        modifiers = tuple((code, told) for code, told in list(pairs)[:MOST_PERCENTS] if code)
    else:
        modifiers = tuple((str(code), str(told)) for code, told in present.modifiers) if present else ()
    if not coefficient.strip() and f"level-{key}" not in posted:
        grade, modifiers = "", ()  # a list without grades: an empty coefficient takes the grade away
    if present and grade and grade != present.grade and coefficient == plain(present.coefficient):
        coefficient = ""  # another grade was chosen and its coefficient left to it
    return Proposal(
        coefficient, grade, modifiers, posted.get(f"note-{key}"), posted.get(f"genre-{key}") or None
    )


def plain_text(percent: Any) -> str:
    return str(percent).replace(".", ",")


def legend(shown: list[Shown]) -> list[tuple[str, str, str]]:
    """The percentages that may be used on the list: name, range, basis."""
    found = {each.code: each for row in shown for each in row.modifiers}
    return [(each.name, percent_range(each), each.basis) for each in found.values()]
