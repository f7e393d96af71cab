"""A question arrives: its clock begins, its receipt is made, whoever asked is written to."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from wagtail.log_actions import log

from compliance.catalogue.questions import load_handling
from compliance.models import OutgoingMail, Question, QuestionStep
from compliance.queries.questions import time_allowed
from compliance.queries.rulebook import current_rulebook
from compliance.queries.staff import one_line
from compliance.rules.question_codes import make_code
from compliance.rules.questions import day_counted_from, run_clock
from compliance.services.question_contact import address_of, keep_file, sealed_contact
from compliance.services.question_files import Upload
from compliance.services.remind import Letter
from compliance.services.sealing import SealError
from sitepages.models import Authority
from sitepages.text import fold, nfc

Writer = Callable[[Question], Letter]


class SameTextError(Exception):
    """The same text came lately; `day` says when."""

    def __init__(self, day: datetime.date) -> None:
        super().__init__(str(day))
        self.day = day


def receive_question(
    authority: Authority,
    values: Mapping[str, Any],
    files: Iterable[Upload] = (),
    *,
    stamp: str,
    notice: str,
    now: datetime.datetime,
    write: Writer | None = None,
) -> Question:
    """Keep a question and begin its clock; the one kept before when the same form is sent twice.

    The same form with another text, or at another unit, is another question: nothing is thrown away unseen.
    `values`: subject, topic, text, name, email, phone, may_publish, show_name. SameTextError.
    """
    said = f"{stamp}|{authority.pk}|{_digest(str(values['text']))}"
    stamp = hashlib.sha256(said.encode()).hexdigest()
    before = Question.objects.filter(stamp=stamp).first()
    if before is not None:
        return before
    try:
        with transaction.atomic():
            return _receive(authority, values, files, stamp=stamp, notice=notice, now=now, write=write)
    except IntegrityError:  # the same form, sent twice at the same moment
        return Question.objects.get(stamp=stamp)


def _receive(
    authority: Authority,
    values: Mapping[str, Any],
    files: Iterable[Upload],
    *,
    stamp: str,
    notice: str,
    now: datetime.datetime,
    write: Writer | None,
) -> Question:
    handling = load_handling()
    digest = _digest(str(values["text"]))
    lately = now - datetime.timedelta(days=handling.form.duplicate_days)
    same = Question.objects.filter(authority=authority, text_digest=digest, received_at__gte=lately).first()
    if same is not None:
        raise SameTextError(timezone.localdate(same.received_at))
    book = current_rulebook()
    local = timezone.localtime(now)
    closes = handling.on(handling.hours, local.date()).closes
    begins, moved = day_counted_from(local, closes, book.calendar)
    allowed = time_allowed(authority.tier.code, begins, book)
    clock = run_clock(local.date(), begins, allowed.term, book.calendar, moved=moved)
    question = Question.objects.create(
        authority=authority,
        code=make_code(secrets.choice),
        stamp=stamp,
        text_digest=digest,
        subject=values["subject"],
        topic=one_line(nfc(values["topic"])),
        text=nfc(values["text"]),
        may_publish=values["may_publish"],
        show_name=values["show_name"] and values["may_publish"],
        sealed=sealed_contact(values),
        notice=notice,
        received_at=now,
        counts_from=begins,
        moved=moved,
        term_days=allowed.term.days,
        term_unit=allowed.term.unit,
        term_basis=", ".join(filter(None, (allowed.basis.document, allowed.basis.article)))[:400],
        term_status=allowed.basis.status.value,
        due=clock.due,
    )
    for file in files:
        keep_file(question, file.name, file.kind, file.content, file.digest)
    QuestionStep.objects.create(
        question=question, kind=QuestionStep.Kind.RECEIVED, at=now, by=None, source=authority
    )
    log(instance=question, action="compliance.receive_question", user=None)
    if write is not None:
        mail_asker(question, write, now=now)
    return question


def mail_asker(question: Question, write: Writer, *, now: datetime.datetime) -> OutgoingMail | None:
    """Put a letter to whoever asked into the outbox, without the address; None when no e-mail was given."""
    try:
        reachable = bool(address_of(question))
    except SealError:
        reachable = True  # the outbox tells that the address cannot be read
    if not reachable:
        return None
    letter = write(question)
    return OutgoingMail.objects.create(
        authority_id=question.authority_id,
        question=question,
        name="",
        address="",
        subject=one_line(letter.subject)[:300],
        text=letter.text,
        html=letter.html,
        created_at=now,
        next_try_at=now,
    )


def _digest(text: str) -> str:
    """The same for texts that differ in marks, case and spaces alone; without the key it says nothing."""
    words = " ".join(fold(text).split())
    return salted_hmac("compliance.desk.text", words, algorithm="sha256").hexdigest()
