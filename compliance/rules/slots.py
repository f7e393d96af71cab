"""Expected months, periods and years against the records: filled, declared empty, or outstanding."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from compliance.rules.deadlines import is_month, month_end, period_end, period_token
from compliance.rules.expectations import Slot, ahead_of_year, slots
from compliance.rules.items import Case, fulfilled_item, recency
from compliance.rules.states import FAILING, SETTLED, State
from compliance.rules.states import ReasonCode as Code
from compliance.rules.types import Declaration, Item, Params


def slot_items(case: Case) -> Iterator[Item]:
    """For each line of slots the newest; unless that is settled, the one before it when it is failing."""
    for line in _lines(case):
        ahead = ahead_of_year(line[0], case.evidence)
        if ahead:
            record = min(ahead, key=recency)
            terms = case.terms(record)
            yield fulfilled_item(
                case, record, terms[0] if terms else None, record.published or case.today, record.period
            )
            continue
        found = [item for item in (_slot_item(case, slot) for slot in line) if item]
        newest = found[0] if found else None
        failing = [item for item in found if item.state in FAILING]
        if failing and newest and newest.state not in SETTLED:
            yield failing[0]
        elif newest:
            yield newest


def _lines(case: Case) -> list[list[Slot]]:
    asked = (case.requirement.code, case.tier, case.today, case.since)
    if asked not in case.memo.slots:
        case.memo.slots[asked] = slots(case.requirement, case.tier, case.today, case.since, case.calendar)
    return case.memo.slots[asked]


def span(period: str) -> tuple[date, date]:
    """The first and last day of a period: a year, a month, or the quarter that ends a M3, M6, M9 or Y."""
    if is_month(period):
        first = date.fromisoformat(f"{period}-01")
        return first, month_end(first)
    if period_token(period):
        end = period_end(period)
        return (end.replace(day=1) - timedelta(days=1)).replace(day=1), end
    return date(int(period), 1, 1), date(int(period), 12, 31)


def covers(declaration: Declaration, period: str) -> bool:
    """Whether nothing is declared to have arisen up to the period's end."""
    _first, last = span(period)
    return declaration.first <= last <= declaration.last


def _slot_item(case: Case, slot: Slot) -> Item | None:
    """One expected publication; None when a dated record, judged by its own term, stands for it."""
    own = [record for record in case.evidence if slot.is_filled_by(record)]
    public = [record for record in own if record.is_public]
    if public:
        record = min(public, key=recency)
        term = slot.term
        if slot.kind == "year":
            terms = case.terms(record)
            if not terms:
                return fulfilled_item(case, record, None, record.published or case.today, slot.period)
            term = terms[0]
        return fulfilled_item(case, record, term, record.published or case.today, slot.period)
    if any(case.terms(record) for record in own):
        return None
    declared = next((each for each in case.declarations if covers(each, slot.period)), None)
    params: Params = {"period": slot.period, **case.days(slot.term.due)}
    if declared:
        return case.item(State.NOTHING_AROSE, Code.NOTHING_AROSE, params, None, slot.term, slot.period)
    state = case.pending(slot.term.due)
    if slot.kind == "month" and state is State.NOT_DUE:
        return None
    if state is State.OVERDUE and not _anything_before(case, slot):
        state = State.MISSING
    known = own[-1] if own else None
    return case.item(state, Code(f"{slot.kind}_{state.value}"), params, known, slot.term, slot.period)


def _anything_before(case: Case, slot: Slot) -> bool:
    """Whether anything was known before; a draft that names neither day nor period is not."""
    earlier = [record for record in case.evidence if record.period < slot.period or not record.period]
    known = slot.kind == "year"
    return any(record.published or (known and (record.period or record.trigger)) for record in earlier)
