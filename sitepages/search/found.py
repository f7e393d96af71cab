"""Asks the database's text index: the same rows in the same order on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from sitepages.migrations._search_index import FTS, TABLE
from sitepages.search.asked import Asked
from sitepages.search.entries import language_mark, place_of
from sitepages.search.words import day_mark, month_mark

#: As many results are looked at; who needs more must say more.
MOST = 1000
MOST_NUMBERS = 50
NUMBER, SECTION, TITLE_PHRASE, TITLE, TEXT_PHRASE, TEXT = range(6)
MOST_SECTIONS = 20
#: Months, then years that time is gone through in (see the index); a beginning of a word is asked but twice.
_WORDS, _BEGINNING = (24, 10_000), (1, 0)
_COLUMNS = "place, page_id, authority_id, kind, section, year, title_words"
_LAST_PAGE = (1 << 40) - 1


@dataclass(frozen=True)
class Narrowing:
    """Where to look: units (none given means everywhere), the one whose own sections come first, and one
    language other than the portal's own."""

    authorities: tuple[int, ...] = ()
    section: str = ""
    kind: str = ""
    year: int | None = None
    home: int | None = None
    language: str = ""

    @property
    def span(self) -> tuple[int, int]:
        """The lowest and the highest place."""
        if self.year is None:
            return 0, (1 << 62)
        first, last = datetime.date(self.year, 1, 1), datetime.date(self.year, 12, 31)
        return place_of(first, 0), place_of(last, _LAST_PAGE)


@dataclass(frozen=True)
class Hit:
    """An entry that was found; ``rank`` is the class it was found by, the best first."""

    rank: int
    place: int
    page: int
    authority: int
    kind: str
    section: str
    year: int


@dataclass(frozen=True)
class Found:
    """What was found, in order; ``more`` when there is more than was looked at."""

    hits: tuple[Hit, ...] = ()
    more: bool = False


EVERYWHERE = Narrowing()


def find(asked: Asked, where: Narrowing = EVERYWHERE) -> Found:
    """Entries for a query: by number, a section at home, all words as a phrase of the title, all words of the
    title, all as a phrase of the text, all words of the text.

    One query. Within each class the newest come first. At most ``MOST`` of a class are read; a phrase is
    looked for among the newest ``MOST`` entries that hold its words.
    """
    if not asked:
        return Found()
    dates = [*map(day_mark, asked.days), *(month_mark(*each) for each in asked.months)]
    phrases = [f" {' '.join(each)} " for each in asked.phrases]
    whole = f" {' '.join(asked.sequence)} "
    near = whole if len(asked.sequence) > 1 else ""
    parts = [_Part(TEXT, [*asked.words, *dates], "", MOST + 1, _WORDS, phrases, near)]
    titled = [*(f"_t{word}" for word in asked.words), *dates]
    if where.home is not None and asked.words:
        own = [*titled, f"_a{where.home}", "_ksection"]
        parts.append(_Part(SECTION, own, "", MOST_SECTIONS, _BEGINNING, phrases))
    if asked.words:
        parts.append(
            _Part(TITLE, [*(f"_t{word}" for word in asked.words), *dates], "", MOST, _WORDS, phrases)
        )
    if asked.number:
        parts.append(_Part(NUMBER, [], asked.number, MOST_NUMBERS, _BEGINNING, []))
    best: dict[int, Hit] = {}
    looked_at = 0
    for rank, place, page, authority, kind, section, year, title, fits, near in _rows(parts, where):
        looked_at += rank == TEXT
        if not fits:
            continue
        if rank == TITLE and whole in title:
            rank = TITLE_PHRASE
        elif rank == TEXT and near:
            rank = TEXT_PHRASE
        if page not in best or rank < best[page].rank:
            best[page] = Hit(rank, place, page, authority, kind, section, year)
    hits = sorted(best.values(), key=lambda hit: (hit.rank, -hit.place))
    return Found(tuple(hits[:MOST]), looked_at > MOST or len(hits) > MOST)


