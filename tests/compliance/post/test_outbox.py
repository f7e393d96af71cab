"""The outbox: kept until the server has taken it, sent once, whoever sends and however often."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.exceptions import ValidationError
from django.db import connection, connections

from compliance.models import OutgoingMail
from compliance.services import outbox
from compliance.services.outbox import LEASE, retry, send_waiting
from tests.builders import authority, make_user
from tests.compliance.post.desk import TODAY, assess, compose, moment, thing
from tests.compliance.post.mailservers import DOWN, UNKNOWN, FlakyServer

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NOW = moment(TODAY)
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def server(settings: Any) -> Iterator[type[FlakyServer]]:
    settings.EMAIL_BACKEND = "tests.compliance.post.mailservers.FlakyServer"
    FlakyServer.fault, FlakyServer.refused, FlakyServer.tries = None, "", []
    yield FlakyServer
    FlakyServer.fault = None


def letter(number: int = 1, **values: Any) -> OutgoingMail:
    user = values.pop("user", None) or make_user("officer", "glar", f"nguoi-{number}")
    return OutgoingMail.objects.create(
        **{
            "authority": authority("glar"),
            "recipient": user,
            "name": user.username,
            "address": user.email,
            "subject": f"Thư {number}",
            "text": "Nội dung",
            "html": "<p>Nội dung</p>",
            "created_at": NOW,
            "next_try_at": NOW,
            **values,
        }
    )


def test_a_letter_goes_out_once(mailoutbox: Any) -> None:
    row = letter()
    first, second = send_waiting(NOW), send_waiting(NOW + MINUTE)
    assert (first.sent, first.waiting, second.sent) == (1, 0, 0)
    (sent,) = mailoutbox
    assert (sent.to, sent.subject, sent.body) == (["nguoi-1@example.org"], "Thư 1", "Nội dung")
    assert sent.alternatives[0][:2] == ("<p>Nội dung</p>", "text/html")
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    row.refresh_from_db()
    assert (row.status, row.sent_at, row.attempts, row.claimed_at) == ("sent", NOW, 1, None)


def test_while_the_server_is_down_nothing_is_lost(server: Any, mailoutbox: Any) -> None:
    rows = [letter(number) for number in range(3)]
    server.fault = DOWN
    report = send_waiting(NOW)
    assert (report.sent, report.failed, report.waiting) == (0, 1, 3)
    assert "Connection refused" in report.error
    assert len(server.tries) == 1, "the others would only have waited for the same silence"
    server.fault = None
    report = send_waiting(NOW + 5 * MINUTE)
    assert (report.sent, report.waiting) == (3, 0)
    assert sorted(sent.subject for sent in mailoutbox) == [row.subject for row in rows]


def test_a_letter_waits_longer_after_each_failure(server: Any) -> None:
    row = letter()
    server.fault = DOWN
    now, waits = NOW, []
    for _attempt in range(6):
        send_waiting(now)
        row.refresh_from_db()
        waits.append(row.next_try_at - now)
        assert not send_waiting(row.next_try_at - MINUTE).failed
        now = row.next_try_at
    hours = [wait / datetime.timedelta(hours=1) for wait in waits]
    assert [round(hour, 2) for hour in hours] == [0.08, 0.5, 2, 12, 24, 24]
    assert (row.status, row.attempts) == ("waiting", 6)


def test_one_refused_address_does_not_hold_up_the_others(server: Any, mailoutbox: Any) -> None:
    letter(1)
    letter(2)
    server.fault, server.refused = UNKNOWN, "nguoi-1@example.org"
    report = send_waiting(NOW)
    assert (report.sent, report.failed) == (1, 1)
    assert [sent.to for sent in mailoutbox] == [["nguoi-2@example.org"]]


def test_a_header_that_was_smuggled_in_is_refused(mailoutbox: Any) -> None:
    bad = letter(1, subject="Thư\nBcc: ke-gian@example.org")
    letter(2)
    report = send_waiting(NOW)
    assert (report.sent, report.failed) == (1, 1)
    bad.refresh_from_db()
    assert "BadHeaderError" in bad.last_error
    assert [sent.subject for sent in mailoutbox] == ["Thư 2"]


@pytest.mark.parametrize("gone", ["deactivated", "deleted"])
def test_whoever_left_since_gets_nothing(gone: str, mailoutbox: Any) -> None:
    row = letter()
    if gone == "deleted":
        row.recipient.delete()
    else:
        row.recipient.is_active = False
        row.recipient.save()
    report = send_waiting(NOW)
    assert (report.sent, report.cancelled, report.waiting) == (0, 1, 0)
    row.refresh_from_db()
    assert row.status == "cancelled"
    assert not mailoutbox


def test_a_sender_that_died_is_found_out_and_its_letter_keeps_its_name(
    monkeypatch: pytest.MonkeyPatch, mailoutbox: Any
) -> None:
    row = letter()

    def dies(*args: Any, **kwargs: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(outbox, "_finish", dies)
    with pytest.raises(KeyboardInterrupt):
        send_waiting(NOW)
    monkeypatch.undo()
    row.refresh_from_db()
    assert row.status == "sending"
    assert send_waiting(NOW + LEASE - MINUTE).sent == 0
    assert send_waiting(NOW + LEASE).sent == 1
    names = {sent.extra_headers["Message-ID"] for sent in django_mail.outbox}
    assert len(names) == 1


def test_what_another_sender_has_taken_up_is_left_to_it(
    monkeypatch: pytest.MonkeyPatch, mailoutbox: Any
) -> None:
    """Two senders read the same list; the second finds each letter taken."""
    letter(1)
    letter(2)
    taking = outbox._take_up

    def second_comes_between(pk: int, now: datetime.datetime) -> bool:
        monkeypatch.setattr(outbox, "_take_up", taking)
        assert send_waiting(now).sent == 2
        return taking(pk, now)

    monkeypatch.setattr(outbox, "_take_up", second_comes_between)
    assert send_waiting(NOW).sent == 0
    assert len(mailoutbox) == 2


def test_a_letter_is_tried_again_at_once_when_asked(server: Any) -> None:
    row = letter()
    server.fault = DOWN
    send_waiting(NOW)
    server.fault = None
    user = make_user("administrator")
    retry(row, user=user, now=NOW + MINUTE)
    assert send_waiting(NOW + MINUTE).sent == 1
    with pytest.raises(ValidationError):
        retry(row, user=user, now=NOW + MINUTE)


def test_a_crash_between_writing_and_sending_loses_nothing(mailoutbox: Any) -> None:
    make_user("officer", "glar")
    assess(glar=[thing()])
    compose()
    assert not mailoutbox
    assert not compose().letters
    assert send_waiting(NOW).sent == 1


def at_once(count: int, work: Any) -> list[Any]:
    """The results of the same work in several threads, begun together; a failure is a result."""
    barrier, results = threading.Barrier(count), []

    def run() -> None:
        barrier.wait()
        try:
            results.append(work())
        except Exception as error:
            results.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
def test_runs_at_the_same_moment_write_and_send_once(live_portal: None, mailoutbox: Any) -> None:
    assert connection.vendor == "postgresql"
    for number in range(5):
        make_user("officer", "glar", f"nguoi-{number}")
    assess(glar=[thing()])
    written = at_once(4, lambda: len(compose().letters))
    assert sorted(written) == [0, 0, 0, 5]
    sent = at_once(4, lambda: send_waiting(NOW).sent)
    assert sum(sent) == 5
    assert sorted(sent.to[0] for sent in mailoutbox) == [f"nguoi-{number}@example.org" for number in range(5)]
