"""Compose the day's letters and record the steps they take: both, or neither."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from compliance.models import Assessment, OutgoingMail, ReminderStep
from compliance.queries.reminders import Digest, Plan, Planned, plan_reminders
from compliance.queries.rulebook import current_rulebook
from compliance.queries.staff import ADMINISTRATOR, BOARD, OFFICER, one_line
from compliance.queries.standing import latest_assessment
from sitepages.models import Authority

#: Reminders rest on what was found lately; an older assessment might accuse whoever has mended everything.
FRESH = datetime.timedelta(days=1)

_BATCH = 500


class NoAssessmentError(LookupError):
    """There is no assessment of today or yesterday to remind by; `latest` is the newest day, if any."""

    def __init__(self, latest: datetime.date | None) -> None:
        super().__init__(str(latest))
        self.latest = latest


@dataclass(frozen=True)
class Letter:
    """A digest as a person reads it: one line of subject, plain text, and the same as a web page."""

    subject: str
    text: str
    html: str


Writer = Callable[[Digest, Plan], Letter]


@dataclass(frozen=True)
class Composed:
    """What a run wrote, or would write: the plan, and the letters in the order of its digests."""

    plan: Plan
    letters: tuple[Letter, ...]


def compose_digests(
    today: datetime.date, now: datetime.datetime, write: Writer, *, dry_run: bool = False
) -> Composed:
    """Put one letter for each person with something new into the outbox, and record the steps taken.

    All in one transaction, one run at a time: a second run the same day finds nothing new. Nothing is sent
    here. NoAssessmentError when the latest assessment is older than yesterday, or of a day to come.
    """
    with transaction.atomic():
        _alone()
        plan = plan_reminders(_recent(today), today, current_rulebook().calendar)
        letters = tuple(write(digest, plan) for digest in plan.digests)
        if not dry_run:
            ReminderStep.objects.bulk_create([_row(step, now) for step in plan.steps], batch_size=_BATCH)
            OutgoingMail.objects.bulk_create(
                [
                    _mail(digest, letter, plan, now)
                    for digest, letter in zip(plan.digests, letters, strict=True)
                ],
                batch_size=_BATCH,
            )
    return Composed(plan, letters)


def _alone() -> None:
    """Wait until no other run is composing. On SQLite a write transaction is already alone."""
    list(Authority.objects.select_for_update(no_key=True).filter(parent__isnull=True).order_by("pk"))


def _recent(today: datetime.date) -> Assessment:
    latest = latest_assessment()
    if latest is None or not today - FRESH <= latest.date <= today:
        raise NoAssessmentError(latest.date if latest else None)
    return latest


def _row(step: Planned, now: datetime.datetime) -> ReminderStep:
    return ReminderStep(
        authority_id=step.unit,
        duty=step.duty,
        item=step.item,
        due=step.due,
        step=step.step,
        skipped=step.skipped,
        recipients=list(step.recipients),
        created_at=now,
    )


def _mail(digest: Digest, letter: Letter, plan: Plan, now: datetime.datetime) -> OutgoingMail:
    person = digest.person
    return OutgoingMail(
        authority_id=digest.home,
        recipient_id=person.pk,
        name=person.name,
        address=person.address,
        subject=one_line(letter.subject)[:300],
        text=letter.text,
        html=letter.html,
        rests_on=[
            [role, unit.pk]
            for unit in plan.units.values()
            if unit.pk in digest.units
            for role in (OFFICER, BOARD, ADMINISTRATOR)
            if person in unit.of(role)
        ],
        created_at=now,
        next_try_at=now,
    )
