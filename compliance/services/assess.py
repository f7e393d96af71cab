"""Take an assessment: evidence in, findings and scores out, one transaction."""

from __future__ import annotations

import datetime
import os
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from multiprocessing import get_context
from typing import Any

from django.db import connections, transaction
from django.utils import timezone

from compliance.catalogue.loader import load_catalogue
from compliance.models import Assessment, FindingRecord, RuleEdition, ScoreRecord
from compliance.queries.evidence import (
    Found,
    checks_by_unit,
    declarations_by_duty,
    evidence_by_unit,
    waivers_by_duty,
)
from compliance.queries.rulebook import Rulebook, current_rulebook, edition_content, frozen_rulebook
from compliance.rules.evaluation import evaluate
from compliance.rules.items import Memo
from compliance.rules.lookup import first_day
from compliance.services.bulk import insert_rows
from compliance.services.records import attach, finding_record, score_record, unit_score
from sitepages.locks import take_record_lock
from sitepages.models import Authority

_BATCH = 2000
#: Units a worker judges at a time: enough to pay for its queries, few enough to hold.
_SHARE = 100


class FutureDateError(ValueError):
    """An assessment looks at a day that has been; the future has no evidence."""


class EarlyDateError(ValueError):
    """An assessment needs rules; the day lies before the first of them."""


@dataclass(frozen=True)
class Unit:
    """What judging needs to know of a unit; `since` its first day, `before` the ids of its predecessors."""

    pk: int
    tier: str
    since: datetime.date
    before: tuple[int, ...] = ()


def take_assessment(
    on: datetime.date, *, today: datetime.date, now: datetime.datetime | None = None, workers: int = 1
) -> Assessment:
    """Evaluate every unit in force on the day against every duty, and store what was found.

    An assessment is never rewritten: taking a day again adds a newer one. With several `workers` the units
    are judged in as many processes, each its share; what they read is fixed by the moment of the start.
    """
    if on > today:
        raise FutureDateError(on.isoformat())
    if on < min(first_day(each) for each in load_catalogue().requirements):
        raise EarlyDateError(on.isoformat())
    moment = now or _moment()
    if workers > 1:
        return _take_in_parallel(on, moment, workers)
    with transaction.atomic():
        rulebook = current_rulebook()
        units = units_on(on)
        assessment = _begin(on, moment, rulebook, units)
        _store(assessment, judge(units, on, moment, rulebook))
    return assessment


def _moment() -> datetime.datetime:
    """Now, once everything noted before is written: what an assessment knows must not change afterwards."""
    with transaction.atomic():
        take_record_lock()
        return timezone.now()


def judge(
    units: Sequence[Unit], on: datetime.date, known_at: datetime.datetime, rulebook: Rulebook
) -> Iterator[list[FindingRecord]]:
    """The findings of each unit as of the day, by what was known at a moment: a few queries in all."""
    pks = [unit.pk for unit in units]
    requirements, calendar = rulebook.requirements(), rulebook.calendar
    declared = declarations_by_duty(pks, on, known_at)
    waived = waivers_by_duty(pks, on, known_at)
    inherited = _inherited(units, on, known_at)
    checked = checks_by_unit(pks, on, known_at)
    memo = Memo()
    for unit, found in _with_evidence(units, on, known_at):
        rows = []
        for requirement in requirements:
            code = requirement.code
            evidence = [*found.get(code, ()), *inherited.get((unit.pk, code), ())]
            if requirement.evidence == "probe" and unit.pk in checked:
                evidence.append(checked[unit.pk])
            finding = evaluate(
                requirement,
                evidence,
                unit.tier,
                on,
                calendar,
                declarations=declared.get((unit.pk, code), ()),
                waivers=waived.get((unit.pk, code), ()),
                since=unit.since,
                memo=memo,
            )
            if finding is not None:
                weight = rulebook.weight(requirement, unit.tier, on)
                rows.append(finding_record(unit.pk, requirement, weight, finding))
        yield rows


def rejudge(assessment: Assessment) -> Iterator[list[FindingRecord]]:
    """The findings of a stored assessment judged again, by its own rules and what was known then."""
    if assessment.rules is None:
        raise LookupError(f"assessment {assessment.pk} was taken before rules were kept with it")
    rulebook = frozen_rulebook(assessment.rules)
    units = [_thawed(row) for row in assessment.units]
    return judge(units, assessment.date, assessment.taken_at, rulebook)


