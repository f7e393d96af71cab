"""Reminders of questions that wait: the ladder of duties, one letter a person, each step once."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from compliance.models import OutgoingMail, Question, ReminderStep
from compliance.queries.questions import SECTION
from compliance.queries.rulebook import current_rulebook
from compliance.queries.staff import BOARD, OFFICER, Person, Unit, everybody, one_line, staffed_units
from compliance.rules.ladder import next_move, recipients
from compliance.services.questions import recount_open
from compliance.services.remind import Letter
from sitepages.models import Authority


@dataclass(frozen=True)
class Called:
    """One question somebody is reminded of, and by which step."""

    question: Question
    step: str


Writer = Callable[[Person, list[Called]], Letter]


def remind_of_questions(
    today: datetime.date, now: datetime.datetime, write: Writer, *, dry_run: bool = False
) -> dict[str, list[Called]]:
    """Put one letter for each person with something new into the outbox: who is told of what, by address."""
    with transaction.atomic():
        list(Authority.objects.select_for_update(no_key=True).filter(parent__isnull=True).order_by("pk"))
        if not dry_run:
            recount_open(now)
        units = staffed_units(today)
        people = everybody(units.values())
        told: dict[int, list[Called]] = defaultdict(list)
        steps: list[ReminderStep] = []
        calendar = current_rulebook().calendar
        done = _done()
        rows = Question.objects.filter(state__in=Question.OPEN).select_related("authority", "office")
        for question in rows.order_by("due", "pk"):
            item = f"pq{question.pk}@{question.due}"
            move = next_move(question.due, today, calendar, done.get(f"pq{question.pk}", set()))
            if move.step is None or question.authority_id not in units:
                continue
            reached = _reached(question, units, move.step)
            for each in (*move.skipped, move.step):
                steps.append(
                    ReminderStep(
                        authority_id=question.authority_id,
                        duty=SECTION,
                        item=item,
                        due=question.due,
                        step=each,
                        skipped=each != move.step,
                        recipients=list(reached) if each == move.step else [],
                        created_at=now,
                    )
                )
            for person in reached:
                told[person].append(Called(question, move.step))
        letters = {pk: write(people[pk], called) for pk, called in told.items()}
        if not dry_run:
            ReminderStep.objects.bulk_create(steps, ignore_conflicts=True)
            homes = {pk: unit.pk for unit in units.values() for pk in _ids(unit)}
            OutgoingMail.objects.bulk_create(
                OutgoingMail(
                    authority_id=homes[pk],
                    recipient_id=pk,
                    name=people[pk].name,
                    address=people[pk].address,
                    subject=one_line(letter.subject)[:300],
                    text=letter.text,
                    html=letter.html,
                    created_at=now,
                    next_try_at=now,
                )
                for pk, letter in letters.items()
            )
    return {people[pk].address: called for pk, called in told.items()}


def _reached(question: Question, units: dict[int, Unit], step: object) -> tuple[int, ...]:
    """The officer it was given to, or all officers; then the unit's board; then the board above."""
    unit = units[question.authority_id]
    officers = unit.reachable(OFFICER)
    if question.officer_id in officers:
        officers = (question.officer_id,)
    above = units.get(unit.parent) if unit.parent else None
    return recipients(step, officers, unit.reachable(BOARD), above.reachable(BOARD) if above else ())  # type: ignore[arg-type]


def _done() -> dict[str, set[str]]:
    """The steps taken for each question, whatever day it was due then: a later due day takes none twice."""
    found: dict[str, set[str]] = defaultdict(set)
    rows = ReminderStep.objects.filter(duty=SECTION, item__startswith="pq")
    for item, step in rows.values_list("item", "step"):
        found[item.partition("@")[0]].add(step)
    return found


def _ids(unit: Unit) -> set[int]:
    return {person.pk for people in unit.people.values() for person in people}
