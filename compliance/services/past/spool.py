"""Checked rows on their way to the database, kept on disk: memory does not grow with them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

NEW, PRESENT, CHANGED = 0, 1, 2


@dataclass(frozen=True)
class Spooled:
    """A row without fault: of which unit, by what it is known again, and what it says."""

    line: int
    unit: int
    key: str
    reference: str
    digest: str
    data: dict[str, Any]


class Spool(AbstractContextManager["Spool"]):
    """Rows, faults and notes of one file, in a database of their own that is thrown away."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="import-")
        self._db = sqlite3.connect(Path(self._folder.name) / "rows.sqlite3", isolation_level=None)
        self._db.executescript(
            """
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000;
            CREATE TABLE row (line INTEGER, unit INTEGER, key TEXT, reference TEXT, digest TEXT, data TEXT,
                state INTEGER DEFAULT 0, UNIQUE (unit, key));
            CREATE UNIQUE INDEX by_reference ON row (unit, reference) WHERE reference <> '';
            CREATE TABLE told (line INTEGER, field TEXT, message TEXT, note INTEGER);
            CREATE TABLE slug (unit INTEGER, slug TEXT, PRIMARY KEY (unit, slug)) WITHOUT ROWID;
            """
        )

    def __exit__(self, *error: object) -> None:
        self._db.close()
        self._folder.cleanup()

    def add(self, row: Spooled) -> int | None:
        """Keep a row; the line of one that says the same already, which then stays the only one."""
        made = self._db.execute(
            "INSERT INTO row (line, unit, key, reference, digest, data) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (
                row.line,
                row.unit,
                row.key,
                row.reference,
                row.digest,
                json.dumps(row.data, ensure_ascii=False),
            ),
        )
        if made.rowcount:
            return None
        other = self._db.execute(
            "SELECT line FROM row WHERE unit = ? AND (key = ? OR (reference <> '' AND reference = ?))",
            (row.unit, row.key, row.reference),
        ).fetchone()
        return int(other[0])

    def tell(self, line: int, field: str, message: str, *, note: bool = False) -> None:
        """A fault of a line, or a note about it."""
        self._db.execute("INSERT INTO told VALUES (?, ?, ?, ?)", (line, field, message, note))

    def told(self, *, notes: bool = False) -> Iterator[tuple[int, str, str]]:
        """The faults (or notes) by line."""
        yield from self._db.execute(
            "SELECT line, field, message FROM told WHERE note = ? ORDER BY line, rowid", (notes,)
        )

    def set_state(self, lines: list[int], state: int) -> None:
        """Rows that are there already, or differ from what is there."""
        self._db.executemany("UPDATE row SET state = ? WHERE rowid = ?", ((state, each) for each in lines))

    def new(self) -> int:
        """How many rows would be added: those without fault that are not there yet."""
        statement = (
            "SELECT count(*) FROM row WHERE state = ? AND line NOT IN (SELECT line FROM told WHERE NOT note)"
        )
        return int(self._db.execute(statement, (NEW,)).fetchone()[0])

    def count(self, state: int | None = None) -> int:
        """How many rows, of one state or all."""
        statement = "SELECT count(*) FROM row WHERE ?1 IS NULL OR state = ?1"
        return int(self._db.execute(statement, (state,)).fetchone()[0])

    def faults(self, *, notes: bool = False) -> int:
        """How many faults or notes."""
        return int(self._db.execute("SELECT count(*) FROM told WHERE note = ?", (notes,)).fetchone()[0])

    def batches(self, size: int, state: int | None = None) -> Iterator[list[tuple[int, Spooled]]]:
        """The rows in the file's order, each with its number here."""
        last = 0
        while True:
            found = self._db.execute(
                "SELECT rowid, line, unit, key, reference, digest, data FROM row"
                " WHERE rowid > ?1 AND (?2 IS NULL OR state = ?2) ORDER BY rowid LIMIT ?3",
                (last, state, size),
            ).fetchall()
            if not found:
                return
            yield [
                (number, Spooled(line, unit, key, reference, digest, json.loads(data)))
                for number, line, unit, key, reference, digest, data in found
            ]
            last = found[-1][0]

    def take_slug(self, unit: int, slug: str) -> bool:
        """Whether the slug was free among this file's, and is now taken."""
        made = self._db.execute("INSERT INTO slug VALUES (?, ?) ON CONFLICT DO NOTHING", (unit, slug))
        return bool(made.rowcount)
