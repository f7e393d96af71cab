"""Evaluate one duty of one unit on one day: requirement + evidence + statements + today -> finding.

A record is judged under the limits in force on its trigger date. Evidence that is complete and in time never
worsens a state, and the order of evidence never matters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from compliance.rules.calendar import WorkingCalendar
from compliance.rules.items import Case, Memo, is_known, order, recency, record_items, section_fields
from compliance.rules.lookup import binding_on, bindings_on, legal_bases, limits_on
from compliance.rules.slots import slot_items
from compliance.rules.states import ALIVE, FAILING, SETTLED, State
from compliance.rules.states import ReasonCode as Code
from compliance.rules.types import (
    Binding,
    Declaration,
    Evidence,
    Finding,
    Item,
    Reason,
    Requirement,
    Waiver,
    WeeklyAhead,
)
from compliance.rules.upkeep import freshness, nothing, quota
from compliance.rules.weeks import this_week, week_item

MOST_OPEN_ITEMS = 20


def evaluate(
    requirement: Requirement,
    evidence: Sequence[Evidence],
    tier: str,
    today: date,
    calendar: WorkingCalendar,
    *,
    declarations: Sequence[Declaration] = (),
    waivers: Sequence[Waiver] = (),
    since: date = date.min,
    memo: Memo | None = None,
) -> Finding | None:
    """The standing of one duty of one unit as of today.

    Evidence triggered after today is ignored, unless its term runs ahead of the day; published after today
    counts as not yet public. `since` is the unit's first day: what fell due before it is its predecessor's.
    One `memo` may serve many units, as long as rules and calendar stay the same.
    None when nothing binds the tier today and nothing is outstanding.
    """
    if not any(tier in binding.tiers for binding in requirement.bindings):
        return None
    seen = [_as_of(each, today) for each in evidence if is_known(requirement, tier, each, today)]
    declared = tuple(sorted((each for each in declarations if each.first <= today), key=_declared))
    case = Case(
        requirement, tuple(sorted(seen, key=order)), declared, tier, today, since, calendar, memo or Memo()
    )
    binding = binding_on(requirement, tier, today)
    items = list(_items(case, binding))
    open_items = sorted((item for item in items if item.state not in SETTLED), key=_urgency)
    if binding is None and not open_items:
        return None
    speaking = open_items[0] if open_items else _best(case, items) or nothing(case)
    if not open_items and speaking.state not in SETTLED:
        open_items = [speaking]
    judged = _judged(case, items, speaking)
    waiver = next((each for each in waivers if _is_waived(each, today)), None)
    if waiver and speaking.state in FAILING | {State.DUE_SOON}:
        speaking = replace(speaking, state=State.WAIVED, reason=Reason(Code.WAIVED, _excuse(waiver)))
        judged = State.WAIVED
    return _finding(case, binding, speaking, judged, items, open_items)


def _items(case: Case, binding: Binding | None) -> Iterator[Item]:
    """Everything owed and everything done."""
    requirement, tier, today = case.requirement, case.tier, case.today
    weekly = limits_on(requirement, tier, today, WeeklyAhead) if binding else []
    if weekly:
        found = week_item(case, weekly[0][0])
        yield found
        held = this_week(case, weekly[0][0]) if found.state is State.DUE_SOON else None
        if held:
            yield held
        return
    yield from record_items(case)
    yield from slot_items(case)
    if binding is None:
        return
    for extra in (section_fields(case), freshness(case), quota(case)):
        if extra:
            yield extra


def _best(case: Case, items: Sequence[Item]) -> Item | None:
    """What a settled duty rests on: an expected slot, else the newest obligation met."""
    alive = [item for item in items if item.record and item.reason.code in ALIVE]
    slots = [item for item in items if item.period and item.limit and not _is_own(case, item)]
    expected = [item for item in slots if item not in alive]
    if expected:
        return expected[0]
    quotas = [item for item in items if item.reason.code == Code.QUOTA_MET]
    dated = [item for item in items if item.record and item.limit and item not in [*quotas, *alive]]
    undated = [item for item in items if item.record and not item.limit]
    for pool in (quotas, dated, alive, undated):
        if pool:
            return max(pool, key=_newest)
    return None


def _is_own(case: Case, item: Item) -> bool:
    return bool(item.record and item.trigger == item.record.trigger and case.terms(item.record))


def _judged(case: Case, items: Sequence[Item], speaking: Item) -> State | None:
    """The state of what has come due: the worst still failing, else that of the newest thing done."""
    failing = [item.state for item in items if item.state in FAILING]
    if failing:
        return max(failing, key=lambda state: state.rank)
    if speaking.state in SETTLED or speaking.state in FAILING:
        return speaking.state
    done = _best(case, [item for item in items if item.state in SETTLED])
    return done.state if done else None


def _finding(
    case: Case,
    binding: Binding | None,
    speaking: Item,
    judged: State | None,
    items: Sequence[Item],
    open_items: Sequence[Item],
) -> Finding:
    day = speaking.trigger or case.today
    held = bindings_on(case.requirement, case.tier, day) or [binding] if binding else []
    if not held:
        held = [each for each in case.requirement.bindings if case.tier in each.tiers][-1:]
    strongest = binding or held[0]
    limit = speaking.limit
    return Finding(
        code=case.requirement.code,
        state=speaking.state,
        judged=judged,
        level=strongest.level,
        channel=strongest.channel,
        rule=limit.code if limit else strongest.code,
        regime=limit.regime if limit else strongest.regime,
        bases=legal_bases([each for each in held if each], *([limit] if limit else [])),
        item=speaking,
        open_items=tuple(open_items[:MOST_OPEN_ITEMS]),
        counts=dict(sorted(Counter(item.state.value for item in _once(items)).items())),
        has_public=bool(case.public),
    )


def _once(items: Sequence[Item]) -> list[Item]:
    """Each record or period once, however many limits it answers to; the worst state counts."""
    found: dict[tuple[object, ...], Item] = {}
    for item in sorted(items, key=lambda each: each.state.rank):
        found[(item.record.record_id,) if item.record else ("", item.period)] = item
    return list(found.values())


def _as_of(record: Evidence, today: date) -> Evidence:
    """The record with what lies after today taken away."""
    changes: dict[str, None] = {
        name: None
        for name in ("published", "removed", "changed", "confirmed", "answered")
        if (day := getattr(record, name)) is not None and day > today
    }
    return replace(record, **changes) if changes else record  # type: ignore[arg-type]


def _is_waived(waiver: Waiver, today: date) -> bool:
    return waiver.valid_from <= today <= (waiver.valid_until or date.max)


def _excuse(waiver: Waiver) -> dict[str, str | int]:
    until = waiver.valid_until.isoformat() if waiver.valid_until else ""
    return {"decision": waiver.decision, "why": waiver.reason, "until": until}


def _declared(each: Declaration) -> tuple[object, ...]:
    return (each.last, each.first, each.note)


def _urgency(item: Item) -> tuple[object, ...]:
    """Worst state first, then the earliest due date, then the order of records."""
    place = order(item.record) if item.record else ()
    return (-item.state.rank, item.due or date.max, item.period, place)


def _newest(item: Item) -> tuple[object, ...]:
    """By the day counted from, then by the best state, then by recency."""
    assert item.record is not None  # noqa: S101 - the pools hold items with records only
    return (item.trigger or date.min, -item.state.rank, recency(item.record))
