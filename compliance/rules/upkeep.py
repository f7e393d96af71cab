"""A section as a whole: fresh or stale, its monthly quota, and what to say when nothing is there."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from compliance.rules.deadlines import due_date, month_name
from compliance.rules.items import Case, recency
from compliance.rules.lookup import Term, limits_on
from compliance.rules.states import ReasonCode as Code
from compliance.rules.states import State
from compliance.rules.types import Evidence, Freshness, Item, Params, PeriodEnd, Quota

#: Evidence that others bring about: questions asked, checks from outside. Its age is no fault of the unit's.
NOT_OF_OURSELVES = ("ticket", "probe")
KEPT_WORD = 366  # days a declaration stands where nothing else says how often to look


def freshness(case: Case) -> Item | None:
    """Whether the section showed life lately enough, by its newest sign; None where that is not asked.

    A sign is a publication, a change, a confirmation, an answer, or the word that nothing arose.
    """
    held = limits_on(case.requirement, case.tier, case.today, Freshness)
    if not held or not case.public or case.requirement.evidence in NOT_OF_OURSELVES:
        return None
    ours = [pair for pair in held if pair[0].local]  # a convention of ours gives way to a local figure
    limit, deadline = min(ours or held, key=lambda pair: pair[1].days)
    newest = max(case.public, key=lambda record: (_life(record), recency(record)))
    life = _life(newest)
    declared = max((each.last for each in case.declarations), default=date.min)
    heard = max(life, declared)
    term = Term(limit, heard, due_date(deadline, heard, case.calendar))
    params: Params = {"title": newest.title, "latest": heard.isoformat(), **case.days(term.due)}
    by_word = declared > life
    left = (term.due - case.today).days
    if left < 0:
        code = Code.WORD_STALE if by_word else Code.STALE
        return case.item(State.OVERDUE, code, params, newest, term)
    if left <= min(case.requirement.soon_days, deadline.days // 4):
        code = Code.WORD_STALE_SOON if by_word else Code.STALE_SOON
        return case.item(State.DUE_SOON, code, params, newest, term)
    if by_word:
        return case.item(State.NOTHING_AROSE, Code.NOTHING_AROSE, _word(case, declared), newest, None)
    said = newest.confirmed == life and life > max(newest.published or life, newest.changed or date.min)
    return case.item(State.MET, Code.CONFIRMED if said else Code.FRESH, params, newest, term)


def quota(case: Case) -> Item | None:
    """Last month's number of records against the quota; None where none holds or the month was not owed."""
    first = case.today.replace(day=1)
    last_month = first - timedelta(days=1)
    held = limits_on(case.requirement, case.tier, last_month, Quota)
    if not held or case.since > last_month.replace(day=1):
        return None
    limit, deadline = max(held, key=lambda pair: pair[1].per_month)
    month = month_name(last_month)
    own = [record for record in case.public if record.published and not record.inherited]
    made = Counter(month_name(record.published) for record in own if record.published)[month]
    term = Term(limit, last_month, due_date(deadline, last_month, case.calendar))
    params: Params = {"period": month, "made": made, "quota": deadline.per_month}
    if made >= deadline.per_month:
        newest = max(case.public, key=recency, default=None)
        return case.item(State.MET, Code.QUOTA_MET, params, newest, term, month)
    return case.item(State.OVERDUE, Code.QUOTA_SHORT, params, None, term, month)


def nothing(case: Case) -> Item:
    """No item at all: declared empty, missing, or with its first period still to come."""
    held = [pair[1].days for pair in limits_on(case.requirement, case.tier, case.today, Freshness)]
    stands = max([KEPT_WORD, *held])
    declared = max((each.last for each in case.declarations), default=date.min)
    if declared > date.min and (case.today - declared).days <= stands:
        return case.item(State.NOTHING_AROSE, Code.NOTHING_AROSE, _word(case, declared))
    if case.requirement.evidence == "probe":
        return case.item(State.NOT_DUE, Code.NOT_CHECKED, {})
    asked_for = case.requirement.evidence == "ticket"  # nobody asked, nothing to answer
    if (
        asked_for
        or case.requirement.latest_trigger
        or limits_on(case.requirement, case.tier, case.today, PeriodEnd)
    ):
        return case.item(State.NOT_DUE, Code.NOTHING_DUE, {})
    if case.evidence:
        record = case.evidence[-1]
        if record.published and record.removed:
            params: Params = {"title": record.title, "removed": record.removed.isoformat()}
            return case.item(State.MISSING, Code.WITHDRAWN, params, record)
        return case.item(State.MISSING, Code.MISSING_UNDATED, {"title": record.title}, record)
    return case.item(State.MISSING, Code.MISSING, {})


def _life(record: Evidence) -> date:
    days = (record.published, record.changed, record.confirmed, record.answered)
    return max(day for day in days if day is not None)


def _word(case: Case, declared: date) -> Params:
    given = max((each for each in case.declarations if each.last == declared), key=lambda each: each.first)
    return {"first": given.first.isoformat(), "last": given.last.isoformat(), "note": given.note}
