"""The steps of a question: each in one transaction, written down and logged."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from compliance.models import Question, QuestionPause, QuestionStep
from compliance.queries.questions import clock_of, transfer_targets
from compliance.queries.rulebook import current_rulebook
from compliance.rules.questions import days_taken
from compliance.services.question_intake import Writer, mail_asker
from sitepages.models import Authority, Office
from sitepages.text import nfc

State, Kind = Question.State, QuestionStep.Kind


class StepError(ValueError):
    """The step cannot be taken; the message says why and what to do."""


@transaction.atomic
def assign(
    question: Question, office: Office, *, officer: Any, note: str, user: Any, now: datetime.datetime
) -> Question:
    """Give the question to the competent office (and to one of its people)."""
    row = locked(question, *Question.OPEN)
    if office.authority_id != row.authority_id:
        raise StepError(_("The office belongs to another body. Transfer the question there instead."))
    row.office, row.officer = office, officer
    if row.state == State.RECEIVED:
        row.state = State.ASSIGNED
    row.save()
    return taken(row, Kind.ASSIGNED, user, now, note, office=office)


@transaction.atomic
def transfer(
    question: Question, target: Authority, *, reason: str, user: Any, now: datetime.datetime
) -> Question:
    """Hand the question to another body of the same tree; its clock runs on, a draft stays behind."""
    row = locked(question, *Question.OPEN)
    _reason(reason)
    if not transfer_targets(row.authority, timezone.localdate(now)).filter(pk=target.pk).exists():
        raise StepError(_("A question can only go to a body of the same tree that has a portal."))
    source = row.authority
    _end_pause(row, now)
    row.authority, row.office, row.officer, row.drafted_by = target, None, None, None
    row.public_topic = row.public_text = row.answer = row.redaction_reason = ""
    row.state = State.RECEIVED
    row.due = _due(row, now)
    row.save()
    QuestionStep.objects.create(
        question=row,
        kind=Kind.TRANSFERRED,
        at=now,
        by=user,
        source=source,
        target=target,
        note=_clean(reason),
    )
    log(instance=row, action="compliance.transfer_question", user=user, data={"to": target.code})
    return row


@transaction.atomic
def pause(
    question: Question, *, reason: str, user: Any, now: datetime.datetime, write: Writer | None = None
) -> Question:
    """Ask for more information; whether that stops the clock is the rule's to say."""
    row = locked(question, State.RECEIVED, State.ASSIGNED)
    _reason(reason)
    QuestionPause.objects.create(question=row, first=timezone.localdate(now))
    row.state = State.PAUSED
    row.due = _due(row, now)
    row.save()
    row = taken(row, Kind.PAUSED, user, now, reason)
    if write is not None:
        mail_asker(row, write, now=now)
    return row


@transaction.atomic
def resume(question: Question, *, note: str, user: Any, now: datetime.datetime) -> Question:
    """The information came: go on."""
    row = locked(question, State.PAUSED)
    _end_pause(row, now)
    row.state = State.ASSIGNED if row.office_id else State.RECEIVED
    row.due = _due(row, now)
    row.save()
    return taken(row, Kind.RESUMED, user, now, note)


@transaction.atomic
def refuse(
    question: Question,
    refusal: str,
    *,
    note: str,
    user: Any,
    now: datetime.datetime,
    write: Writer | None = None,
) -> Question:
    """Do not handle the question here, and tell why and where to turn to."""
    row = locked(question, State.RECEIVED, State.ASSIGNED, State.PAUSED)
    if refusal not in Question.Refusal.values:
        raise StepError(_("Choose a reason."))
    if not _clean(note) and refusal != Question.Refusal.ABUSE:
        raise StepError(_("Say where the asker can turn to, or what is missing."))
    row.refusal, row.refusal_note = refusal, _clean(note)
    return close(row, State.REFUSED, Kind.REFUSED, user, now, note, write)


@transaction.atomic
def merge(
    question: Question, into: Question, *, user: Any, now: datetime.datetime, write: Writer | None = None
) -> Question:
    """Handle a question together with an earlier one of the same body."""
    row = locked(question, State.RECEIVED, State.ASSIGNED, State.PAUSED)
    into = Question.objects.select_for_update(of=("self",)).get(pk=into.pk)
    if into.pk == row.pk or into.authority_id != row.authority_id:
        raise StepError(_("Give the code of another question of your own unit."))
    if into.state in (State.MERGED, State.REFUSED):
        raise StepError(_("That question is not handled itself. Give the code of one that is."))
    if not into.may_publish and row.may_publish:
        raise StepError(_("That question is answered to its asker alone; this one may be published."))
    row.merged_into = into
    return close(row, State.MERGED, Kind.MERGED, user, now, "", write)


def locked(question: Question, *states: str) -> Question:
    """The question alone in this transaction; StepError when it is in none of the states."""
    row = Question.objects.select_for_update(of=("self",)).select_related("authority").get(pk=question.pk)
    if row.state not in states:
        raise StepError(
            _("The question is “%(state)s” by now. Read it again before you go on.")
            % {"state": row.get_state_display()}
        )
    return row


def taken(
    row: Question,
    kind: QuestionStep.Kind,
    user: Any,
    now: datetime.datetime,
    note: str = "",
    *,
    office: Office | None = None,
) -> Question:
    """Write the step down, and log it without its words."""
    QuestionStep.objects.create(
        question=row, kind=kind, at=now, by=user, source=row.authority, note=_clean(note), office=office
    )
    log(instance=row, action=f"compliance.question_{kind.value}", user=user)
    return row


def close(
    row: Question,
    state: Question.State,
    kind: QuestionStep.Kind,
    user: Any,
    now: datetime.datetime,
    note: str,
    write: Writer | None,
) -> Question:
    """End the question: its clock stops, whoever asked is written to."""
    _end_pause(row, now)
    row.due = _due(row, now)
    row.state, row.closed_at = state, now
    row.taken_days = days_taken(row.counts_from, timezone.localdate(now), current_rulebook().calendar)
    row.save()
    row = taken(row, kind, user, now, note)
    if write is not None:
        mail_asker(row, write, now=now)
    return row


def recount_open(now: datetime.datetime) -> int:
    """Count every open question anew, for days the calendar has learnt since; how many moved."""
    book, today, moved = current_rulebook(), timezone.localdate(now), 0
    rows = Question.objects.filter(state__in=Question.OPEN).prefetch_related("pauses")
    for row in rows.iterator(chunk_size=500):
        due = clock_of(row, book.calendar, today, row.pauses.all()).due
        if due != row.due:
            moved += Question.objects.filter(pk=row.pk).update(due=due)
    return moved


def _due(row: Question, now: datetime.datetime) -> datetime.date:
    calendar = current_rulebook().calendar
    return clock_of(row, calendar, timezone.localdate(now), row.pauses.all()).due


def _end_pause(row: Question, now: datetime.datetime) -> None:
    row.pauses.filter(last__isnull=True).update(last=timezone.localdate(now))


def _reason(text: str) -> None:
    if not _clean(text):
        raise StepError(_("Give the reason."))


def _clean(text: str) -> str:
    return nfc(text).strip()[:2000]
