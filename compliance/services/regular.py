"""Regular reports: a draft for each period that is due, and a letter with a link to its readers."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.permissions import policy_registry

from compliance.models import ActivityReport, OutgoingMail, ReportSubscription
from compliance.queries.staff import one_line, usable_address
from compliance.rules.regular import due_period
from compliance.rules.report_text import Part
from compliance.rules.stretches import Stretch
from compliance.services.activity import start_report
from compliance.services.remind import Letter
from sitepages.models import Authority

Begin = Callable[[Authority, Stretch], tuple[dict[str, Any], Sequence[Part]]]
Write = Callable[[ActivityReport, Any], Letter]


@dataclass(frozen=True)
class Made:
    """A draft that was made, and how many letters tell of it."""

    report: ActivityReport
    letters: int


def make_due(today: datetime.date, now: datetime.datetime, *, begin: Begin, write: Write) -> Iterable[Made]:
    """Make every draft that is due and not made yet; each with its letters, or neither.

    A period made before is never made again, though its draft were removed since: `since` moves on.
    """
    rows = ReportSubscription.objects.filter(is_active=True, authority__site__isnull=False)
    for pk in list(rows.order_by("pk").values_list("pk", flat=True)):
        made = _make(pk, today, now, begin, write)
        if made is not None:
            yield made


@transaction.atomic
def _make(pk: int, today: datetime.date, now: datetime.datetime, begin: Begin, write: Write) -> Made | None:
    held = ReportSubscription.objects.select_for_update(of=("self",)).filter(pk=pk, is_active=True).first()
    if held is None:
        return None
    days = due_period(held.every, held.day, today)
    if days is None or (held.since and days.first < held.since):
        return None
    unit = Authority.objects.select_related("site__root_page", "tier", "parent").get(pk=held.authority_id)
    letter, parts = begin(unit, days)
    report = start_report(unit, days, letter=letter, parts=parts, user=None, now=now, subscription=held)
    held.since = days.last + datetime.timedelta(days=1)
    held.save(update_fields=["since"])
    policy: Any = policy_registry.get_by_type(ActivityReport)
    mails = []
    for person in held.recipients.filter(is_active=True).order_by("pk"):
        address = usable_address(person.email)
        if address and policy.user_has_permission_for_instance(person, "change", report):
            mails.append(_mail(unit, person, address, write(report, person), now))
    OutgoingMail.objects.bulk_create(mails)
    return Made(report, len(mails))


def _mail(unit: Authority, person: Any, address: str, letter: Letter, now: datetime.datetime) -> OutgoingMail:
    return OutgoingMail(
        authority=unit,
        recipient=person,
        name=(person.get_full_name() or person.username)[:310],
        address=address,
        subject=one_line(letter.subject)[:300],
        text=letter.text,
        html=letter.html,
        rests_on=[["compliance.change_activityreport", unit.pk]],
        created_at=now,
        next_try_at=now,
    )
