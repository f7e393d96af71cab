"""Evidence as of a day: for each page its last observation by then, and nothing of what came later."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from compliance.models import Declaration, Observation, TechnicalCheck, Waiver
from compliance.rules import types as rules
from compliance.rules.months import local_date, span

Found = dict[str, list[rules.Evidence]]

_CHUNK = 2000

#: Observed values and the names evidence has for them.
_COLUMNS = {
    "page_id": "record_id",
    "title": "title",
    "url": "url",
    "kind": "kind",
    "trigger": "trigger",
    "period": "period",
    "published": "published",
    "week": "week",
    "changed": "changed",
    "confirmed": "confirmed",
    "answered": "answered",
    "term_ends": "term_ends",
}
_READ = ("authority_id", "duty", "state", "at", "filled", *_COLUMNS)
_VALUES = tuple(_COLUMNS.values())


def evidence_by_unit(
    units: Iterable[int], on: datetime.date, known_at: datetime.datetime
) -> Iterator[tuple[int, Found]]:
    """For each unit that has any, its evidence by duty as of the end of the day, in the order of unit ids.

    `known_at` leaves out what was recorded later. One query, read in chunks: memory holds one unit at a time.
    """
    current: int | None = None
    found: Found = defaultdict(list)
    wanted = frozenset(units)
    rows = _as_of(wanted, on, known_at).values_list(*_READ)
    for unit, duty, state, at, filled, *values in rows.iterator(chunk_size=_CHUNK):
        if state == Observation.State.GONE or unit not in wanted:
            continue
        if unit != current:
            if current is not None:
                yield current, found
            current, found = unit, defaultdict(list)
        removed = local_date(at) if state == Observation.State.WITHDRAWN else None
        known = frozenset(filled) if filled is not None else None
        record = rules.Evidence(**dict(zip(_VALUES, values, strict=True)), removed=removed, filled=known)
        found[duty].append(record)
    if current is not None:
        yield current, found


def checks_by_unit(
    units: Iterable[int], on: datetime.date, known_at: datetime.datetime
) -> dict[int, rules.Evidence]:
    """The newest technical check of each unit by the day; what could not be told lacks nothing."""
    rows = TechnicalCheck.objects.filter(
        authority__in=units, date__lte=on, recorded_at__lte=known_at, error=""
    ).annotate(
        rank=Window(RowNumber(), partition_by=F("authority_id"), order_by=[F("date").desc(), F("pk").desc()])
    )
    return {
        row.authority_id: rules.Evidence(
            record_id=0,
            title=row.url,
            url=row.url,
            published=row.date,
            filled=frozenset(row.passed) | frozenset(row.untold),
        )
        for row in rows.filter(rank=1)
    }


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
    """The last note of every page that ever was one of these units'; it may name the unit it moved to."""
    theirs = Observation.objects.filter(authority__in=units).values("page_id")
    ranked = Observation.objects.filter(
        page_id__in=theirs, at__lt=span(on, on)[1], recorded_at__lte=known_at
    ).annotate(rank=Window(RowNumber(), partition_by=F("page_id"), order_by=[F("at").desc(), F("pk").desc()]))
    # Neither deleted drafts nor other units are excluded here: Django would leave them out before ranking,
    # and revive the past.
    rows: QuerySet = ranked.filter(rank=1).order_by("authority_id", "page_id")
    return rows


def _standing(rows: QuerySet, on: datetime.date, known_at: datetime.datetime) -> QuerySet:
    """Stated by the day, recorded by the moment, and not taken back by either."""
    end = min(span(on, on)[1], known_at)
    kept = rows.filter(stated_on__lte=on, recorded_at__lte=known_at).order_by("pk")
    return kept.exclude(withdrawn_at__lte=end)
