"""A letter goes to whom it was written for only as long as they hold what it rests on."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group

from compliance.models import OutgoingMail
from compliance.queries.staff import lost
from compliance.services.outbox import send_waiting
from tests.builders import authority, make_user
from tests.compliance.post.desk import TODAY, assess, compose, moment, thing

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

Status = OutgoingMail.Status


def waiting(user: Any, rests_on: list[Any]) -> OutgoingMail:
    now = moment(TODAY)
    made: OutgoingMail = OutgoingMail.objects.create(
        authority=authority("glar"), recipient=user, name="a", address=user.email, subject="Thư",
        text="a", html="a", created_at=now, next_try_at=now, rests_on=rests_on,
    )  # fmt: skip
    return made


@pytest.mark.parametrize(
    ("role", "needed"),
    [("officer", "officer"), ("board", "board"), ("board", "compliance.change_activityreport")],
)
def test_a_role_taken_meanwhile_withdraws_the_letter(mailoutbox: Any, role: str, needed: str) -> None:
    unit = authority("glar").pk
    stays, goes = make_user(role, "glar"), make_user(role, "glar")
    kept, withdrawn = (waiting(user, [[needed, unit]]) for user in (stays, goes))
    goes.groups.set(Group.objects.filter(role_group__role=role, role_group__authority__code="a-dok"))
    report = send_waiting(moment(TODAY))
    kept.refresh_from_db()
    withdrawn.refresh_from_db()
    assert (kept.status, withdrawn.status) == (Status.SENT, Status.WITHDRAWN)
    assert (report.sent, report.cancelled, report.waiting) == (1, 1, 0)
    assert [sent.to for sent in mailoutbox] == [[stays.email]]


def test_a_letter_that_rests_on_nothing_goes_to_whoever_is_active() -> None:
    row = waiting(make_user("officer", "glar"), [])
    send_waiting(moment(TODAY))
    row.refresh_from_db()
    assert row.status == Status.SENT


def test_a_digest_rests_on_every_role_of_its_reader() -> None:
    officer = make_user("officer", "glar")
    assess(glar=[thing()])
    compose(TODAY)
    row = OutgoingMail.objects.get(recipient=officer)
    assert row.rests_on == [["officer", authority("glar").pk]]
    assert lost(officer, row.rests_on) == []


def test_a_letter_of_two_units_leads_to_the_one_that_is_left(mailoutbox: Any) -> None:
    glar, dok = authority("glar"), authority("a-dok")
    officer = make_user("officer", "glar")
    officer.groups.add(Group.objects.get(role_group__role="officer", role_group__authority=dok))
    assess(glar=[thing()], **{"a-dok": [thing()]})
    compose(TODAY)
    row = OutgoingMail.objects.get(recipient=officer)
    assert {unit for _role, unit in row.rests_on} == {glar.pk, dok.pk}
    officer.groups.remove(Group.objects.get(role_group__role="officer", role_group__authority=glar))
    send_waiting(moment(TODAY))
    row.refresh_from_db()
    assert row.status == Status.SENT
    assert "Glar" not in mailoutbox[0].body + mailoutbox[0].subject
    assert "/admin/" in mailoutbox[0].body
