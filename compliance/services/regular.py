"""Regular reports: a draft for each period that is due, and a letter with a link to its readers."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.permissions import policy_registry

from compliance.models import ActivityReport, OutgoingMail, ReportSubscription
from compliance.queries.staff import one_line, usable_address
from compliance.rules.regular import due_periods
from compliance.rules.report_text import Part
from compliance.rules.stretches import Stretch
from compliance.services.activity import start_report
from compliance.services.remind import Letter
from sitepages.models import Authority

Begin = Callable[[Authority, Stretch], tuple[dict[str, Any], Sequence[Part]]]
Write = Callable[[ActivityReport, Any], Letter]


@dataclass(frozen=True)
class Made:
    """A draft that was made, how many letters tell of it, whether it is only the rest of a quarter."""

    report: ActivityReport
    letters: int
    rest: bool = False


@dataclass(frozen=True)
class NotMade:
    """Days no draft was made for: too long ago, or reported before by ``report``."""

    unit: Authority
    days: Stretch
    report: ActivityReport | None = None


def make_due(
    today: datetime.date, now: datetime.datetime, *, begin: Begin, write: Write
) -> Iterator[Made | NotMade]:
    """Make every draft that is due and not made yet, oldest first; each with its letters, or neither.

    A period made before is never made again, though its draft were removed since: `since` moves on.
    """
    rows = ReportSubscription.objects.filter(is_active=True, authority__site__isnull=False)
    for pk in list(rows.order_by("pk").values_list("pk", flat=True)):
        while made := _make(pk, today, now, begin, write):
            yield made


@transaction.atomic
def _make(
    pk: int, today: datetime.date, now: datetime.datetime, begin: Begin, write: Write
) -> Made | NotMade | None:
    """The oldest thing to do for one regular report; None when nothing is left."""
    held = ReportSubscription.objects.select_for_update(of=("self",)).filter(pk=pk, is_active=True).first()
    if held is None:
        return None
    due = due_periods(held.every, held.day, today, held.since)
    if not due.periods:
        return None
    unit = Authority.objects.select_related("site__root_page", "tier", "parent").get(pk=held.authority_id)
    if due.left_out:
        days = Stretch(due.left_out[0].first, due.left_out[-1].last)
        _move_on(held, days)
        return NotMade(unit, days)
    days = due.periods[0]
    _move_on(held, days)
    made = held.reports.filter(first_day__lte=days.last, last_day__gte=days.first)
    before = made.order_by("first_day").first()
    if before is not None:
        return NotMade(unit, days, before)
    letter, parts = begin(unit, days)
    report = start_report(unit, days, letter=letter, parts=parts, user=None, now=now, subscription=held)
    policy: Any = policy_registry.get_by_type(ActivityReport)
    mails = []
    for person in held.recipients.filter(is_active=True).order_by("pk"):
        address = usable_address(person.email)
        if address and policy.user_has_permission_for_instance(person, "change", report):
            mails.append(_mail(unit, person, address, write(report, person), now))
    OutgoingMail.objects.bulk_create(mails)
    return Made(report, len(mails), due.rest)


def _move_on(held: ReportSubscription, days: Stretch) -> None:
    """The next period begins after these days."""
    held.since = days.last + datetime.timedelta(days=1)
    held.save(update_fields=["since"])


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