def pages_beginning(words: Sequence[str], where: Narrowing, most: int) -> list[int]:
    """Pages whose title holds the words, the last one perhaps only begun; newest first. One query."""
    if not words:
        return []
    marks = [f"_t{word}" for word in words]
    rows = _rows([_Part(TITLE, marks[:-1], marks[-1], most, _BEGINNING, [])], where)
    return [row[2] for row in rows]


def pages_with_file(document: int) -> list[int]:
    """Public pages that offer a file."""
    rows = _rows([_Part(TEXT, [f"_f{document}"], "", 100_000, (0, 0), [])], EVERYWHERE)
    return [row[2] for row in rows]


@dataclass(frozen=True)
class _Part:
    """One class of a search: words and marks to hold, a beginning to hold, phrases to look up, one that is
    better to hold."""

    rank: int
    words: list[str]
    beginning: str
    most: int
    steps: tuple[int, int]
    phrases: list[str]
    near: str = ""


def _rows(parts: Iterable[_Part], where: Narrowing) -> list[Any]:
    one = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    statements, params = [], []
    for part in parts:
        statement, values = one(part, where)
        statements.append(statement)
        params += values
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), params)
        rows: list[Any] = cursor.fetchall()
    return rows


def _on_postgresql(part: _Part, where: Narrowing) -> tuple[str, list[Any]]:
    asked = [f"'{word}'" for word in part.words] + ([f"'{part.beginning}':*"] if part.beginning else [])
    asked += [f"({' | '.join(each)})" for each in _filters(where, "'{}'")]
    fits = " AND ".join(["strpos(e.words, %s) > 0" for _phrase in part.phrases]) or "true"
    near = "strpos(e.words, %s) > 0" if part.near else "false"
    entry = f"JOIN {TABLE} e ON e.place = f.place" if part.phrases or part.near else ""
    columns = ", ".join(f"f.{name}" for name in _COLUMNS.split(", "))
    return (
        f"SELECT {part.rank} AS rank, {columns}, {fits} AS fits, {near} AS near"  # noqa: S608 - own names
        f" FROM sitepages_search(%s::tsquery, %s, %s, %s, %s, %s) AS f {entry}",
        [*_texts(part), " & ".join(asked), *where.span, part.most, *part.steps],
    )


def _on_sqlite(part: _Part, where: Narrowing) -> tuple[str, list[Any]]:
    asked = [f'"{word}"' for word in part.words] + ([f'"{part.beginning}" *'] if part.beginning else [])
    asked += [f"({' OR '.join(each)})" for each in _filters(where, '"{}"')]
    fits = " AND ".join(["instr(e.words, %s) > 0" for _phrase in part.phrases]) or "1"
    near = "instr(e.words, %s) > 0" if part.near else "0"
    columns = ", ".join(f"e.{name}" for name in _COLUMNS.split(", "))
    return (
        f"SELECT * FROM (SELECT {part.rank} AS rank, {columns}, {fits} AS fits, {near} AS near"  # noqa: S608 - own names
        f" FROM {FTS} w JOIN {TABLE} e ON e.place = w.rowid"
        f" WHERE {FTS} MATCH %s AND w.rowid BETWEEN %s AND %s ORDER BY w.rowid DESC LIMIT %s)",
        [*_texts(part), " AND ".join(asked), *where.span, part.most],
    )


def _texts(part: _Part) -> list[str]:
    return [*part.phrases, part.near] if part.near else part.phrases


def _filters(where: Narrowing, form: str) -> list[list[str]]:
    groups = [
        [f"_a{number}" for number in where.authorities],
        [f"_s{where.section}"] if where.section else [],
        [f"_k{where.kind}"] if where.kind else [],
        [language_mark(where.language)] if where.language else [],
        [f"_y{where.year:04}"] if where.year is not None else [],
    ]
    return [[form.format(mark) for mark in group] for group in groups if group]