def _frozen(unit: Unit) -> list[Any]:
    """A unit as an assessment keeps it: what it is may change, what was judged may not."""
    return [unit.pk, unit.tier, unit.since.isoformat(), list(unit.before)]


def _thawed(row: list[Any]) -> Unit:
    pk, tier, since, before = row
    return Unit(pk, tier, datetime.date.fromisoformat(since), tuple(before))


def units_on(on: datetime.date) -> list[Unit]:
    """The units with a portal in force on the day, by id."""
    rows = Authority.objects.filter(site__isnull=False).in_force(on)
    before: dict[int, list[int]] = defaultdict(list)
    for predecessor in Authority.objects.filter(successor__isnull=False):
        before[predecessor.successor_id or 0].append(predecessor.pk)
    return [
        Unit(pk, tier, since or datetime.date.min, tuple(before[pk]))
        for pk, tier, since in rows.order_by("pk").values_list("pk", "tier__code", "valid_from")
    ]


def _begin(
    on: datetime.date, moment: datetime.datetime, rulebook: Rulebook, units: Sequence[Unit]
) -> Assessment:
    content = edition_content(rulebook)
    digest = content.pop("digest")
    edition, _made = RuleEdition.objects.get_or_create(digest=digest, defaults=content)
    return Assessment.objects.create(
        date=on,
        taken_at=moment,
        catalogue=f"{edition.version} {digest[:12]}",
        rules=edition,
        units=[_frozen(unit) for unit in units],
    )


def _store(assessment: Assessment, results: Iterable[list[FindingRecord]]) -> None:
    """Write findings and scores in batches, as they come."""
    findings: list[FindingRecord] = []
    scores: list[ScoreRecord] = []
    for rows in results:
        if not rows:
            continue
        scores += attach(assessment, [score_record(rows[0].authority_id, unit_score(rows))])
        findings += attach(assessment, rows)
        if len(findings) >= _BATCH:
            insert_rows(findings)
            findings = []
    insert_rows(findings)
    insert_rows(scores)


def _take_in_parallel(on: datetime.date, moment: datetime.datetime, workers: int) -> Assessment:
    units = units_on(on)
    judged = partial(_judge_share, on=on, known_at=moment)
    shares = [units[start : start + _SHARE] for start in range(0, len(units), _SHARE)]
    connections.close_all()  # a connection cannot be shared between processes
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        pool.submit(os.getpid).result()  # the first task forks all workers, before a connection is open
        with transaction.atomic():
            assessment = _begin(on, moment, current_rulebook(), units)
            _store(assessment, chain.from_iterable(_in_turn(pool, judged, shares, workers)))
    return assessment


def _in_turn(
    pool: ProcessPoolExecutor,
    judged: Callable[[list[Unit]], list[list[FindingRecord]]],
    shares: Iterable[list[Unit]],
    workers: int,
) -> Iterator[list[list[FindingRecord]]]:
    """What the workers found, share by share in order; no more is under way than is soon taken."""
    waiting: deque[Future[list[list[FindingRecord]]]] = deque()
    for share in shares:
        waiting.append(pool.submit(judged, share))
        if len(waiting) > 2 * workers:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _judge_share(
    units: Sequence[Unit], *, on: datetime.date, known_at: datetime.datetime
) -> list[list[FindingRecord]]:
    """One share of the units, in a worker's own process and on its own connection."""
    return list(judge(units, on, known_at, current_rulebook()))


def _with_evidence(
    units: Sequence[Unit], on: datetime.date, known_at: datetime.datetime
) -> Iterator[tuple[Unit, Found]]:
    """Every unit by id, with its evidence or none."""
    stream = evidence_by_unit([unit.pk for unit in units], on, known_at)
    following = next(stream, None)
    for unit in sorted(units, key=lambda each: each.pk):
        if following and following[0] == unit.pk:
            yield unit, following[1]
            following = next(stream, None)
        else:
            yield unit, {}


def _inherited(
    units: Sequence[Unit], on: datetime.date, known_at: datetime.datetime
) -> dict[tuple[int, str], list]:
    """What predecessors published, by their successor and duty: history, never guilt."""
    heirs: dict[int, list[int]] = defaultdict(list)
    for unit in units:
        for pk in unit.before:
            heirs[pk].append(unit.pk)
    found: dict[tuple[int, str], list] = defaultdict(list)
    if not heirs:
        return found
    for pk, by_duty in evidence_by_unit(list(heirs), on, known_at):
        for duty, records in by_duty.items():
            for heir in heirs[pk]:
                found[heir, duty] += [replace(record, inherited=True) for record in records]
    return found
