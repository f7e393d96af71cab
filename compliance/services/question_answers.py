"""The answer: drafted by one person, approved by another, published without what tells who asked."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.catalogue.questions import load_handling
from compliance.models import Question, QuestionRating, QuestionStep
from compliance.queries.questions import SECTION
from compliance.rules.redaction import Known, Span, own, proposals
from compliance.services.question_contact import known_of
from compliance.services.question_intake import Writer, mail_asker
from compliance.services.questions import StepError, close, locked, taken
from compliance.services.sealing import SealError
from sitepages.models import DisclosurePage
from sitepages.queries import section_page
from sitepages.text import nfc, vietnamese_slug

State, Kind = Question.State, QuestionStep.Kind
PUBLIC = ("public_topic", "public_text", "answer")


class OwnDataError(StepError):
    """The asker's own name or contact stands in what would be published."""


def proposed(question: Question, text: str) -> tuple[Span, ...]:
    """What the machine would strike out of a text."""
    return proposals(text, _known(question), load_handling().address_words)


def own_data(question: Question, *texts: str) -> list[str]:
    """The asker's own data as it stands in the texts."""
    known = _known(question)
    return [text[span.start : span.end] for text in texts for span in own(text, known)]


@transaction.atomic
def draft(
    question: Question,
    *,
    public_topic: str,
    public_text: str,
    answer: str,
    reason: str,
    user: Any,
    now: datetime.datetime,
) -> Question:
    """Write the answer and the public copy, and send both to somebody else for approval."""
    row = locked(question, *Question.OPEN)
    if row.state == State.PAUSED:
        raise StepError(_("More information was asked for. Take the question up again first."))
    row.answer = nfc(answer).strip()
    if not row.answer:
        raise StepError(_("Write the answer."))
    row.public_topic, row.public_text = (
        (nfc(public_topic).strip()[:200], nfc(public_text).strip()) if row.may_publish else ("", "")
    )
    if row.may_publish and not (row.public_topic and row.public_text):
        raise StepError(_("Write the topic and the question as they will be published."))
    row.redaction_reason = nfc(reason).strip()[:500]
    _refuse_own_data(row)
    row.drafted_by, row.state = user, State.DRAFTED
    row.save()
    return taken(row, Kind.DRAFTED, user, now, row.redaction_reason)


@transaction.atomic
def send_back(question: Question, *, note: str, user: Any, now: datetime.datetime) -> Question:
    """Have the draft mended."""
    row = locked(question, State.DRAFTED)
    if not nfc(note).strip():
        raise StepError(_("Say what is to be mended."))
    row.state = State.ASSIGNED if row.office_id else State.RECEIVED
    row.save()
    return taken(row, Kind.SENT_BACK, user, now, note)


@transaction.atomic
def approve(
    question: Question, *, user: Any, now: datetime.datetime, write: Writer | None = None
) -> Question:
    """Approve somebody else's draft: it becomes a public page, or goes to the asker alone."""
    row = locked(question, State.DRAFTED)
    if row.drafted_by_id == user.pk:
        raise StepError(_("You wrote this draft yourself. Somebody else must approve it."))
    _refuse_own_data(row)
    row = close(row, State.ANSWERED, Kind.ANSWERED, user, now, "", None)
    row.approved_by = user
    if row.may_publish:
        row.page = _publish(row, user, now)
    row.save()
    if write is not None:
        mail_asker(row, write, now=now)
    return row


@transaction.atomic
def rate(question: Question, stars: int, comment: str, *, day: datetime.date) -> bool:
    """Keep the asker's rating, once; False when there is one already."""
    _row, made = QuestionRating.objects.get_or_create(
        question=question,
        defaults={"stars": stars, "comment": nfc(comment).strip()[:1000], "day": day},
    )
    return made


def _refuse_own_data(row: Question) -> None:
    if not row.may_publish or row.redaction_reason:
        return
    found = own_data(row, *(getattr(row, name) for name in PUBLIC))
    if found:
        raise OwnDataError(
            _(
                "The asker's own data still stands in the text: %(found)s. Take it out, or give the"
                " reason why"
                " it must stay."
            )
            % {"found": "; ".join(dict.fromkeys(found))}
        )


def _known(row: Question) -> Known:
    """What must not be published; nothing is known any more once it was erased. StepError without the key."""
    try:
        known = known_of(row)
    except SealError:
        raise StepError(
            _("None of the keys in PAYEE_KEYS opens this data. Ask the administrator of the server.")
        ) from None
    return Known("", known.email, known.phone) if row.show_name else known


def _publish(row: Question, user: Any, now: datetime.datetime) -> DisclosurePage:
    """The page of the section: made by whoever drafted it, published by whoever approves."""
    place = section_page(row.authority, SECTION)
    if place is None:
        raise StepError(_("The portal lacks the section for questions. Run provision_portal first."))
    unit = row.office.full_name if row.office else row.authority.display_name
    details = {
        "field": row.subject,
        "question": row.public_text,
        "assigned_to": unit,
        "status": "answered",
        "answer": row.answer,
        "public": "full" if row.show_name else "anonymous",
        "days_taken": row.taken_days,
        "in_time": "yes" if timezone.localdate(now) <= row.due else "no",
    }
    if row.show_name:
        details["asker"] = known_of(row).name
    page = DisclosurePage(
        title=row.public_topic,
        slug=f"cau-hoi-{row.pk}-{vietnamese_slug(row.public_topic, 60)}".strip("-"),
        section=SECTION,
        kind="own",
        legal_day=row.counts_from,
        answered_on=timezone.localdate(now),
        details={code: value for code, value in details.items() if value not in ("", None)},
        live=False,
    )
    place.add_child(instance=page)
    revision = page.save_revision(user=row.drafted_by, changed=True)
    revision.publish(user=user)
    return DisclosurePage.objects.get(pk=page.pk)
