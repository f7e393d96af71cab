"""The life of an uploaded file: checked, written and taken back by whoever comes first, once."""

from __future__ import annotations

import datetime
import fcntl
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from compliance.models import ImportJob
from compliance.services.csv_files import ImportRefusedError, shortened
from compliance.services.likeness import note_imported
from compliance.services.past.check import Request
from compliance.services.past.run import Checked, checked, file_digest, mapping_of, write, write_told
from compliance.services.past.undo import UndoError, check_take_back, take_back
from sitepages.models import Authority

State = ImportJob.State
#: The largest file taken, and the one that is worked on while its sender waits.
MOST_BYTES, SMALL_BYTES = 300 * 1024 * 1024, 300 * 1024


def folder_of(job: ImportJob) -> Path:
    """Where a job keeps its file and what was told about it: never served."""
    return Path(settings.PORTAL_IMPORTS) / str(job.pk)


def file_of(job: ImportJob) -> Path:
    """The uploaded file."""
    return folder_of(job) / "upload"


def told_of(job: ImportJob) -> Path:
    """All faults and notes, as CSV."""
    return folder_of(job) / "told.csv"


def create_job(
    upload: UploadedFile, *, kind: str, authority: Authority, settled: bool, user: Any, now: datetime.datetime
) -> ImportJob:
    """Keep an uploaded file and guess its columns; ImportRefusedError when it is no table."""
    name = Path(str(upload.name or "")).name[-255:] or "-"
    with transaction.atomic():
        job = ImportJob.objects.create(
            kind=kind, authority=authority, settled=settled, file_name=name, asked_by=user, created_at=now
        )
        folder = folder_of(job)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, mode=0o700)
        try:
            with file_of(job).open("wb") as file:
                for chunk in upload.chunks():
                    file.write(chunk)
            job.mapping = mapping_of(file_of(job), kind)
        except ImportRefusedError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        job.digest = file_digest(file_of(job))
        job.save()
    return job


def ask(job: ImportJob, state: str, *, user: Any) -> None:
    """Have a job checked, written or taken back; ImportRefusedError when it cannot be."""
    allowed = {
        State.CHECKING: (State.UPLOADED, State.CHECKED),
        State.WRITING: (State.CHECKED,),
        State.UNDOING: (State.DONE,),
    }[State(state)]
    with transaction.atomic():
        row = ImportJob.objects.select_for_update().get(pk=job.pk)
        if row.state not in allowed or (state == State.WRITING and not row.may_write):
            raise ImportRefusedError(
                [
                    _("The import is “%(state)s”; this step is not possible now.")
                    % {"state": row.get_state_display()}
                ]
            )
        row.state, row.message, row.asked_by = state, "", user
        row.save(update_fields=["state", "message", "asked_by"])
    job.refresh_from_db()


def is_small(job: ImportJob) -> bool:
    """Whether the sender need not be sent away to wait."""
    if job.state == State.UNDOING:
        return job.made <= 500
    return file_of(job).exists() and file_of(job).stat().st_size <= SMALL_BYTES


def run_jobs(progress: Callable[[int], None] = lambda done: None) -> int:
    """Do what is asked of every job that nobody works on; how many."""
    done = 0
    for job in ImportJob.objects.filter(state__in=ImportJob.ASKED).order_by("pk"):
        done += run_job(job, progress)
    return done


def run_job(job: ImportJob, progress: Callable[[int], None] = lambda done: None) -> bool:
    """Do what is asked of a job; False when another works on it. A worker that was killed holds nothing."""
    with _alone(job) as mine:
        if not mine:
            return False
        job.refresh_from_db()
        try:
            if job.state == State.CHECKING:
                _check(job, progress)
            elif job.state == State.WRITING:
                _write(job, progress)
            elif job.state == State.UNDOING:
                _undo(job)
        except (ImportRefusedError, UndoError) as refused:
            job.refresh_from_db()
            back = State.DONE if job.state == State.UNDOING else State.UPLOADED
            _close(job, back, message=shortened(" ".join(getattr(refused, "problems", [str(refused)])[:3])))
    return True


def rows_done(job: ImportJob) -> int:
    """How far the work on a job has come."""
    try:
        return int(json.loads((folder_of(job) / "progress").read_text())["done"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def _check(job: ImportJob, progress: Callable[[int], None]) -> None:
    with _read(job, progress) as found:
        _note(job, found)
        _close(job, State.CHECKED)


def _write(job: ImportJob, progress: Callable[[int], None]) -> None:
    with _read(job, progress) as found:
        _note(job, found)
        if found.faults:  # something changed since the check
            _close(job, State.CHECKED)
            return
        with transaction.atomic():
            row = ImportJob.objects.select_for_update().get(pk=job.pk)
            if row.state != State.WRITING:
                return
            job.made = write(found, lambda unit: job, _telling(job, progress))
            note_imported([job])
            _close(job, State.DONE)
            log(instance=job, action="compliance.import_past", user=job.asked_by, data={"made": job.made})
    file_of(job).unlink(missing_ok=True)  # names and payments are not kept twice


def cannot_take_back(job: ImportJob) -> str:
    """Why an import cannot be taken back any more; nothing when it can."""
    try:
        check_take_back(job)
    except UndoError as refused:
        return str(refused)
    return ""


def _undo(job: ImportJob) -> None:
    with transaction.atomic():
        take_back(job)
        _close(job, State.TAKEN_BACK)
        log(instance=job, action="compliance.undo_past", user=job.asked_by, data={"made": job.made})


@contextmanager
def _read(job: ImportJob, progress: Callable[[int], None]) -> Iterator[Checked]:
    request = Request(
        job.kind,
        job.mapping,
        job.authority,
        timezone.now(),
        job.settled,
        asked_by=job.asked_by,
        allowed={job.authority_id},
    )
    if not file_of(job).exists():
        raise ImportRefusedError([_("The uploaded file is no longer there. Upload it again.")])
    with checked(file_of(job), request, job.sheet, _telling(job, progress)) as found:
        yield found


def _note(job: ImportJob, found: Checked) -> None:
    job.lines, job.faults = found.lines, found.faults
    job.made, job.present, job.changed = found.new, found.present, found.changed
    write_told(found.checker.spool, told_of(job))


def _close(job: ImportJob, state: str, message: str = "") -> None:
    job.state, job.message, job.finished_at = state, message, timezone.now()
    job.save()


def _telling(job: ImportJob, progress: Callable[[int], None]) -> Callable[[int], None]:
    """Tell how far it is in a file: what a transaction writes nobody sees before its end."""

    def tell(done: int) -> None:
        (folder_of(job) / "progress").write_text(json.dumps({"done": done}))
        progress(done)

    return tell


@contextmanager
def _alone(job: ImportJob) -> Iterator[bool]:
    """Whether nobody else works on the job; the lock ends with the process that holds it."""
    folder_of(job).mkdir(parents=True, mode=0o700, exist_ok=True)
    with (folder_of(job) / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
