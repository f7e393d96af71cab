"""Evidence as of a day: for each page its last observation by then, and nothing of what came later."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from compliance.models import Declaration, Observation, Waiver
from compliance.rules import types as rules
from compliance.rules.months import local_date, span

Found = dict[str, list[rules.Evidence]]

_CHUNK = 2000


def evidence_by_unit(
    units: Iterable[int], on: datetime.date, known_at: datetime.datetime
) -> Iterator[tuple[int, Found]]:
    """For each unit that has any, its evidence by duty as of the end of the day, in the order of unit ids.

    `known_at` leaves out what was recorded later. One query, read in chunks: memory holds one unit at a time.
    """
    current: int | None = None
    found: Found = defaultdict(list)
    for row in _as_of(units, on, known_at).iterator(chunk_size=_CHUNK):
        if row.authority_id != current:
            if current is not None:
                yield current, found
            current, found = row.authority_id, defaultdict(list)
        found[row.duty].append(_evidence(row))
    if current is not None:
        yield current, found


def declarations_by_duty(
    units: Iterable[int], on: datetime.date, known_at: datetime.datetime
) -> dict[tuple[int, str], list[rules.Declaration]]:
    """Declarations standing on the day, by unit and duty."""
    found: dict[tuple[int, str], list[rules.Declaration]] = defaultdict(list)
    for row in _standing(Declaration.objects.filter(authority__in=units), on, known_at):
        found[row.authority_id, row.duty].append(rules.Declaration(row.first, row.last, row.note))
    return found


def waivers_by_duty(
    units: Iterable[int], on: datetime.date, known_at: datetime.datetime
) -> dict[tuple[int, str], list[rules.Waiver]]:
    """Waivers standing on the day, by unit and duty."""
    found: dict[tuple[int, str], list[rules.Waiver]] = defaultdict(list)
    for row in _standing(Waiver.objects.filter(authority__in=units), on, known_at):
        found[row.authority_id, row.duty].append(
            rules.Waiver(row.decision_number, row.reason, row.valid_from, row.valid_until)
        )
    return found


def _as_of(units: Iterable[int], on: datetime.date, known_at: datetime.datetime) -> QuerySet:
    ranked = Observation.objects.filter(
        authority__in=units, at__lt=span(on, on)[1], recorded_at__lte=known_at
    ).annotate(rank=Window(RowNumber(), partition_by=F("page_id"), order_by=[F("at").desc(), F("pk").desc()]))
    rows: QuerySet = ranked.filter(rank=1).exclude(state=Observation.State.GONE)
    return rows.order_by("authority_id", "page_id")


def _standing(rows: QuerySet, on: datetime.date, known_at: datetime.datetime) -> QuerySet:
    """Stated by the day, recorded by the moment, and not taken back by either."""
    end = min(span(on, on)[1], known_at)
    kept = rows.filter(stated_on__lte=on, recorded_at__lte=known_at).order_by("pk")
    return kept.exclude(withdrawn_at__lte=end)


def _evidence(row: Observation) -> rules.Evidence:
    taken_down = row.state == Observation.State.WITHDRAWN
    return rules.Evidence(
        record_id=row.page_id,
        title=row.title,
        url=row.url,
        kind=row.kind,
        trigger=row.trigger,
        period=row.period,
        published=row.published,
        week=row.week,
        removed=local_date(row.at) if taken_down else None,
        changed=row.changed,
        confirmed=row.confirmed,
        answered=row.answered,
        term_ends=row.term_ends,
        filled=frozenset(row.filled) if row.filled is not None else None,
    )
