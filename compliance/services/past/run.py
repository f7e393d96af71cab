"""A file of the past, checked and written: all of it or nothing."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from compliance.models import ImportJob
from compliance.rules.past import COLUMNS, guess
from compliance.services.csv_files import ImportRefusedError
from compliance.services.likeness import note_imported
from compliance.services.past.articles import ArticleChecker
from compliance.services.past.check import Checker, Request
from compliance.services.past.pages import ArticleWriter
from compliance.services.past.payments import PaymentChecker, write_payments
from compliance.services.past.spool import CHANGED, PRESENT, Spool
from compliance.services.past.tables import open_table
from compliance.services.past.tallies import TallyChecker, write_tallies
from sitepages.pagecache.marks import renew_pages
from sitepages.text import fold, nfc

_CHECKERS: dict[str, type[Checker]] = {
    "articles": ArticleChecker,
    "tallies": TallyChecker,
    "payments": PaymentChecker,
}
Progress = Callable[[int], None]


def _silent(done: int) -> None:
    return None


@dataclass(frozen=True)
class Checked:
    """What a file holds: lines read, faults, rows new, there already, and there with other contents."""

    checker: Checker
    lines: int
    faults: int
    new: int
    present: int
    changed: int


@contextmanager
def checked(path: Path, request: Request, sheet: str = "", progress: Progress = _silent) -> Iterator[Checked]:
    """The file checked whole, its rows kept on disk until the end; ImportRefusedError for no table at all."""
    with Spool() as spool:
        table = open_table(path, request.kind, sheet)
        checker = _CHECKERS[request.kind](table, request, spool)
        lines = checker.run(progress)
        present, changed = spool.count(PRESENT), spool.count(CHANGED)
        yield Checked(checker, lines, spool.faults(), spool.new(), present, changed)


def write(found: Checked, job_of: Callable[[int], ImportJob], progress: Progress = _silent) -> int:
    """Write what is new, in the transaction of the caller; how many rows. ImportRefusedError with faults."""
    spool, checker = found.checker.spool, found.checker
    if found.faults:
        raise ImportRefusedError(list(faults_as_text(spool)))
    if checker.request.kind == ImportJob.Kind.ARTICLES:
        asked = checker.request
        writer = ArticleWriter(spool, checker.units, settled=asked.settled, now=asked.now, by=asked.asked_by)
        made = writer.run(job_of, progress)
        renew_pages()  # written past the models, which would have told
        return made
    if checker.request.kind == ImportJob.Kind.TALLIES:
        return write_tallies(spool, job_of, progress)
    return write_payments(spool, checker.units.people, job_of, progress)


def import_file(
    path: Path,
    request: Request,
    *,
    sheet: str = "",
    reading: Progress = _silent,
    writing: Progress = _silent,
) -> Checked:
    """Check a file and write it in one go, as one import a unit; for the console."""
    with checked(path, request, sheet, reading) as found:
        jobs: dict[int, ImportJob] = {}
        digest = file_digest(path)

        def job_of(unit: int) -> ImportJob:
            if unit not in jobs:
                jobs[unit] = ImportJob.objects.create(
                    authority_id=unit,
                    kind=request.kind,
                    state=ImportJob.State.DONE,
                    file_name=path.name[-255:],
                    digest=digest,
                    mapping=dict(request.mapping),
                    settled=request.settled,
                    lines=found.lines,
                    created_at=request.now,
                    finished_at=request.now,
                )
            jobs[unit].made += 1
            return jobs[unit]

        with transaction.atomic():
            write(found, job_of, writing)
            for job in jobs.values():
                job.save(update_fields=["made"])
            note_imported(jobs.values())
            for job in jobs.values():
                log(instance=job, action="compliance.import_past", data={"made": job.made})
    return found


def mapping_of(path: Path, kind: str, sheet: str = "", given: Any = None) -> dict[str, int]:
    """Which column is which: by the headings, and by what is given (field to heading), which must fit."""
    headings = open_table(path, kind, sheet).headings
    mapping = guess(kind, [fold(each) for each in headings])
    if given is None:
        return mapping
    if not isinstance(given, dict):
        raise ImportRefusedError([_("The mapping is no JSON object of columns.")])
    for name, text in given.items():
        if name not in COLUMNS[kind]:
            known = ", ".join(COLUMNS[kind])
            raise ImportRefusedError(
                [
                    _("Unknown name “%(name)s” in the mapping. Known: %(known)s.")
                    % {"name": name, "known": known}
                ]
            )
        if text in (None, ""):
            mapping.pop(name, None)
        elif headings.count(nfc(str(text))) == 1:
            mapping[name] = headings.index(nfc(str(text)))
        else:
            raise ImportRefusedError(
                [_("The file has no column “%(name)s”, or has it twice.") % {"name": text}]
            )
    return mapping


def file_digest(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def faults_as_text(spool: Spool, most: int = 1000) -> Iterator[str]:
    """Faults, one line each."""
    for number, (line, column, message) in enumerate(spool.told()):
        if number < most:
            yield fault_text(line, column, message)


def fault_text(line: int, column: str, message: str) -> str:
    """One fault with its place."""
    shown: dict[str, Any] = {"line": line, "column": column, "message": message}
    if column:
        return _("Line %(line)s, column %(column)s: %(message)s") % shown
    return _("Line %(line)s: %(message)s") % shown


def write_told(spool: Spool, path: Path) -> None:
    """All faults, then all notes, as a CSV file that a spreadsheet opens."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([_("Line of the file"), _("Column"), _("What to do")])
        for notes in (False, True):
            for line, column, message in spool.told(notes=notes):
                rows.writerow([line, _safe(column), _safe(message)])


def _safe(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
