"""Send what waits in the outbox: one letter at a time, kept until the mail server has taken it."""

from __future__ import annotations

import datetime
import smtplib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log

from compliance.models import OutgoingMail
from compliance.queries.staff import lost
from compliance.rules.ladder import retry_after
from compliance.services.question_contact import address_of
from compliance.services.sealing import SealError

#: Letters in one run; with the time limit of the mail server far less than LEASE for all of them.
BATCH = 200
#: After this long a letter taken up and never finished is taken up again: its sender must have died.
LEASE = datetime.timedelta(hours=3)

#: What is wrong with one letter alone; anything else concerns the server, and the rest would fail as well.
_OF_ONE = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, ValueError)

Status = OutgoingMail.Status


@dataclass(frozen=True)
class SendReport:
    """What became of a run: letters sent, failed and cancelled, those left waiting, the last fault."""

    sent: int = 0
    failed: int = 0
    cancelled: int = 0
    waiting: int = 0
    error: str = ""


def send_waiting(now: datetime.datetime) -> SendReport:
    """Send what is due, oldest attempt first; stop when the mail server is not there.

    Each letter is taken up by one sender alone before it is handed over, so two senders never send it twice.
    """
    sent = failed = cancelled = 0
    error = ""
    connection = get_connection()
    try:
        for pk in list(_ready(now).order_by("next_try_at", "pk").values_list("pk", flat=True)[:BATCH]):
            if not _take_up(pk, now):
                continue
            mail = OutgoingMail.objects.select_related("recipient", "question").get(pk=pk)
            address = _address(mail)
            if not address:
                _finish(mail, status=Status.CANCELLED)
                cancelled += 1
                continue
            gone = lost(mail.recipient, mail.rests_on)
            if gone and len(gone) == len(mail.rests_on):
                _finish(mail, status=Status.WITHDRAWN)
                cancelled += 1
                continue
            if gone:
                _replace(mail)
            try:
                connection.send_messages([_message(mail, address, connection)])
            except (OSError, ValueError) as fault:  # every SMTP error is an OSError
                error = _told(fault, address if mail.question_id else "")
                again = now + retry_after(mail.attempts)
                _finish(mail, status=Status.WAITING, last_error=error, next_try_at=again)
                failed += 1
                if not isinstance(fault, _OF_ONE):
                    break
            else:
                _finish(mail, status=Status.SENT, sent_at=now, last_error="")
                sent += 1
    finally:
        _close(connection)
    waiting = OutgoingMail.objects.filter(status__in=(Status.WAITING, Status.SENDING)).count()
    return SendReport(sent, failed, cancelled, waiting, error)


def retry(mail: OutgoingMail, *, user: Any, now: datetime.datetime) -> None:
    """Try a waiting letter at the next run. ValidationError when it has gone, or is on its way."""
    row = OutgoingMail.objects.filter(pk=mail.pk, status=Status.WAITING)
    if not row.update(next_try_at=now):
        raise ValidationError(_("This letter no longer waits."))
    log(instance=mail, action="compliance.retry_mail", user=user)


def _ready(now: datetime.datetime) -> QuerySet:
    waits = Q(status=Status.WAITING, next_try_at__lte=now)
    forgotten = Q(status=Status.SENDING, claimed_at__lte=now - LEASE)
    return OutgoingMail.objects.filter(waits | forgotten)


def _take_up(pk: int, now: datetime.datetime) -> bool:
    """Whether the letter is ours: of two senders, the database lets one change the row."""
    mine = _ready(now).filter(pk=pk)
    return bool(mine.update(status=Status.SENDING, claimed_at=now, attempts=F("attempts") + 1))


def _replace(mail: OutgoingMail) -> None:
    """Keep what the reader may no longer know out of the letter, and lead them to what is still theirs."""
    profile = getattr(mail.recipient, "wagtail_userprofile", None)
    with override(profile.get_preferred_language() if profile else settings.LANGUAGE_CODE):
        told = _(
            "Your roles changed after the letter “%(subject)s” was written, so it was not sent. What is still"
            " yours to do stands in the administration:"
        ) % {"subject": mail.subject}
        mail.subject = _("Your tasks after the change of your roles")
    link = f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse('wagtailadmin_home')}"
    mail.text = f"{told}\n{link}\n"
    mail.html = format_html('<p>{}</p><p><a href="{}">{}</a></p>', told, link, link)
    mail.rests_on = []
    mail.save(update_fields=["subject", "text", "html", "rests_on"])


def _finish(mail: OutgoingMail, **values: Any) -> None:
    OutgoingMail.objects.filter(pk=mail.pk).update(claimed_at=None, **values)


def _address(mail: OutgoingMail) -> str:
    """Where the letter goes; "" when nobody is there any more. That of whoever asked is unsealed only now."""
    if mail.question is not None:
        try:
            return address_of(mail.question)
        except SealError:
            return ""
    return mail.address if mail.recipient is not None and mail.recipient.is_active else ""


def _message(mail: OutgoingMail, address: str, connection: Any) -> EmailMultiAlternatives:
    """The letter; its Message-ID is the same at every attempt, so that a receiver can tell it came before."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
    headers = {
        "Message-ID": f"<portal-{mail.pk}-{int(mail.created_at.timestamp())}@{host}>",
        "Auto-Submitted": "auto-generated",
    }
    message = EmailMultiAlternatives(
        mail.subject, mail.text, to=[address], connection=connection, headers=headers
    )
    message.attach_alternative(mail.html, "text/html")
    return message


def _told(fault: Exception, hidden: str) -> str:
    """What went wrong, without the address of whoever asked."""
    text = f"{type(fault).__name__}: {fault}"
    return (text.replace(hidden, "…") if hidden else text)[:500]


def _close(connection: Any) -> None:
    try:
        connection.close()
    except OSError:
        return  # the server hung up first; every letter is accounted for already
