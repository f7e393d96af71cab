"""Who asked: kept sealed, opened on request with a record of it, erased on schedule."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.log_actions import log

from compliance.catalogue.questions import load_handling
from compliance.models import Question, QuestionFile, QuestionRating, QuestionReading, QuestionStep
from compliance.rules.redaction import Known
from compliance.services.sealing import reseal, reseal_bytes, seal, seal_bytes, unseal, unseal_bytes
from sitepages.text import nfc

FIELDS = ("name", "email", "phone")
_BATCH = 200
Kind = QuestionStep.Kind


def sealed_contact(values: Mapping[str, str]) -> str:
    """The contact data as one sealed text."""
    return seal({name: nfc(values.get(name, "")).strip() for name in FIELDS})


def known_of(question: Question) -> Known:
    """What is known of the asker, for a machine to look for it; SealError. Not to be shown."""
    values = unseal(question.sealed)
    return Known(**{name: values.get(name, "") for name in FIELDS})


def address_of(question: Question) -> str:
    """The e-mail address to write to, "" when there is none; SealError."""
    return known_of(question).email


@transaction.atomic
def read_contact(question: Question, *, user: Any, now: datetime.datetime) -> dict[str, str]:
    """The contact data in clear; who reads it is recorded first. SealError."""
    QuestionReading.objects.create(
        question=question, user=user, occasion=QuestionReading.Occasion.CONTACT, read_at=now
    )
    values = unseal(question.sealed)
    return {name: values.get(name, "") for name in FIELDS}


def keep_file(question: Question, name: str, kind: str, content: bytes, digest: str) -> QuestionFile:
    """A file of a question, sealed, in the folder that nothing serves."""
    place = f"{secrets.token_hex(16)}.sealed"
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / place
    path.write_bytes(seal_bytes(content))
    path.chmod(0o600)
    return QuestionFile.objects.create(
        question=question, name=nfc(name)[:200], kind=kind, size=len(content), digest=digest, place=place
    )


@transaction.atomic
def read_file(file: QuestionFile, *, user: Any, now: datetime.datetime) -> bytes | None:
    """A file in clear, recorded first; None when it is gone from the folder. SealError."""
    QuestionReading.objects.create(
        question=file.question, user=user, occasion=QuestionReading.Occasion.FILE, read_at=now
    )
    path = _folder() / file.place
    return unseal_bytes(path.read_bytes()) if path.is_file() else None


@transaction.atomic
def erase_contact(question: Question, *, user: Any, now: datetime.datetime, note: str = "") -> None:
    """Erase who asked, the files, and the comment of the rating; counts and the answer stay."""
    row = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if row.contact_forgotten_at is not None:
        return
    places = list(row.files.values_list("place", flat=True))
    row.files.all().delete()
    QuestionRating.objects.filter(question=row).update(comment="")
    row.sealed, row.contact_forgotten_at = "", now
    row.save(update_fields=["sealed", "contact_forgotten_at"])
    _step(row, Kind.CONTACT_ERASED, user, now, note)
    log(instance=row, action="compliance.erase_contact", user=user)
    transaction.on_commit(lambda: _remove(places))
    question.sealed, question.contact_forgotten_at = "", now


@transaction.atomic
def erase_text(question: Question, *, user: Any, now: datetime.datetime, note: str = "") -> None:
    """Erase everything that was said as well; what was published stays public, what counts stays counted."""
    erase_contact(question, user=user, now=now, note=note)
    row = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if row.forgotten_at is not None:
        return
    row.steps.update(note="")
    row.topic = row.public_topic if row.page_id else ""
    row.text, row.text_digest, row.refusal_note, row.redaction_reason = "", "", "", ""
    if not row.page_id:
        row.public_topic = row.public_text = row.answer = ""
    row.forgotten_at = now
    row.save()
    _step(row, Kind.ERASED, user, now, "")
    log(instance=row, action="compliance.erase_question", user=user)


def forget_due(now: datetime.datetime, *, dry_run: bool = False) -> tuple[int, int]:
    """Erase what has been kept long enough; how many contacts, how many texts."""
    handling = load_handling()
    closed = Question.objects.filter(closed_at__isnull=False)
    counts = []
    for field, erase in (("contact_forgotten_at", erase_contact), ("forgotten_at", erase_text)):
        done = 0
        rows = closed.filter(**{f"{field}__isnull": True}).order_by("pk")
        for question in rows.iterator(chunk_size=_BATCH):
            rule = handling.on(handling.retentions, question.counts_from)
            kept = datetime.timedelta(days=rule.contact if erase is erase_contact else rule.text)
            if question.closed_at is None or question.closed_at + kept > now:
                continue
            done += 1
            if not dry_run:
                erase(question, user=None, now=now)
        counts.append(done)
    return counts[0], counts[1]


@transaction.atomic
def reseal_questions() -> int:
    """Seal all contact data and files with the newest key; how many questions. SealError."""
    rows = list(Question.objects.select_for_update(of=("self",)).exclude(sealed=""))
    for question in rows:
        question.sealed = reseal(question.sealed)
        question.save(update_fields=["sealed"])
    for place in QuestionFile.objects.values_list("place", flat=True):
        path = _folder() / place
        if path.is_file():
            renewed = path.with_suffix(".new")
            renewed.write_bytes(reseal_bytes(path.read_bytes()))
            renewed.chmod(0o600)
            renewed.replace(path)
    return len(rows)


def _step(question: Question, kind: QuestionStep.Kind, user: Any, now: datetime.datetime, note: str) -> None:
    QuestionStep.objects.create(
        question=question, kind=kind, at=now, by=user, source_id=question.authority_id, note=nfc(note)[:2000]
    )


def _folder() -> Path:
    return Path(settings.PORTAL_QUESTIONS)


def _remove(places: list[str]) -> None:
    for place in places:
        (_folder() / place).unlink(missing_ok=True)
